import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'

import { drawCode128, drawQr } from './barcodes.ts'
import { typefaceFor } from './engine.ts'
import type { Engine } from './engine.ts'
import { picturesOf } from './sheet.ts'
import type { Sheet } from './sheet.ts'
import {
  accessoryLines,
  factTable,
  fitted,
  heading,
  lineHeight,
  printLines,
  signatureBlock,
} from './sheet-parts.ts'
import type { Pen, Setting } from './sheet-parts.ts'

/**
 * The same sheet on an 80 mm roll, for shops without an A4 printer. The paper is as long as the text: fault and
 * terms are printed whole, and only a field grown beyond all measure is cut (a PDF page ends at 5 m). Everything
 * is black, because a thermal head prints grey as dots.
 */

const mm = 72 / 25.4
/** An 80 mm head prints 72 mm. */
const margin = 4 * mm
const width = 72 * mm
const all = Number.MAX_SAFE_INTEGER

function head(pen: Pen, sheet: Sheet): Content[] {
  const { texts } = sheet
  const centred = { alignment: 'center' as const }
  const numberSize = Math.min(20, width / pen.ruler(sheet.number, 1, true))
  const bars = drawCode128(sheet.number, width - 24, 10 * mm)
  const logo: Content[] = sheet.logo
    ? [{ image: sheet.logo.name, fit: [width * 0.6, 40], ...centred, margin: [0, 0, 0, 4] }]
    : []
  return [
    ...logo,
    printLines(fitted(pen, sheet.shopName, width, 12, all, true), 12, { bold: true, ...centred }),
    ...sheet.shopLines.map((line) => printLines(fitted(pen, line, width, 8, all), 8, centred)),
    { text: texts['sheet.title'], bold: true, fontSize: 13, ...centred, margin: [0, 6, 0, 0] },
    { text: texts['head.number'], fontSize: 7, ...centred },
    { text: sheet.number, bold: true, fontSize: numberSize, noWrap: true, ...centred, margin: [0, 0, 0, 3] },
    { svg: bars.svg, width: bars.width, height: bars.height, ...centred, margin: [0, 0, 0, 6] },
    ...factTable(pen, [
      { label: texts['head.received'], value: sheet.received },
      { label: texts['head.promised'], value: sheet.promised },
    ]),
  ]
}

function receipt(pen: Pen, sheet: Sheet): Content[] {
  const { size, small } = pen.setting
  const { texts } = sheet
  const qr = drawQr(sheet.customerLink, 26 * mm)
  const none = (text: string) => ({ text, fontSize: size })
  const terms: Content[] = sheet.terms
    ? [heading(pen, sheet.termsTitle), printLines(fitted(pen, sheet.terms, width, small, all), small)]
    : []
  const body: Content[] = [
    ...head(pen, sheet),
    heading(pen, texts['section.customer']),
    ...factTable(pen, sheet.customer),
    heading(pen, texts['section.device']),
    ...factTable(pen, sheet.device),
    heading(pen, texts['section.fault']),
    printLines(fitted(pen, sheet.fault, width, size, all), size, { margin: [0, 0, 0, 2] }),
    ...factTable(pen, sheet.circumstances),
    heading(pen, texts['section.checks']),
    ...factTable(pen, sheet.checks, pen.setting.listLines),
    ...(sheet.checks.length === 0 ? [none(texts['check.none'])] : []),
    heading(pen, sheet.accessoriesTitle),
    ...accessoryLines(pen, sheet.accessories, 120),
    ...(sheet.accessories.length === 0 ? [none(texts['accessory.none'])] : []),
    heading(pen, texts['section.agreed']),
    ...factTable(pen, sheet.agreed),
    ...terms,
    { text: '', fontSize: 1, margin: [0, 6, 0, 0] },
    signatureBlock(pen, sheet, { boxHeight: 44, withPictures: true }),
    { svg: qr.svg, width: qr.width, height: qr.height, alignment: 'center', margin: [0, 12, 0, 0] },
    { text: texts['head.scan'], fontSize: small, alignment: 'center', margin: [0, 2, 0, 0] },
    printLines(fitted(pen, texts['foot.customer'], width, size, 2, true), size, {
      alignment: 'center',
      bold: true,
      margin: [0, 6, 0, 0],
    }),
  ]
  if (!pen.cutShort) return body
  return [...body, { text: texts['foot.cut_short'], fontSize: small, alignment: 'center' }]
}

/** One page per sheet, each as high as its content. */
export function layRoll(engine: Engine, sheets: readonly Sheet[]): TDocumentDefinitions {
  const setting: Setting = {
    width,
    columns: 1,
    size: 8.5,
    small: 7,
    factLines: 12,
    listLines: 40,
    ink: { label: '#000000', rule: '#000000' },
  }
  const content = sheets.map((sheet, index): Content => {
    const stack = receipt({ ruler: engine.rulerFor(sheet.language), setting, cutShort: false }, sheet)
    const typeface = typefaceFor(sheet.language)
    return index === 0 ? { stack, ...typeface } : { stack, ...typeface, pageBreak: 'before' }
  })
  return {
    pageSize: { width: 80 * mm, height: Infinity },
    pageMargins: [margin, 3 * mm, margin, 4 * mm],
    defaultStyle: { lineHeight },
    images: picturesOf(sheets),
    content,
  }
}
