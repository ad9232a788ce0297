import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isPrivateAddress, writeAuthority, writeServer } from './x509.ts'

const dayMs = 86_400_000
const authorityDays = 3650
/** Browsers take no certificate of longer life; a new one is made when a month is left. */
const serverDays = 397
const renewDays = 30

/** The shop's own certificate authority, as it lies in the data folder. */
export interface Authority {
  readonly name: string
  readonly pem: string
  /** The certificate as a browser downloads it. */
  readonly der: Buffer
  /** Fingerprint by which two people can compare it: `AB:CD:…`. */
  readonly sha256: string
  readonly validUntil: number
  /** Whether it may speak for an address: one of a private network, or one this computer had when it was made. */
  covers(address: string): boolean
  /** A new key and certificate for one address of this computer. */
  serverFor(address: string, now: number): ServerCertificate
}

export interface ServerCertificate {
  readonly key: string
  readonly cert: string
  /** From then on a new one should be made. */
  readonly renewAt: number
}

/** This computer's names, as a certificate may carry them. */
function ownNames(): string[] {
  const own = hostname().toLowerCase()
  return /^[a-z0-9-]{1,63}$/.test(own) ? [own, `${own}.local`, `${own}.lan`] : []
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const keyText = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

function places(folder: string): Record<'folder' | 'key' | 'certificate' | 'permitted', string> {
  const own = join(folder, 'tls')
  return {
    folder: own,
    key: join(own, 'authority.key'),
    certificate: join(own, 'authority.pem'),
    permitted: join(own, 'authority.permitted'),
  }
}

/** Written beside and moved into place, so that a power cut leaves the old one or the new one. */
function put(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The authority of a data folder; null when none was made, or it has less than a month left. */
export function readAuthority(dataFolder: string, now: number): Authority | null {
  const place = places(dataFolder)
  if (![place.key, place.certificate, place.permitted].every((file) => existsSync(file))) return null
  const pem = readFileSync(place.certificate, 'utf8')
  const certificate = new X509Certificate(pem)
  const validUntil = certificate.validToDate.getTime()
  if (validUntil - now < renewDays * dayMs) return null
  const key = createPrivateKey(readFileSync(place.key))
  const permitted = new Set(readFileSync(place.permitted, 'utf8').split('\n').filter(Boolean))
  const name = certificate.subject.replace(/^CN=/, '')
  return {
    name,
    pem,
    der: certificate.raw,
    sha256: certificate.fingerprint256,
    validUntil,
    covers: (address) => isPrivateAddress(address) || permitted.has(address),
    serverFor(address, at) {
      const serverKey = newKey()
      // A day back, for tablets whose clock is slow.
      const until = Math.min(at - dayMs + serverDays * dayMs, validUntil)
      const given = {
        subject: address,
        issuer: name,
        key: serverKey,
        signedWith: key,
        from: at - dayMs,
        until,
      }
      // One name beyond what the authority may speak for, and browsers refuse the whole certificate.
      const names = ownNames().filter((one) => one.includes('.') || permitted.has(one))
      const cert = writeServer(given, { addresses: [address], names })
      return { key: keyText(serverKey), cert, renewAt: until - renewDays * dayMs }
    },
  }
}

/**
 * The authority of a data folder, made when there is none: a P-256 key that only this user may read, and a certificate of
 * ten years that speaks for the shop's network alone. `addresses` are those this computer has now.
 */
export function openAuthority(
  dataFolder: string,
  shop: string,
  addresses: readonly string[],
  now: number,
): Authority {
  const known = readAuthority(dataFolder, now)
  if (known) return known
  const place = places(dataFolder)
  mkdirSync(place.folder, { recursive: true, mode: 0o700 })
  const key = newKey()
  const extra = addresses.filter((address) => !isPrivateAddress(address))
  const subject = `Benchside ${[...shop.replace(/[^\p{L}\p{N} .-]/gu, '')].slice(0, 40).join('')}`.trim()
  const given = { subject, key, from: now - dayMs, until: now + authorityDays * dayMs }
  const plainNames = ownNames().slice(0, 1)
  const certificate = writeAuthority(given, extra, ['localhost', 'local', 'lan', ...plainNames])
  put(place.key, keyText(key))
  put(place.permitted, [...extra, ...plainNames].join('\n'))
  put(place.certificate, certificate)
  const made = readAuthority(dataFolder, now)
  if (!made) throw new Error('the new certificate authority cannot be read back')
  return made
}
