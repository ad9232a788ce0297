import { crc32, deflateSync } from 'node:zlib'

/** PNG files made from nothing, byte by byte. */

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(body.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

export interface PngShape {
  width: number
  height: number
  bits: number
  colourType: number
  interlace?: 0 | 1
  /** Extra chunks between IHDR and IDAT. */
  chunks?: readonly (readonly [kind: string, body: Buffer])[]
}

/** A PNG file from raw scanlines (each with its filter byte). */
export function pngOf(shape: PngShape, scanlines: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(shape.width, 0)
  header.writeUInt32BE(shape.height, 4)
  header.set([shape.bits, shape.colourType, 0, 0, shape.interlace ?? 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(shape.chunks ?? []).map(([kind, body]) => chunk(kind, body)),
    chunk('IDAT', deflateSync(scanlines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A signature as a canvas exports it: black pen line on nothing. */
export function drawnSignature(width = 900, height = 300): Buffer {
  const rows = Buffer.alloc(height * (width * 4 + 1))
  for (let step = 0; step < width * 8; step++) {
    const t = step / (width * 8)
    const x = Math.round(width * (0.06 + 0.86 * t) + 40 * Math.sin(t * 34))
    const y = Math.round(height * (0.5 + 0.32 * Math.sin(t * 21) * Math.cos(t * 5)))
    for (let dy = -2; dy <= 2; dy++) {
      for (let dx = -2; dx <= 2; dx++) {
        if (x + dx < 0 || x + dx >= width) continue
        rows[(y + dy) * (width * 4 + 1) + 1 + (x + dx) * 4 + 3] = 255
      }
    }
  }
  return pngOf({ width, height, bits: 8, colourType: 6 }, rows)
}

/** A small square logo. */
export function drawnLogo(): Buffer {
  const size = 120
  const rows = Buffer.alloc(size * (size * 3 + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = Math.hypot(x - 60, y - 60) < 56
      rows.set(inside ? [20, 90, 160] : [255, 255, 255], y * (size * 3 + 1) + 1 + x * 3)
    }
  }
  return pngOf({ width: size, height: size, bits: 8, colourType: 2 }, rows)
}
