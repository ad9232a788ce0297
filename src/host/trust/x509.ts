import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { BlockList, isIPv4 } from 'node:net'
import { bits, element, integer, octets, oid, sequence, set, time, utf8, yes, type Der } from './der.ts'

/** What a certificate speaks for. */
export interface Names {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
}

interface Certificate {
  readonly subject: string
  readonly issuer: string
  /** The private key it is for, and the one it is signed with. */
  readonly key: KeyObject
  readonly signedWith: KeyObject
  readonly from: number
  readonly until: number
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))
const serverAuth = sequence(oid('1.3.6.1.5.5.7.3.1'))

/** Networks that are nobody's on the internet (RFC 1918, 3927, 4193, 4291, 6598). */
const privateNetworks: readonly [address: string, prefix: number][] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['fe80::', 10],
]

const privateList = new BlockList()
for (const [address, prefix] of privateNetworks)
  privateList.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6')

export function isPrivateAddress(address: string): boolean {
  return privateList.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [before, after] = [groups(head), groups(tail ?? '')]
  const zeros = Array<number>(8 - before.length - after.length).fill(0)
  return Buffer.from([...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]))
}

function maskBytes(size: number, prefix: number): Buffer {
  return Buffer.from(
    Array.from(
      { length: size },
      (_, index) => 0xff & ~(0xff >> Math.max(0, Math.min(8, prefix - index * 8))),
    ),
  )
}

function distinguished(name: string): Der {
  return sequence(set(sequence(oid('2.5.4.3'), utf8(name))))
}

function publicKeyOf(key: KeyObject): { spki: Buffer; id: Buffer } {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return { spki, id: createHash('sha1').update(spki).digest() }
}

function extension(id: string, content: Der, critical = false): Der {
  return sequence(oid(id), ...(critical ? [yes] : []), octets(content))
}

function pem(der: Der): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** A version 3 certificate of RFC 5280 for a P-256 key, as PEM. */
function write(certificate: Certificate, extensions: readonly Der[]): string {
  const { subject, issuer, key, signedWith, from, until } = certificate
  const own = publicKeyOf(key)
  const issuing = publicKeyOf(signedWith)
  const signed = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    // The first bit is cleared, so that it is short of nothing and never negative.
    integer(Buffer.concat([Buffer.from([0x40 | ((randomBytes(1)[0] ?? 0) % 0x40)]), randomBytes(15)])),
    ecdsaWithSha256,
    distinguished(issuer),
    sequence(time(from), time(until)),
    distinguished(subject),
    own.spki,
    element(
      0xa3,
      sequence(
        ...extensions,
        extension('2.5.29.14', octets(own.id)),
        extension('2.5.29.35', sequence(element(0x80, issuing.id))),
      ),
    ),
  )
  return pem(sequence(signed, ecdsaWithSha256, bits(sign('sha256', signed, signedWith))))
}

/**
 * A certificate authority that can only speak for this shop's network: addresses of private networks, the `extra`
 * addresses, and the given names (RFC 5280 §4.2.1.10). Whoever steals its key cannot pose as a bank with it.
 */
export function writeAuthority(
  given: Omit<Certificate, 'issuer' | 'signedWith'>,
  extra: readonly string[],
  names: readonly string[],
): string {
  const networks = [
    ...privateNetworks,
    ...extra.map((address): [string, number] => [address, isIPv4(address) ? 32 : 128]),
  ]
  const permitted = [
    ...names.map((name) => element(0x82, Buffer.from(name))),
    ...networks.map(([address, prefix]) => {
      const bytes = addressBytes(address)
      return element(0x87, bytes, maskBytes(bytes.length, prefix))
    }),
  ]
  const constraints = sequence(element(0xa0, ...permitted.map((base) => sequence(base))))
  return write({ ...given, issuer: given.subject, signedWith: given.key }, [
    extension('2.5.29.19', sequence(yes, integer(Buffer.from([0]))), true),
    extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
    extension('2.5.29.37', serverAuth),
    extension('2.5.29.30', constraints, true),
  ])
}

/** A server's certificate for the given addresses and names. */
export function writeServer(given: Certificate, speaksFor: Names): string {
  const alternatives = [
    ...speaksFor.names.map((name) => element(0x82, Buffer.from(name))),
    ...speaksFor.addresses.map((address) => element(0x87, addressBytes(address))),
  ]
  return write(given, [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.37', serverAuth),
    extension('2.5.29.17', sequence(...alternatives)),
  ])
}
