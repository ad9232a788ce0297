import { toBuffer } from 'bwip-js/node'
import { expect, test } from 'vitest'

import { drawCode128, drawQr, onDot } from '#host/documents/barcodes.ts'
import { readPng } from '#host/documents/png.ts'

const mm = 72 / 25.4
/** A label printer's dot (203 dpi). */
const dot = mm / 8
const link = 'http://192.168.1.20:8321/r/018b6f2a-3c4d-7abc-8def-0123456789ab'

/** What the library's own painter makes of a code: rows of black (1) and white (0), one for each pixel. */
async function painted(options: { bcid: string; text: string }): Promise<number[][]> {
  const picture = readPng(await toBuffer({ ...options, scale: 1, backgroundcolor: 'ffffff' }))
  if (!picture) throw new Error('not a PNG')
  const { width, height, data } = picture
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => ((data[(y * width + x) * 3] ?? 255) < 128 ? 1 : 0)),
  )
}

/** Lengths of the runs of equal values. */
function runsOf(row: readonly number[]): number[] {
  const runs: number[] = []
  for (const [index, value] of row.entries()) {
    if (index > 0 && value === row[index - 1]) runs.push((runs.pop() ?? 0) + 1)
    else runs.push(1)
  }
  return runs
}

/** Bars as drawn: left edge and width in points. */
function barsOf(svg: string): { left: number; width: number }[] {
  return [...svg.matchAll(/M(\S+) 0h(\S+?)v/g)].map(([, left, width]) => ({
    left: Number(left),
    width: Number(width),
  }))
}

/** Bars and spaces in modules, as drawn. */
function modulesOf(svg: string, module: number): number[] {
  const bars = barsOf(svg)
  return bars.flatMap((bar, index) => {
    const next = bars[index + 1]
    const end = Math.round((bar.left + bar.width) / module)
    const width = end - Math.round(bar.left / module)
    return next ? [width, Math.round(next.left / module) - end] : [width]
  })
}

test.each(['20231027001', 'BS20231027001', 'SHOP20231027001', 'SHOPCODE20231027001'])(
  'the bars of %s are those of Code 128',
  async (number) => {
    const code = drawCode128(number, 45 * mm, 6 * mm)
    const [row = []] = await painted({ bcid: 'code128', text: number })
    expect(modulesOf(code.svg, code.module)).toEqual(runsOf(row))
    expect(code.width).toBeLessThanOrEqual(45 * mm + 0.01)
  },
)

test('bars of numbers with a prefix of up to six letters are whole dots of a label printer, at least two', () => {
  for (const prefix of ['', 'S', 'SH', 'SHO', 'SHOP', 'SHOPC', 'SHOPCO']) {
    const { module } = drawCode128(`${prefix}20231027001`, 45 * mm, 6 * mm)
    expect(module / dot).toBeCloseTo(Math.round(module / dot), 6)
    expect(module / dot).toBeGreaterThan(1.99)
  }
})

test('a bar touches only the dots it is meant to blacken', () => {
  const { svg } = drawCode128('20231027001', 45 * mm, 6 * mm)
  for (const { left, width } of barsOf(svg)) {
    const [first, last] = [Math.floor(left / dot), Math.ceil((left + width) / dot)]
    expect(last - first).toBe(Math.round(width / dot))
  }
})

test('a place on the label is moved to the dots of the printer', () => {
  expect(onDot(dot * 7)).toBeCloseTo(dot * 7, 9)
  expect(onDot(dot * 7.9)).toBeCloseTo(dot * 7, 9)
})

/** The squares of a path of closed outlines, row by row, by the even-odd rule. */
function squaresOf(svg: string, count: number, module: number): number[] {
  const outlines = [...svg.matchAll(/M([^Z]+)Z/g)].map(([, points]) =>
    (points ?? '').split('L').map((point) => point.split(' ').map((value) => Number(value) / module)),
  )
  const isBlack = (x: number, y: number) =>
    outlines.reduce((black, outline) => {
      let inside = black
      for (const [index, [x1 = 0, y1 = 0]] of outline.entries()) {
        const [x2 = 0, y2 = 0] = outline[(index + 1) % outline.length] ?? []
        if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside
      }
      return inside
    }, false)
  return Array.from({ length: count * count }, (_, i) =>
    isBlack((i % count) + 0.5, Math.floor(i / count) + 0.5) ? 1 : 0,
  )
}

test('the QR code drawn is the one meant, with its squares in whole dots', async () => {
  const code = drawQr(link, 15.5 * mm)
  const options = { bcid: 'qrcode', text: link, eclevel: 'M' }
  // The painter makes squares of two pixels; one of each is enough.
  const rows = (await painted(options))
    .filter((_, y) => y % 2 === 0)
    .map((row) => row.filter((_, x) => x % 2 === 0))
  expect(squaresOf(code.svg, rows.length, code.module)).toEqual(rows.flat())
  expect(code.width).toBeLessThanOrEqual(15.5 * mm)
  expect(code.module / dot).toBeCloseTo(3, 6)
})
