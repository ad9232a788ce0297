import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Session } from 'electron'
import type { HostHome } from '#contract/shell.ts'
import { systemNow } from './clock.ts'

/* What Electron takes for an answer about a certificate. */
const accepted = 0
const asTheSystemSays = -3

/**
 * True when `leaf`, shown by the host `name`, is the certificate a person recognised (`known`), or was issued by it,
 * is valid at `now` (epoch ms) and is for this name. A chain says nothing: anybody can send along somebody else's
 * certificate, so the signature itself is checked. Both are PEM.
 */
export function isVouchedFor(known: string, leaf: string, name: string, now: number): boolean {
  try {
    const authority = new X509Certificate(known)
    const shown = new X509Certificate(leaf)
    if (now < Date.parse(shown.validFrom) || now > Date.parse(shown.validTo)) return false
    const isFor = isIP(name) === 0 ? shown.checkHost(name) : shown.checkIP(name)
    if (isFor === undefined) return false
    if (shown.fingerprint256 === authority.fingerprint256) return true
    if (now < Date.parse(authority.validFrom) || now > Date.parse(authority.validTo)) return false
    return authority.ca && shown.checkIssued(authority) && shown.verify(authority.publicKey)
  } catch {
    return false
  }
}

/**
 * Certificates as the system judges them, and one more: that of the chosen host, which a person recognised by its
 * fingerprint. No other name and no other certificate gains anything by it.
 */
export function trustOnly(session: Pick<Session, 'setCertificateVerifyProc'>, home: HostHome): void {
  if (home.kind === 'own' || home.certificate === null) return
  const known = home.certificate
  const name = new URL(home.origin).hostname.replace(/^\[|\]$/g, '')
  session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, callback) => {
    const ours = verificationResult !== 'net::OK' && hostname.replace(/^\[|\]$/g, '') === name
    callback(ours && isVouchedFor(known, certificate.data, name, systemNow()) ? accepted : asTheSystemSays)
  })
}
