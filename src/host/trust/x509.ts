import { createHash, createPublicKey, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { BlockList, isIPv4 } from 'node:net'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'

/** What a certificate speaks for. */
export interface Names {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
}

interface Given {
  readonly subject: string
  readonly issuer: string
  /** The private key it is for, and the one it is signed with. */
  readonly key: KeyObject
  readonly signedWith: KeyObject
  readonly from: number
  readonly until: number
}

const commonName = '2.5.4.3'
const ecdsaWithSha256 = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })

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

function named(name: string): Name {
  const attribute = new AttributeTypeAndValue({
    type: commonName,
    value: new AttributeValue({ utf8String: name }),
  })
  return new Name([new RelativeDistinguishedName([attribute])])
}

function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' })
}

/** The name of a key: SHA-1 of its SubjectPublicKeyInfo, as in every authority that is already trusted. */
const keyIdOf = (key: KeyObject): Buffer => createHash('sha1').update(spkiOf(key)).digest()

/** An extension from a value of its schema. */
function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })
}

/** Sixteen random bytes. The highest bit is cleared and the next is set: never negative, never short. */
function newSerial(): ArrayBuffer {
  const serial = new Uint8Array(randomBytes(16))
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f)
  return serial.buffer
}

/** A version 3 certificate of RFC 5280 for a P-256 key, as PEM. */
function write(given: Given, extensions: readonly Extension[]): string {
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: newSerial(),
    signature: ecdsaWithSha256,
    issuer: named(given.issuer),
    validity: new Validity({ notBefore: new Date(given.from), notAfter: new Date(given.until) }),
    subject: named(given.subject),
    subjectPublicKeyInfo: AsnConvert.parse(spkiOf(given.key), SubjectPublicKeyInfo),
    extensions: new Extensions([
      ...extensions,
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(given.key))),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdOf(given.signedWith)) }),
      ),
    ]),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), given.signedWith)
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: new Uint8Array(signature).buffer,
  })
  return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate))).toString()
}

/**
 * A certificate authority that can only speak for this shop's network: addresses of private networks, the `extra`
 * addresses, and the given names (RFC 5280 §4.2.1.10). Whoever steals its key cannot pose as a bank with it.
 */
export function writeAuthority(
  given: Omit<Given, 'issuer' | 'signedWith'>,
  extra: readonly string[],
  names: readonly string[],
): string {
  const networks = [
    ...privateNetworks,
    ...extra.map((address): [string, number] => [address, isIPv4(address) ? 32 : 128]),
  ]
  const permitted = [
    ...names.map((dNSName) => new GeneralName({ dNSName })),
    ...networks.map(([address, prefix]) => new GeneralName({ iPAddress: `${address}/${prefix}` })),
  ]
  const permittedSubtrees = new GeneralSubtrees(permitted.map((base) => new GeneralSubtree({ base })))
  return write({ ...given, issuer: given.subject, signedWith: given.key }, [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true),
    extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
    extension(id_ce_nameConstraints, new NameConstraints({ permittedSubtrees }), true),
  ])
}

/** A server's certificate for the given addresses and names. */
export function writeServer(given: Given, speaksFor: Names): string {
  const alternatives = [
    ...speaksFor.names.map((dNSName) => new GeneralName({ dNSName })),
    ...speaksFor.addresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  return write(given, [
    extension(id_ce_basicConstraints, new BasicConstraints(), true),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
    extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
    extension(id_ce_subjectAltName, new SubjectAlternativeName(alternatives)),
  ])
}
