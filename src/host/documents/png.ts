import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * Reads any PNG and writes a small one without transparency. The PDF library unpacks transparent PNGs in a
 * callback, where a damaged file would throw past everyone and end the host; and a signature or logo needs no
 * more pixels than the printer has.
 */

/** RGB pixels, 8 bits each, row by row. */
export interface Pixels {
  width: number
  height: number
  data: Uint8Array
}

/** What a printer is given: grey or RGB. */
export interface PrintPixels extends Pixels {
  channels: 1 | 3
}

interface Header {
  width: number
  height: number
  bits: number
  colourType: number
  interlaced: boolean
}

interface Source extends Header {
  /** Samples per pixel in the file. */
  samples: number
  palette: Buffer
  transparency: Buffer
  packed: Buffer
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const bitsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}
/* Adam7: first column, first row, column step, row step of each pass. */
const interlacedPasses = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const
/* A phone's photo has 12 million pixels; more than this is a mistake or an attack. */
const maxPixels = 16_000_000

export function isPng(bytes: Uint8Array): boolean {
  return signature.equals(bytes.subarray(0, 8))
}

function readHeader(body: Buffer): Header | null {
  if (body.length !== 13) return null
  const header = {
    width: body.readUInt32BE(0),
    height: body.readUInt32BE(4),
    bits: body[8] ?? 0,
    colourType: body[9] ?? 0,
    interlaced: body[12] === 1,
  }
  const known = bitsOf[header.colourType]?.includes(header.bits) ?? false
  const sized = header.width > 0 && header.height > 0 && header.width * header.height <= maxPixels
  return known && sized ? header : null
}

