import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'

import { drawCode128, drawQr } from './barcodes.ts'
import { typefaceFor } from './engine.ts'
import type { Engine } from './engine.ts'
import { fitToHalf } from './fit-half.ts'
import { definitionOf, layHalf, margin, page, width } from './half-sheet.ts'
import { picturesOf } from './sheet.ts'
import type { Sheet } from './sheet.ts'

/**
 * Two copies side by side on A4 landscape with a cut line. A sheet is always one page: long texts are set smaller,
 * then cut short with a note that the record has the rest.
 */

const half = page.width / 2

/* Scissors drawn as lines, pointing down the cut: the sign of the font points to the side. */
const scissors =
  '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="16" viewBox="0 0 12 16"><g fill="none" stroke="#555" stroke-width="1">' +
  '<circle cx="2.6" cy="3" r="2"/><circle cx="9.4" cy="3" r="2"/><path d="M3.5 4.8L8.6 15M8.5 4.8L3.4 15"/></g></svg>'

function cutLine(): Content[] {
  return [
    {
      canvas: [
        {
          type: 'line',
          x1: half,
          y1: 26,
          x2: half,
          y2: page.height - 12,
          lineWidth: 0.7,
          lineColor: '#777777',
          dash: { length: 4, space: 3 },
        },
      ],
      absolutePosition: { x: 0, y: 0 },
    },
    { svg: scissors, width: 12, height: 16, absolutePosition: { x: half - 6, y: 10 } },
  ]
}

/** One A4 page per sheet. */
export async function layA4(engine: Engine, sheets: readonly Sheet[]): Promise<TDocumentDefinitions> {
  const pages: Content[] = []
  for (const [index, sheet] of sheets.entries()) {
    const codes = { bars: drawCode128(sheet.number, 150, 20), qr: drawQr(sheet.link, 62) }
    const customerCodes = { ...codes, qr: drawQr(sheet.customerLink, 62) }
    const { pen, long, space } = await fitToHalf(engine, sheet, codes)
    const copy = (kind: 'shop' | 'customer') => ({
      width,
      stack: layHalf(pen, sheet, kind === 'shop' ? codes : customerCodes, {
        copy: kind,
        long,
        space,
        withPictures: true,
      }),
      ...typefaceFor(sheet.language),
    })
    const columns = { columns: [copy('shop'), copy('customer')], columnGap: margin.cut * 2 }
    pages.push(index === 0 ? columns : { ...columns, pageBreak: 'before' })
  }
  return { ...definitionOf(pages, page.height), images: picturesOf(sheets), background: cutLine }
}
