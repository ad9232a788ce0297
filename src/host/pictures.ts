/** Kinds of picture we keep, told by their first bytes and never by name or declared type. */
const kinds = [
  { mime: 'image/jpeg', is: (b: Uint8Array) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff },
  { mime: 'image/png', is: (b: Uint8Array) => ascii(b, 1, 3) === 'PNG' && b[0] === 0x89 },
  { mime: 'image/webp', is: (b: Uint8Array) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 4) === 'WEBP' },
  {
    mime: 'image/heic',
    is: (b: Uint8Array) => ascii(b, 4, 4) === 'ftyp' && /^(heic|heix|mif1|msf1|hevc)$/.test(ascii(b, 8, 4)),
  },
  { mime: 'image/gif', is: (b: Uint8Array) => ascii(b, 0, 4) === 'GIF8' },
] as const

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length))
}

/** The picture's media type, or null for anything that is not a picture we keep. */
export function pictureType(bytes: Uint8Array): string | null {
  return bytes.length < 12 ? null : (kinds.find((kind) => kind.is(bytes))?.mime ?? null)
}