function readChunks(bytes: Buffer): Source | null {
  let header: Header | null = null
  let palette: Buffer = Buffer.alloc(0)
  let transparency: Buffer = Buffer.alloc(0)
  const packed: Buffer[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 8 + length
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return null
    const body = bytes.subarray(at + 8, end)
    if (kind === 'IHDR') header = readHeader(body)
    else if (kind === 'PLTE') palette = body
    else if (kind === 'tRNS') transparency = body
    else if (kind === 'IDAT') packed.push(body)
    else if (kind === 'IEND') break
    at = end + 4
  }
  if (!header) return null
  return {
    ...header,
    samples: samplesOf[header.colourType] ?? 0,
    palette,
    transparency,
    packed: Buffer.concat(packed),
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toUpLeft = Math.abs(guess - upLeft)
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}

/** Undoes a row's filter in place (PNG specification §9); false if there is no such filter. */
function unfilter(filter: number, row: Buffer, above: Buffer, step: number): boolean {
  if (filter > 4) return false
  if (filter === 0) return true
  for (let i = 0; i < row.length; i++) {
    const left = i >= step ? (row[i - step] ?? 0) : 0
    const up = above[i] ?? 0
    let add = 0
    if (filter === 1) add = left
    else if (filter === 2) add = up
    else if (filter === 3) add = (left + up) >> 1
    else add = paeth(left, up, i >= step ? (above[i - step] ?? 0) : 0)
    row[i] = ((row[i] ?? 0) + add) & 0xff
  }
  return true
}

/** The `index`-th sample of a row as it is stored, 16-bit samples cut to their high byte. */
function sampleOf(row: Buffer, index: number, bits: number): number {
  if (bits === 8) return row[index] ?? 0
  if (bits === 16) return row[index * 2] ?? 0
  const bit = index * bits
  return ((row[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
}

/** Pixel `x` of a row on white paper, into `target` at `at`. */
function paint(source: Source, row: Buffer, x: number, target: Uint8Array, at: number): void {
  const { bits, colourType, samples, palette, transparency } = source
  const first = sampleOf(row, x * samples, bits)
  let alpha = 255
  if (colourType === 3) {
    alpha = transparency[first] ?? 255
    for (let c = 0; c < 3; c++) target[at + c] = palette[first * 3 + c] ?? 0
  } else {
    const coloured = colourType === 2 || colourType === 6
    const scale = bits < 8 ? 255 / ((1 << bits) - 1) : 1
    for (let c = 0; c < 3; c++)
      target[at + c] = coloured ? sampleOf(row, x * samples + c, bits) : first * scale
    if (colourType >= 4) alpha = sampleOf(row, x * samples + samples - 1, bits)
  }
  if (alpha === 255) return
  for (let c = 0; c < 3; c++) target[at + c] = 255 + (((target[at + c] ?? 0) - 255) * alpha) / 255
}

/** The picture as RGB on white, or null when the bytes are not a whole, sound PNG. */
export function readPng(bytes: Uint8Array): Pixels | null {
  const source = isPng(bytes)
    ? readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    : null
  if (!source) return null
  const { width, height, bits, samples } = source
  let raw: Buffer
  try {
    raw = inflateSync(source.packed, { maxOutputLength: height * (width * 8 + 16) * 2 })
  } catch {
    return null
  }
  const data = new Uint8Array(width * height * 3)
  const step = Math.max(1, (bits * samples) >> 3)
  let at = 0
  for (const [left, top, across, down] of source.interlaced ? interlacedPasses : [[0, 0, 1, 1] as const]) {
    const columns = Math.ceil((width - left) / across)
    if (columns <= 0) continue
    const rowBytes = Math.ceil((columns * bits * samples) / 8)
    let above: Buffer = Buffer.alloc(rowBytes)
    for (let y = top; y < height; y += down) {
      const row = raw.subarray(at + 1, at + 1 + rowBytes)
      if (row.length < rowBytes || !unfilter(raw[at] ?? 255, row, above, step)) return null
      for (let x = 0; x < columns; x++) paint(source, row, x, data, (y * width + left + x * across) * 3)
      above = row
      at += 1 + rowBytes
    }
  }
  return { width, height, data }
}

type Span = readonly [from: number, to: number]

/** Mean of channel `c` over the pixels of `columns` × `rows`. */
function mean(pixels: Pixels, c: number, [x0, x1]: Span, [y0, y1]: Span): number {
  const { data, width } = pixels
  let sum = 0
  for (let y = y0; y < y1; y++) {
    for (let at = (y * width + x0) * 3 + c; at < (y * width + x1) * 3; at += 3) sum += data[at] ?? 255
  }
  return sum / ((x1 - x0) * (y1 - y0))
}

function spans(count: number, factor: number): Span[] {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor(i * factor)
    return [from, Math.max(Math.floor((i + 1) * factor), from + 1)] as const
  })
}

function isGrey(data: Uint8Array): boolean {
  for (let i = 0; i < data.length; i += 3)
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false
  return true
}

/** At most `maxWidth` × `maxHeight`: each pixel is the mean of those it stands for; grey when it has no colour. */
export function shrink(pixels: Pixels, maxWidth: number, maxHeight: number): PrintPixels {
  const factor = Math.max(1, pixels.width / maxWidth, pixels.height / maxHeight)
  const width = Math.max(1, Math.floor(pixels.width / factor))
  const height = Math.max(1, Math.floor(pixels.height / factor))
  const channels = isGrey(pixels.data) ? 1 : 3
  const data = new Uint8Array(width * height * channels)
  const columns = spans(width, factor)
  let at = 0
  for (const row of spans(height, factor)) {
    for (const column of columns) {
      for (let c = 0; c < channels; c++) data[at++] = mean(pixels, c, column, row)
    }
  }
  return { width, height, channels, data }
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(body.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

/** `pixels` as PNG bytes: 8 bits, not interlaced, no transparency. */
export function writePng(pixels: PrintPixels): Buffer {
  const { width, height, channels, data } = pixels
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (width * channels + 1))
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(y * width * channels, (y + 1) * width * channels), y * (width * channels + 1) + 1)
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
