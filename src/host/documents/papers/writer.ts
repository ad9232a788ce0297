import type { Content } from 'pdfmake/interfaces.js'

import type { PaperSize } from '#contract/documents.ts'
import type { Label, Language } from '#contract/fields.ts'

import type { Engine } from '../engine.ts'
import {
  formatAmount,
  formatDay,
  formatDayOf,
  formatMoment,
  formatMoney,
  formatQuantity,
  formatRate,
} from '../format.ts'
import { fill } from '../messages.ts'
import { factTable, printLines } from '../sheet-parts.ts'
import type { Pen, Setting } from '../sheet-parts.ts'
import type { Fact } from '../sheet.ts'
import { printable, wrap } from '../text.ts'
import type { PaperShop } from './types.ts'
import { paperWords } from './words.ts'
import type { PaperKey, PaperWords } from './words.ts'

/** Paper and what may be printed on it, in points. */
export interface Format {
  width: number
  /** Infinity: a roll, as long as its text. */
  height: number
  margins: { left: number; top: number; right: number; bottom: number }
  setting: Setting
}

const mm = 72 / 25.4
const grey = { label: '#555555', rule: '#999999' }
/* A thermal head prints grey as dots. */
const black = { label: '#000000', rule: '#000000' }
const all = Infinity

function page(width: number, height: number, side: number, size: number, small: number): Format {
  const setting: Setting = {
    width: width - side * 2,
    columns: 2,
    size,
    small,
    factLines: all,
    listLines: all,
    ink: grey,
  }
  return { width, height, margins: { left: side, top: 42, right: side, bottom: 44 }, setting }
}

function roll(width: number, printed: number, size: number, small: number): Format {
  const side = (width - printed) / 2
  const setting: Setting = {
    width: printed,
    columns: 1,
    size,
    small,
    factLines: all,
    listLines: all,
    ink: black,
  }
  return {
    width,
    height: Infinity,
    margins: { left: side, top: 3 * mm, right: side, bottom: 4 * mm },
    setting,
  }
}

export const formats: Readonly<Record<PaperSize, Format>> = {
  a4: page(595.28, 841.89, 46, 9, 7.5),
  a5: page(419.53, 595.28, 28, 8, 6.8),
  '80mm': roll(80 * mm, 72 * mm, 8.5, 7),
  '58mm': roll(58 * mm, 48 * mm, 7.5, 6.5),
}

/** What a paper is written with: its words, its width, and how the shop's dates and amounts look. */
export interface Writer extends Pen {
  language: Language
  shop: PaperShop
  words: PaperWords
  isRoll: boolean
  /** A word with its blanks filled. */
  say(key: PaperKey, values?: Readonly<Record<string, string | number>>): string
  /** With the currency's sign. */
  money(minor: number): string
  /** Without it, for a column. */
  amount(minor: number): string
  quantity(thousandths: number): string
  rate(basisPoints: number): string
  /** A calendar day. */
  day(on: string): string
  dayOf(at: number): string
  moment(at: number): string
  /** A label and what it says, with the language's colon. */
  pair(label: string, value: string): string
  /** Texts one after the other, with the language's comma. */
  list(texts: readonly string[]): string
  /** `text` with `more` in the language's brackets. */
  aside(text: string, more: string | null): string
  /** A dictionary's name in the paper's language, or in the other where it has none. */
  name(label: Label): string
}

const punctuation = {
  'zh-CN': { item: '、', colon: '：', open: '（', close: '）' },
  en: { item: ', ', colon: ': ', open: ' (', close: ')' },
} as const

export function createWriter(
  engine: Engine,
  data: { language: Language; size: PaperSize; shop: PaperShop },
): Writer {
  const { language, shop } = data
  const { setting, height } = formats[data.size]
  const words = paperWords[language]
  const marks = punctuation[language]
  return {
    ruler: engine.rulerFor(language),
    setting,
    cutShort: false,
    language,
    shop,
    words,
    isRoll: height === Infinity,
    say: (key, values = {}) => fill(words[key], values),
    money: (minor) => formatMoney(minor, shop.currency, language),
    amount: (minor) => formatAmount(minor, shop.currency, language),
    quantity: (thousandths) => formatQuantity(thousandths, language),
    rate: (basisPoints) => formatRate(basisPoints, language),
    day: (on) => formatDay(on, language),
    dayOf: (at) => formatDayOf(at, shop.timeZone, language),
    moment: (at) => formatMoment(at, shop.timeZone, language),
    pair: (label, value) => `${label}${marks.colon}${value}`,
    list: (texts) => texts.join(marks.item),
    aside: (text, more) => (more ? text + marks.open + more + marks.close : text),
    name: (label) => (language === 'en' ? label.en || label.zh : label.zh || label.en),
  }
}

/** The same writer on a part of the width, its facts one below the other. */
export function narrower(writer: Writer, width: number): Writer {
  return { ...writer, setting: { ...writer.setting, width, columns: 1 } }
}

interface TextLook {
  size?: number
  bold?: boolean
  color?: string
  alignment?: 'left' | 'right' | 'center'
  /** Left, top, right, bottom. */
  margin?: [number, number, number, number]
  width?: number
}

/** A text of any length in lines of the writer's width; nothing is left out. */
export function paragraph(writer: Writer, text: string, look: TextLook = {}): Content {
  const { size = writer.setting.size, bold = false, width = writer.setting.width, ...rest } = look
  const lines = wrap(printable(text), width, (part) => writer.ruler(part, size, bold))
  return printLines(lines, size, { bold, ...rest })
}

/** Facts that say something, as label and value. */
export function factsOf(
  ...pairs: readonly (readonly [label: string, value: string | null | undefined, strong?: boolean])[]
): Fact[] {
  return pairs
    .map(([label, value, strong]) => ({ label, value: printable(value ?? ''), strong: strong ?? false }))
    .filter((fact) => fact.value !== '')
}

export function factList(writer: Writer, facts: readonly Fact[]): Content[] {
  return factTable(writer, facts)
}

/** A section's name with a rule under it, and what stands below; nothing when there is nothing. */
export function section(writer: Writer, title: string, content: readonly Content[]): Content[] {
  if (content.length === 0) return []
  const { width, size, ink } = writer.setting
  const name = writer.isRoll ? size : size + 0.5
  const heading: Content = {
    stack: [
      paragraph(writer, title, { bold: true, size: name, margin: [0, 0, 0, 1.5] }),
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5, lineColor: ink.rule }] },
    ],
    margin: [0, size * 0.9, 0, size * 0.35],
  }
  const [first, ...rest] = content
  if (first === undefined) return []
  // A heading is never the last thing on a page; long tables keep theirs by their first rows.
  return [{ stack: [heading, first], ...(isLong(first) ? {} : { unbreakable: true }) }, ...rest]
}

function isLong(content: Content): boolean {
  if (typeof content !== 'object' || Array.isArray(content)) return false
  if ('table' in content) return true
  return 'stack' in content && (content.stack?.length ?? 0) > 12
}

/** A blank line's worth of room. */
export function space(points: number): Content {
  return { text: '', fontSize: 1, lineHeight: 1, margin: [0, points, 0, 0] }
}
