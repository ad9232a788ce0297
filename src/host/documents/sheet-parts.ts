import type { Content, ContentStack, ContentText, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'

import type { Ruler } from './engine.ts'
import type { Fact, Sheet } from './sheet.ts'
import { firstLines, wrap } from './text.ts'

/** How a sheet is set: sizes in points, limits in lines. */
export interface Setting {
  /** Width of the text. */
  width: number
  size: number
  /** Size of labels and terms. */
  small: number
  /** Facts side by side. */
  columns: 1 | 2
  /** Lines a fact may take, and a fact that holds a list (checks, known defects). */
  factLines: number
  listLines: number
  ink: { label: string; rule: string }
}

/** What the parts need: how wide a text is, how to set it, and a note of whether anything was cut short. */
export interface Pen {
  ruler: Ruler
  setting: Setting
  /** Set by a part that had to leave text out. */
  cutShort: boolean
}

const bare: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
}

/** Noto's own line is 1.45 em; forms read better a little tighter. */
export const lineHeight = 0.88
/** Height in points of one line of `size`. */
export const heightOfLine = (size: number) => size * 1.448 * lineHeight

/** Lines as they are: nothing may break them again. */
export function printLines(lines: readonly string[], size: number, extra: object = {}): ContentStack {
  return { stack: lines.map((text) => ({ text, noWrap: true, fontSize: size })), ...extra }
}

/** `text` in at most `limit` lines of `width`. */
export function fitted(
  pen: Pen,
  text: string,
  width: number,
  size: number,
  limit: number,
  bold = false,
): string[] {
  const measure = (part: string) => pen.ruler(part, size, bold)
  const lines = wrap(text, width, measure, limit + 1)
  if (lines.length > limit) pen.cutShort = true
  return firstLines(lines, limit, width, measure)
}

/** A section's name with a rule under it. */
export function heading(pen: Pen, title: string): Content {
  const { width, size, ink } = pen.setting
  return {
    stack: [
      { text: title, bold: true, fontSize: size, noWrap: true, margin: [0, 0, 0, size * 0.15] },
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5, lineColor: ink.rule }] },
    ],
    margin: [0, size * 0.45, 0, size * 0.2],
  }
}

const gap = 6

function labelWidthOf(pen: Pen, list: readonly Fact[]): number {
  const { small } = pen.setting
  return Math.max(...list.map((fact) => pen.ruler(fact.label, small))) + gap
}

function factCells(pen: Pen, fact: Fact, valueWidth: number, limit: number): [ContentText, ContentStack] {
  const { size, small, ink } = pen.setting
  // The label stands on the value's base line although it is smaller.
  const drop = (size - small) * 1.16
  return [
    { text: fact.label, noWrap: true, fontSize: small, color: ink.label, margin: [0, drop, 0, 0] },
    printLines(fitted(pen, fact.value, valueWidth, size, limit, fact.strong), size, {
      bold: fact.strong ?? false,
    }),
  ]
}

/** Facts as label and value; two that are short enough share a row. */
export function factTable(pen: Pen, list: readonly Fact[], limit = pen.setting.factLines): Content[] {
  if (list.length === 0) return []
  const { width, size, columns } = pen.setting
  const labelWidth = labelWidthOf(pen, list)
  const column = columns === 2 ? (width - gap * 2) / 2 : width
  const isShort = (fact: Fact) => pen.ruler(fact.value, size, fact.strong) <= column - labelWidth
  const rows: TableCell[][] = []
  const waiting: TableCell[] = []
  const blank = (): TableCell => ({ text: '', fontSize: size })
  const close = () => {
    if (waiting.length > 0) rows.push([...waiting.splice(0), blank(), blank()])
  }
  for (const fact of list) {
    if (columns === 2 && isShort(fact)) {
      waiting.push(...factCells(pen, fact, column - labelWidth, 1))
      if (waiting.length === 4) rows.push(waiting.splice(0))
      continue
    }
    close()
    const [label, value] = factCells(pen, fact, width - labelWidth, limit)
    rows.push([label, { ...value, colSpan: columns * 2 - 1 }, ...(columns === 2 ? [blank(), blank()] : [])])
  }
  close()
  const pair = [labelWidth, column - labelWidth]
  const widths =
    columns === 2 ? [labelWidth, column - labelWidth + gap * 2, labelWidth, column - labelWidth] : pair
  return [{ table: { widths, body: rows }, layout: bare }]
}

