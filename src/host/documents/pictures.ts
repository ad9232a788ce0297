import { crc32 } from 'node:zlib'

import { maxLogoBytes } from '#contract/intake.ts'

import { isPng, readPng, shrink, writePng } from './png.ts'

/** A picture ready for the PDF library. */
export interface Picture {
  /** Same bytes, same name: a picture that is printed many times is in the file once. */
  name: string
  /** data: URL, PNG without transparency or JPEG. */
  url: string
  width: number
  height: number
}

/* A JPEG goes into the file as it is; above this it would make every sheet slow to print. */
const maxJpegBytes = maxLogoBytes

/** Width and height from a JPEG's frame header, or null when there is none. */
function readJpegSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
      return width > 0 && height > 0 ? { width, height } : null
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function picture(bytes: Buffer, kind: 'png' | 'jpeg', size: { width: number; height: number }): Picture {
  const url = `data:image/${kind};base64,${bytes.toString('base64')}`
  return { name: `${kind}-${bytes.length}-${crc32(bytes)}`, url, width: size.width, height: size.height }
}

/**
 * A PNG (made small, transparency put on white) or JPEG up to 512 KB as a picture; null when the bytes are
 * neither, or damaged. A sheet without its logo is still a sheet, so this never throws.
 */
export function readPicture(
  bytes: Uint8Array | null | undefined,
  maxWidth: number,
  maxHeight: number,
): Picture | null {
  if (!bytes) return null
  if (isPng(bytes)) {
    const pixels = readPng(bytes)
    if (!pixels) return null
    const small = shrink(pixels, maxWidth, maxHeight)
    return picture(writePng(small), 'png', small)
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = buffer.length <= maxJpegBytes ? readJpegSize(buffer) : null
  return size && picture(buffer, 'jpeg', size)
}
