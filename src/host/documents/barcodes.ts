import { code128, qrcode } from 'bwip-js/generic'
import type { DrawingContext } from 'bwip-js/generic'

/** A barcode as one SVG path, black on nothing, in points. */
export interface Barcode {
  svg: string
  width: number
  height: number
  /** Width of the narrowest bar or of one QR square. */
  module: number
}

const pointsPerMm = 72 / 25.4
/* Label and receipt printers burn 8 dots per mm (203 dpi). A bar that is not a whole number of dots comes out
 * uneven, and that is what scanners stumble over. */
const dot = pointsPerMm / 8

interface Drawn {
  width: number
  bars: { left: number; width: number }[]
  outlines: [number, number][][]
}

/* The library draws with two units per module, so that the middle of every bar is a whole number. */
const unitsPerModule = 2

function recorder(): DrawingContext<Drawn> {
  const drawn: Drawn = { width: 0, bars: [], outlines: [] }
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      drawn.width = width
    },
    line: (x, _y0, _x1, _y1, width) => drawn.bars.push({ left: x - width / 2, width }),
    polygon: (points) => drawn.outlines.push(points),
    hexagon: () => {},
    ellipse: () => {},
    fill: () => {},
    text: () => {},
    end: () => drawn,
  }
}

/* A printer blackens every dot that a shape so much as touches, so bars are drawn a little lean. */
const lean = dot * 0.12

/** `position` moved left to the next whole dot, so that bars of whole dots are printed as such. */
export function onDot(position: number): number {
  return Math.floor(position / dot + 1e-6) * dot
}

/** The largest module that fits `modules` of them into `space`: whole dots if that leaves at least two. */
function moduleFor(modules: number, space: number, maxDots: number): number {
  const dots = Math.min(maxDots, Math.floor(space / modules / dot))
  return dots >= 2 ? dots * dot : Math.min(space / modules, dot * 2)
}

const number = (value: number) => String(Math.round(value * 10_000) / 10_000)

function asSvg(path: string, width: number, height: number): string {
  const [w, h] = [number(width), number(height)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><path fill="#000" fill-rule="evenodd" d="${path}"/></svg>`
}

/** True when the narrowest bar is at least two dots (0.25 mm): below that label printers of 203 dpi smear. */
export function isPrintable(code: Barcode): boolean {
  return code.module >= dot * 2 - 1e-6
}

/** Code 128 of `text` (ASCII), at most `space` wide without its quiet zone, `height` high; bars of up to 3 dots. */
export function drawCode128(text: string, space: number, height: number): Barcode {
  const drawn = code128<Drawn>({ bcid: 'code128', text, scale: unitsPerModule, height: 1 }, recorder())
  const modules = drawn.width / unitsPerModule
  const module = moduleFor(modules, space, 3)
  const unit = module / unitsPerModule
  const path = drawn.bars
    .map((bar) => {
      const [left, wide] = [bar.left * unit + lean, bar.width * unit - lean * 2]
      return `M${number(left)} 0h${number(wide)}v${number(height)}h${number(-wide)}z`
    })
    .join('')
  const width = modules * module
  return { svg: asSvg(path, width, height), width, height, module }
}

/** QR code of `text` with medium error correction, at most `space` in each direction without its quiet zone. */
export function drawQr(text: string, space: number): Barcode {
  const options = { bcid: 'qrcode', text, eclevel: 'M', scale: 1 }
  const drawn = qrcode<Drawn>(options, recorder())
  const modules = drawn.width / unitsPerModule
  const module = moduleFor(modules, space, 8)
  const unit = module / unitsPerModule
  const path = drawn.outlines
    .map((points) => `M${points.map(([x, y]) => `${number(x * unit)} ${number(y * unit)}`).join('L')}Z`)
    .join('')
  const width = modules * module
  return { svg: asSvg(path, width, width), width, height: width, module }
}
