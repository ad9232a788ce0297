/**
 * Breaking and shortening of text by measured width. The sheets must know how many lines a text takes before
 * they are laid out, and a label must never overflow, so lines are made here and printed as they are.
 */

/** Width of a text in the unit of the width limits (points). */
export type Measure = (text: string) => number

/** Characters as wide as they are high, for a character class of a `u` expression. */
export const wide =
  '\\u2e80-\\ua4cf\\uac00-\\ud7af\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uffef\\u{20000}-\\u{3ffff}'
const opening = '（「『《〈【〔“‘(\\[{'
const closing = '，。、；：！？）」』》〉】〕”’…％,.;:!?)\\]}%'
/* A unit is what must stay on one line: a Latin word or one Chinese character, with the punctuation that may not
 * begin (closing) or end (opening) a line, and the blanks after it. */
const units = new RegExp(`[${opening}]*(?:[${wide}]|[^\\s${wide}“‘]+|[“‘])?[${closing}]*\\s*`, 'gu')
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/* Line breaks and tabs stay; every other control goes, and so do the marks that turn the direction of writing or
 * have no width. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Cf}]|\p{Variation_Selector}/gu

/** `text` without what a printer cannot show, its paragraphs apart by single line breaks. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(unprintable, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()
}

/** `text` as one line. */
export function oneLine(text: string | null | undefined): string {
  return printable(text ?? '').replaceAll('\n', ' ')
}

function characters(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment)
}

/** `text` cut to at most `width`, ending in `ending` if anything was taken away. */
export function shorten(text: string, width: number, measure: Measure, ending = '…'): string {
  if (measure(text) <= width) return text
  let kept = ''
  let used = measure(ending)
  for (const character of characters(text)) {
    used += measure(character)
    if (used > width) break
    kept += character
  }
  return kept.trimEnd() + ending
}

function wrapParagraph(paragraph: string, width: number, measure: Measure, atMost: number): string[] {
  const lines: string[] = []
  let line = ''
  const push = (piece: string) => {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  for (const [unit] of paragraph.matchAll(units)) {
    if (lines.length >= atMost) return lines
    // A unit wider than a whole line (a long serial, a web address) may break anywhere.
    if (measure(unit.trimEnd()) > width) characters(unit).forEach(push)
    else push(unit)
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/**
 * The lines of `text`, none wider than `width` (unless a single character is). Breaking stops once there are
 * `atMost` lines or a few more, for who only wants to know that there are too many.
 */
export function wrap(text: string, width: number, measure: Measure, atMost = Infinity): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    if (lines.length >= atMost) break
    lines.push(...wrapParagraph(paragraph, width, measure, atMost - lines.length))
  }
  return lines
}

/** The first `count` of `lines`; if that leaves any out, the last one ends in `ending`. */
export function firstLines(
  lines: readonly string[],
  count: number,
  width: number,
  measure: Measure,
  ending = '…',
): string[] {
  const last = lines[count - 1]
  if (lines.length <= count || last === undefined) return lines.slice(0, count)
  const room = width - measure(ending)
  return [...lines.slice(0, count - 1), shorten(last, room, measure, '') + ending]
}