/** The numbered accessories, as many to a line as fit; at most `limit` lines. */
export function accessoryLines(pen: Pen, list: readonly Fact[], limit: number): Content[] {
  const { size, width } = pen.setting
  const lines: string[] = []
  for (const fact of list) {
    const item = `${fact.label}. ${fact.value}`
    const joined = lines.length > 0 ? `${lines.at(-1)}     ${item}` : item
    const fits = lines.length > 0 && pen.ruler(joined, size) <= width
    if (fits) lines[lines.length - 1] = joined
    else lines.push(...fitted(pen, item, width, size, limit))
  }
  if (lines.length > limit) pen.cutShort = true
  const measure = (text: string) => pen.ruler(text, size)
  return [printLines(firstLines(lines, limit, width, measure), size)]
}

/** A place of fixed height, so that a page can be measured without its pictures. */
export function fixedBox(inside: Content, width: number, height: number): Content {
  return { table: { widths: [width], heights: [height], body: [[inside]] }, layout: bare }
}

interface Signing {
  boxHeight: number
  /** False while measuring: pictures stand in boxes of fixed height. */
  withPictures: boolean
}

function signedSide(pen: Pen, sheet: Sheet, width: number, signing: Signing): Content {
  const { size, small, ink } = pen.setting
  const { signature, unsigned, texts } = sheet
  const drawn: Content =
    signature && signing.withPictures
      ? { image: signature.name, fit: [width, signing.boxHeight - 2] }
      : printLines(fitted(pen, unsigned, width, size, 2), size, { margin: [0, size, 0, 0] })
  const caption = [texts['sign.customer'], signature ? sheet.received : ''].join('  ')
  return {
    stack: [
      fixedBox(drawn, width, signing.boxHeight),
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5 }] },
      printLines(fitted(pen, caption, width, small, 1), small, { color: ink.label }),
    ],
  }
}

function clerkSide(pen: Pen, sheet: Sheet, width: number, signing: Signing): Content {
  const { size, small, ink } = pen.setting
  const drop = Math.max(0, signing.boxHeight - heightOfLine(size) - 2)
  const name = printLines(fitted(pen, sheet.clerk, width, size, 1), size, { margin: [0, drop, 0, 0] })
  const caption = [sheet.texts['sign.clerk'], sheet.received].join('  ')
  return {
    stack: [
      fixedBox(name, width, signing.boxHeight),
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5 }] },
      printLines(fitted(pen, caption, width, small, 1), small, { color: ink.label }),
    ],
  }
}

/** Who signs, and who received the device: side by side, or on a roll one under the other. */
export function signatureBlock(pen: Pen, sheet: Sheet, signing: Signing): Content {
  const { width, small, columns } = pen.setting
  const { texts } = sheet
  const agree = printLines(fitted(pen, sheet.agreement, width, small, 2), small)
  if (columns === 1) {
    const clerk = factTable(pen, sheet.clerk ? [{ label: texts['sign.clerk'], value: sheet.clerk }] : [])
    return { stack: [agree, signedSide(pen, sheet, width, signing), ...clerk] }
  }
  const half = (width - gap * 2) / 2
  return {
    stack: [
      agree,
      {
        columns: [
          { width: half, stack: [signedSide(pen, sheet, half, signing)] },
          { width: half, stack: [clerkSide(pen, sheet, half, signing)] },
        ],
        columnGap: gap * 2,
      },
    ],
  }
}
