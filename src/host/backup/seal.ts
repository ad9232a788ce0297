import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  scrypt,
} from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '#core/app.ts'
import { byteReader, type ByteReader } from './byte-reader.ts'
import { damaged } from './errors.ts'

/**
 * Encryption of a backup (decision 014): a header of 68 bytes, then portions of 64 KiB, each AES-256-GCM with its
 * place in the file and whether it is the last one in its nonce, so that none can be changed, left out, moved or cut
 * off unnoticed. The key of a file comes from the shop's backup key and a salt of the file's own.
 */

/** The key made of a passphrase once, with what it takes to make it again. */
export interface BackupKey {
  readonly salt: Buffer
  readonly key: Buffer
}

const magic = Buffer.from('BSSEAL01')
const headerBytes = 68
const portionBytes = 65_536
const tagBytes = 16
/** scrypt: 128 MB and about half a second for each guess. */
const cost = { logN: 17, r: 8, p: 1 }

interface Header {
  readonly logN: number
  readonly r: number
  readonly p: number
  readonly salt: Buffer
  /** Tells which key it is without telling anything about it. */
  readonly keyId: Buffer
  readonly fileSalt: Buffer
}

function keyIdOf(key: Buffer): Buffer {
  return createHmac('sha256', key).update('benchside backup key').digest().subarray(0, 16)
}

/** The name of a key: files sealed with it lie in a folder of that name. */
export function keyName(key: BackupKey): string {
  return keyIdOf(key.key).toString('hex')
}

const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt)

async function derive(passphrase: string, head: Pick<Header, 'logN' | 'r' | 'p' | 'salt'>): Promise<Buffer> {
  const { logN, r, p, salt } = head
  const options = { N: 2 ** logN, r, p, maxmem: 2 ** logN * r * 256 }
  return await scryptAsync(passphrase.normalize('NFC'), salt, 32, options)
}

/** A key of a new passphrase. */
export async function newBackupKey(passphrase: string): Promise<BackupKey> {
  const salt = randomBytes(16)
  return { salt, key: await derive(passphrase, { ...cost, salt }) }
}

function writeHeader(head: Header): Buffer {
  const { logN, r, p, salt, keyId, fileSalt } = head
  const body = Buffer.concat([magic, Buffer.from([logN, r, p, 0]), salt, keyId, fileSalt])
  return Buffer.concat([body, createHash('sha256').update(body).digest().subarray(0, 8)])
}

function readHeader(bytes: Buffer): Header {
  const body = bytes.subarray(0, headerBytes - 8)
  const sum = createHash('sha256').update(body).digest().subarray(0, 8)
  if (!sum.equals(bytes.subarray(headerBytes - 8))) throw damaged('header')
  const [logN = 0, r = 0, p = 0] = body.subarray(8, 11)
  // A file from elsewhere must not make this machine spend minutes and gigabytes on one guess.
  if (logN < 10 || logN > 20 || r < 1 || r > 16 || p < 1 || p > 4) throw damaged('header')
  return {
    logN,
    r,
    p,
    salt: body.subarray(12, 28),
    keyId: body.subarray(28, 44),
    fileSalt: body.subarray(44, 60),
  }
}

export function isSealed(start: Buffer): boolean {
  return start.subarray(0, magic.length).equals(magic)
}

function fileKey(key: Buffer, fileSalt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, fileSalt, 'benchside backup file', 32))
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

/** The sealed form of a stream. */
export async function* seal(source: AsyncIterable<Buffer>, key: BackupKey): AsyncGenerator<Buffer> {
  const fileSalt = randomBytes(16)
  const header = writeHeader({ ...cost, salt: key.salt, keyId: keyIdOf(key.key), fileSalt })
  yield header
  const own = fileKey(key.key, fileSalt)
  const reader = byteReader(source)
  let portion = await upTo(reader)
  for (let index = 0, last = false; !last; index++) {
    const next = portion.length < portionBytes ? Buffer.alloc(0) : await upTo(reader)
    last = next.length === 0
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(index, last)).setAAD(header)
    yield Buffer.concat([cipher.update(portion), cipher.final(), cipher.getAuthTag()])
    portion = next
  }
}

async function upTo(reader: ByteReader, most = portionBytes): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let left = most; left > 0;) {
    const part = await reader.some(left)
    if (part.length === 0) break
    left -= part.length
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** How many bytes so many have when sealed. */
export function sealedSize(size: number): number {
  return headerBytes + size + tagBytes * Math.max(1, Math.ceil(size / portionBytes))
}

/** How a sealed file is opened: with the shop's own key, with a passphrase, or with both tried. */
export interface Unsealing {
  readonly key: BackupKey | null
  readonly passphrase: string | null
}

/** Errors: `backup.passphrase_required`, `backup.wrong_passphrase`. */
async function keyFor(head: Header, given: Unsealing): Promise<BackupKey> {
  const fits = (key: Buffer) => keyIdOf(key).equals(head.keyId)
  if (given.key && fits(given.key.key)) return given.key
  if (given.passphrase === null || given.passphrase === '') throw new AppError('backup.passphrase_required')
  const key = await derive(given.passphrase, head)
  if (!fits(key)) throw new AppError('backup.wrong_passphrase')
  return { salt: head.salt, key }
}

/** The key with which a sealed file can be opened; its start is enough. */
export async function keyOf(start: Buffer, given: Unsealing): Promise<BackupKey> {
  if (start.length < headerBytes) throw damaged('end')
  return await keyFor(readHeader(start.subarray(0, headerBytes)), given)
}

/** Opens what `seal` made. Error: `backup.damaged` at the first byte that is not as it was written. */
export async function* unseal(source: AsyncIterable<Buffer>, key: BackupKey): AsyncGenerator<Buffer> {
  const reader = byteReader(source)
  const header = await reader.take(headerBytes)
  const head = readHeader(header)
  if (!keyIdOf(key.key).equals(head.keyId)) throw new AppError('backup.wrong_passphrase')
  const own = fileKey(key.key, head.fileSalt)
  let portion = await upTo(reader, portionBytes + tagBytes)
  for (let index = 0, last = false; !last; index++) {
    const next = await upTo(reader, portionBytes + tagBytes)
    last = next.length === 0
    yield openPortion(portion, own, nonceOf(index, last), header)
    portion = next
  }
}

function openPortion(sealed: Buffer, key: Buffer, nonce: Buffer, header: Buffer): Buffer {
  if (sealed.length < tagBytes) throw damaged('end')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(header)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()])
  } catch {
    throw damaged('content')
  }
}
