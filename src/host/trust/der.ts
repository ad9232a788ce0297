/**
 * The few pieces of DER (X.690) that a certificate is written with. Writing only: what is read back is read by
 * Node's own X509Certificate.
 */
export type Der = Buffer

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size])
  const bytes = size < 0x100 ? [size] : [size >> 8, size & 0xff]
  return Buffer.from([0x80 | bytes.length, ...bytes])
}

/** One element: tag, length, content (up to 65 535 bytes). */
export function element(tag: number, ...content: readonly Uint8Array[]): Der {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

export const sequence = (...parts: readonly Uint8Array[]): Der => element(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]): Der => element(0x31, ...parts)
export const octets = (content: Uint8Array): Der => element(0x04, content)
export const utf8 = (text: string): Der => element(0x0c, Buffer.from(text))
export const yes: Der = element(0x01, Buffer.from([0xff]))

/** A bit string whose last byte leaves `unused` bits out. */
export const bits = (content: Uint8Array, unused = 0): Der => element(0x03, Buffer.from([unused]), content)

/** A whole number that is not negative, from its bytes. */
export function integer(bytes: Uint8Array): Der {
  const negative = ((bytes[0] ?? 0) & 0x80) !== 0
  return element(0x02, negative ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const content = [first * 40 + second]
  for (const arc of rest) {
    const septets = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) septets.unshift((left & 0x7f) | 0x80)
    content.push(...septets)
  }
  return element(0x06, Buffer.from(content))
}

/** A moment, to the second: two figures for the year until 2049, four from then on (RFC 5280 §4.1.2.5). */
export function time(at: number): Der {
  const text = new Date(at).toISOString().replace(/\.\d+|[-:T]/g, '')
  return at < Date.UTC(2050, 0, 1)
    ? element(0x17, Buffer.from(text.slice(2)))
    : element(0x18, Buffer.from(text))
}
