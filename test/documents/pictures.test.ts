import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readPicture } from '#host/documents/pictures.ts'
import { readPng, shrink, writePng } from '#host/documents/png.ts'
import { drawnSignature, pngOf } from './drawn-pictures.ts'

/** The pixel as [red, green, blue]. */
function pixel(png: Buffer, x: number, y: number): number[] {
  const pixels = readPng(png)
  if (!pixels) throw new Error('not readable')
  return Array.from(pixels.data.subarray((y * pixels.width + x) * 3, (y * pixels.width + x) * 3 + 3))
}

test('what is see-through in a signature is white on paper', () => {
  const rows = Buffer.from([0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 128])
  const png = pngOf({ width: 3, height: 1, bits: 8, colourType: 6 }, rows)
  expect([pixel(png, 0, 0), pixel(png, 1, 0), pixel(png, 2, 0)]).toEqual([
    [0, 0, 0],
    [255, 255, 255],
    [255, 127, 127].map((value, index) => (index === 0 ? 255 : value)),
  ])
})

test('every kind of PNG that a shop may have as its logo is read', () => {
  const palette = [['PLTE', Buffer.from([255, 0, 0, 0, 0, 255])]] as const
  const grey1 = pngOf({ width: 3, height: 1, bits: 1, colourType: 0 }, Buffer.from([0, 0b01000000]))
  const grey16 = pngOf({ width: 1, height: 1, bits: 16, colourType: 0 }, Buffer.from([0, 0x80, 0x12]))
  const indexed = pngOf(
    { width: 2, height: 1, bits: 4, colourType: 3, chunks: palette },
    Buffer.from([0, 0x01]),
  )
  const greyAlpha = pngOf({ width: 1, height: 1, bits: 8, colourType: 4 }, Buffer.from([0, 0, 0]))
  expect([0, 1, 2].map((x) => pixel(grey1, x, 0)[0])).toEqual([0, 255, 0])
  expect(pixel(grey16, 0, 0)).toEqual([128, 128, 128])
  expect([pixel(indexed, 0, 0), pixel(indexed, 1, 0)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ])
  expect(pixel(greyAlpha, 0, 0)).toEqual([255, 255, 255])
})

test('each filter of a row is undone', () => {
  const rows = Buffer.from([0, 10, 20, 1, 10, 10, 2, 5, 5, 3, 5, 5, 4, 1, 1])
  const pixels = readPng(pngOf({ width: 2, height: 5, bits: 8, colourType: 0 }, rows))
  expect(pixels && Array.from(pixels.data).filter((_, i) => i % 3 === 0)).toEqual([
    10, 20, 10, 20, 15, 25, 12, 23, 13, 24,
  ])
})

test('an interlaced picture is the same picture', () => {
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const
  const value = (x: number, y: number) => x * 20 + y * 3
  const [width, height] = [9, 5]
  const rows: number[] = []
  for (const [left, top, across, down] of passes) {
    for (let y = top; y < height; y += down) {
      if (left >= width) continue
      rows.push(0)
      for (let x = left; x < width; x += across) rows.push(value(x, y))
    }
  }
  const png = pngOf({ width, height, bits: 8, colourType: 0, interlace: 1 }, Buffer.from(rows))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) expect(pixel(png, x, y)[0]).toBe(value(x, y))
})

test('an interlaced logo of two colours is read', () => {
  const rows = [0, 0b11000000, 0, 0b10000000, 0, 0b10000000, 0, 0b01010000]
  const png = pngOf({ width: 9, height: 1, bits: 1, colourType: 0, interlace: 1 }, Buffer.from(rows))
  const row = Array.from({ length: 9 }, (_, x) => pixel(png, x, 0)[0])
  expect(row).toEqual([255, 0, 255, 255, 255, 0, 0, 255, 255])
})

test('a large signature is made small and grey, and stays the same drawing', () => {
  const pixels = readPng(drawnSignature(1800, 600))
  if (!pixels) throw new Error('not readable')
  const small = shrink(pixels, 600, 240)
  expect([small.width, small.height, small.channels]).toEqual([600, 200, 1])
  const ink = small.data.reduce((sum, value) => sum + (255 - value), 0) / 255
  const whole = pixels.data.reduce((sum, value) => sum + (255 - value), 0) / 255 / 3
  expect(ink * 9).toBeCloseTo(whole, -3)
  expect(writePng(small).length).toBeLessThan(20_000)
})

test('what is written is read back unchanged', () => {
  const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i * 7)
  const again = readPng(writePng({ width: 4, height: 3, channels: 3, data }))
  expect(again).toEqual({ width: 4, height: 3, data })
})

test('a damaged picture is no picture, and never an error', () => {
  const sound = drawnSignature(60, 40)
  const damage = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(damage, fc.nat(sound.length), (changes, length) => {
      const bytes = Buffer.from(sound.subarray(0, length))
      for (const [at, value] of changes) if (at < length) bytes[at] = value
      const picture = readPicture(bytes, 600, 240)
      expect(picture === null || picture.width === 60).toBe(true)
    }),
  )
})

test('scanlines that are missing or have an unknown filter are found before the file reaches the printer', () => {
  expect(readPng(pngOf({ width: 2, height: 2, bits: 8, colourType: 0 }, Buffer.from([0, 1, 2])))).toBeNull()
  expect(readPng(pngOf({ width: 1, height: 1, bits: 8, colourType: 0 }, Buffer.from([9, 1])))).toBeNull()
})

test('a picture said to be gigantic is refused unopened', () => {
  expect(
    readPng(pngOf({ width: 60_000, height: 60_000, bits: 8, colourType: 0 }, Buffer.alloc(1))),
  ).toBeNull()
})

test('a small file that unpacks to far more than its picture is refused on the way', () => {
  const bomb = pngOf({ width: 1, height: 1, bits: 8, colourType: 0 }, Buffer.alloc(4_000_000))
  expect(bomb.length).toBeLessThan(10_000)
  expect(readPng(bomb)).toBeNull()
})

test('a row that ends too soon is no picture, rather than one with a black end', () => {
  const row = Buffer.from([0, 200, 200])
  expect(readPng(pngOf({ width: 4, height: 1, bits: 8, colourType: 0 }, row))).toBeNull()
})

test('a JPEG is taken by its size in the frame header, up to half a megabyte', () => {
  const frame = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 11, 8, 0, 40, 0, 80, 1, 1, 0x11, 0]
  expect(readPicture(Uint8Array.from(frame), 100, 100)).toMatchObject({ width: 80, height: 40 })
  expect(readPicture(Uint8Array.from([...frame, ...Array<number>(600_000).fill(0)]), 100, 100)).toBeNull()
  expect(readPicture(Uint8Array.from(frame.slice(0, 10)), 100, 100)).toBeNull()
})
