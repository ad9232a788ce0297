import type { Content, ContentSvg, TDocumentDefinitions } from 'pdfmake/interfaces.js'

import type { Barcode } from './barcodes.ts'
import { fill } from './messages.ts'
import type { Sheet } from './sheet.ts'
import {
  accessoryLines,
  factTable,
  fitted,
  fixedBox,
  heading,
  lineHeight,
  printLines,
  signatureBlock,
} from './sheet-parts.ts'
import type { Pen } from './sheet-parts.ts'

/** One half of the A4 sheet: an A5 page that fits a folder. */

/** A4 landscape, in points. */
export const page = { width: 841.89, height: 595.28 }
export const margin = { outer: 26, cut: 22, top: 22, bottom: 16 }
/** Width and height of a copy's text. */
export const width = page.width / 2 - margin.outer - margin.cut
export const room = page.height - margin.top - margin.bottom

/** Texts of variable length, cut to what there is room for. */
export interface LongTexts {
  fault: string[]
  terms: string[]
}

export interface Codes {
  bars: Barcode
  qr: Barcode
}

/* The library writes positions into the nodes it is given, so every copy gets nodes of its own. */
function printCode(code: Barcode): ContentSvg {
  return { svg: code.svg, width: code.width, height: code.height }
}

function letterhead(pen: Pen, sheet: Sheet, copy: string, withPictures: boolean): Content {
  const { small, ink: colours } = pen.setting
  const right = 104
  const { logo: mark } = sheet
  const logoWidth = mark ? mark.width * Math.min(70 / mark.width, 34 / mark.height) : 0
  const left = width - right - 10 - (logoWidth && logoWidth + 8)
  const shop: Content[] = [
    printLines(fitted(pen, sheet.shopName, left, 11, 2, true), 11, { bold: true }),
    ...sheet.shopLines.map((line) =>
      printLines(fitted(pen, line, left, small, 2), small, { color: colours.label }),
    ),
  ]
  const logo: Content =
    sheet.logo && withPictures ? { image: sheet.logo.name, fit: [logoWidth, 34], margin: [0, 3, 0, 0] } : ''
  return {
    columns: [
      ...(sheet.logo ? [{ width: logoWidth + 8, stack: [fixedBox(logo, logoWidth, 38)] }] : []),
      { width: left, stack: shop },
      {
        width: '*',
        alignment: 'right',
        stack: [
          { text: sheet.texts['sheet.title'], bold: true, fontSize: 14, noWrap: true },
          { text: copy, bold: true, fontSize: 8.5, noWrap: true },
        ],
      },
    ],
    // Said outright, because columns inherit the gap of the columns around them.
    columnGap: 0,
  }
}

/** Number, bar code, the two dates and the QR code: what is looked for first. */
function numberBand(pen: Pen, sheet: Sheet, codes: Codes): Content {
  const { small, ink: colours } = pen.setting
  const { texts } = sheet
  const caption = (text: string) => ({ text, fontSize: small, color: colours.label, noWrap: true })
  const numberSize = Math.min(18, 158 / pen.ruler(sheet.number, 1, true))
  return {
    columns: [
      {
        width: 166,
        stack: [
          caption(texts['head.number']),
          { text: sheet.number, bold: true, fontSize: numberSize, noWrap: true, margin: [0, 0, 0, 2] },
          printCode(codes.bars),
        ],
      },
      {
        width: '*',
        stack: [
          caption(texts['head.received']),
          { text: sheet.received, fontSize: 9, noWrap: true, margin: [0, 0, 0, 3] },
          caption(texts['head.promised']),
          { text: sheet.promised, bold: true, fontSize: 11, noWrap: true },
        ],
      },
      {
        width: 66,
        stack: [
          { ...printCode(codes.qr), alignment: 'right' },
          { ...caption(texts['head.scan']), alignment: 'right', fontSize: 5.8 },
        ],
      },
    ],
    columnGap: 0,
    margin: [0, 5, 0, 0],
  }
}

/** Everything of one copy above the signature. */
function upperPart(pen: Pen, sheet: Sheet, long: LongTexts): Content[] {
  const { size, small, listLines } = pen.setting
  const { texts } = sheet
  const none = (text: string) => ({ text, fontSize: size, noWrap: true })
  const parts: Content[] = [
    heading(pen, texts['section.customer']),
    ...factTable(pen, sheet.customer),
    heading(pen, texts['section.device']),
    ...factTable(pen, sheet.device),
    heading(pen, texts['section.fault']),
    printLines(long.fault, size, { margin: [0, 0, 0, 2] }),
    ...factTable(pen, sheet.circumstances),
    heading(pen, texts['section.checks']),
    ...factTable(pen, sheet.checks, listLines),
    ...(sheet.checks.length === 0 ? [none(texts['check.none'])] : []),
    heading(pen, sheet.accessoriesTitle),
    ...accessoryLines(pen, sheet.accessories, listLines),
    ...(sheet.accessories.length === 0 ? [none(texts['accessory.none'])] : []),
    heading(pen, texts['section.agreed']),
    ...factTable(pen, sheet.agreed),
  ]
  if (long.terms.length === 0) return parts
  return [...parts, heading(pen, sheet.termsTitle), printLines(long.terms, small)]
}

export interface HalfOptions {
  copy: 'shop' | 'customer'
  long: LongTexts
  /** Blank points above the signature, so that it stands at the foot of the page. */
  space: number
  /** False while measuring: pictures stand in boxes of fixed height. */
  withPictures: boolean
}

/** One copy from letterhead to foot. */
export function layHalf(pen: Pen, sheet: Sheet, codes: Codes, options: HalfOptions): Content[] {
  const { small, ink: colours } = pen.setting
  const { texts } = sheet
  const body = [
    letterhead(pen, sheet, texts[`copy.${options.copy}`], options.withPictures),
    numberBand(pen, sheet, codes),
    ...upperPart(pen, sheet, options.long),
    {
      text: '',
      fontSize: 1,
      lineHeight: 1,
      margin: [0, options.space, 0, 0] as [number, number, number, number],
    },
    signatureBlock(pen, sheet, { boxHeight: 30, withPictures: options.withPictures }),
  ]
  const shopNote = sheet.bin ? fill(texts['foot.bin'], { bin: sheet.bin }) : texts['foot.shop']
  const note = options.copy === 'shop' ? shopNote : texts['foot.customer']
  const foot = [note, ...(pen.cutShort ? [texts['foot.cut_short']] : [])].join('  ')
  return [
    ...body,
    printLines(fitted(pen, foot, width, small, 1), small, { color: colours.label, margin: [0, 3, 0, 0] }),
  ]
}

/** A page of A4's width holding `content`; `height` may be Infinity. */
export function definitionOf(content: Content, height: number): TDocumentDefinitions {
  return {
    pageSize: { width: page.width, height },
    pageMargins: [margin.outer, margin.top, margin.outer, margin.bottom],
    defaultStyle: { lineHeight },
    content,
  }
}
