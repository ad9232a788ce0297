import type { WebContentsPrintOptions } from 'electron'
import type { PaperUse } from '#contract/shell.ts'

/** A PDF's first page, in micrometres: what Chromium measures paper in. */
export interface PaperSize {
  readonly width: number
  readonly height: number
}

const micrometresPerPoint = 25_400 / 72
const headEnd = 1_000_000

/**
 * The size of the first page. Our own documents write their page objects plainly; undefined for a file that is none of
 * ours, which is then not printed without a dialog.
 */
export function sizeOf(bytes: Uint8Array): PaperSize | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, headEnd)).toString(
    'latin1',
  )
  if (!text.startsWith('%PDF-')) return undefined
  const box = /\/MediaBox\s*\[\s*([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)\s*\]/.exec(text)
  if (!box) return undefined
  const [left = 0, bottom = 0, right = 0, top = 0] = box.slice(1).map(Number)
  const size = {
    width: Math.round((right - left) * micrometresPerPoint),
    height: Math.round((top - bottom) * micrometresPerPoint),
  }
  return size.width > 0 && size.height > 0 ? size : undefined
}

const millimetre = 1000
const near = (value: number, millimetres: number): boolean =>
  Math.abs(value - millimetres * millimetre) <= 2 * millimetre

/** Which loaded paper a page is meant for. Rolls are as long as they need to be; what is no known paper is a label. */
export function useOf({ width, height }: PaperSize): PaperUse {
  const [short, long] = width < height ? [width, height] : [height, width]
  if (near(short, 210) && near(long, 297)) return 'a4'
  if (near(short, 148) && near(long, 210)) return 'a5'
  if (near(width, 80)) return 'receipt_80'
  return near(width, 58) ? 'receipt_58' : 'label'
}

/**
 * How a page goes to a printer without a dialog: at its own size and without margins of the printer's, as the document
 * has its own. Sheets may lie; labels and receipts are named as they come out of the printer, however short they are.
 */
export function printOptions(size: PaperSize, printer: string): WebContentsPrintOptions {
  const use = useOf(size)
  const landscape = (use === 'a4' || use === 'a5') && size.width > size.height
  return {
    silent: true,
    deviceName: printer,
    printBackground: true,
    margins: { marginType: 'none' },
    pageSize: landscape ? { width: size.height, height: size.width } : { ...size },
    landscape,
    copies: 1,
  }
}
