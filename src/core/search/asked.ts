import { phoneDigits } from '#contract/names.ts'
import { addDays } from '../kernel/days.ts'
import { shortestPart } from './keys.ts'
import { comparable } from './text.ts'

/** What a text in the search box may mean, before anything is looked up. Pure. */

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const bare = new RegExp(`^${uuid}$`)
const link = new RegExp(`^(?:benchside://repair/|https?://[^\\s]+/r/)(${uuid})(?:[/?#].*)?$`)

/** The uid in a scanned label's link, or the uid itself. */
export function uidIn(text: string): string | undefined {
  // A scanner behind a locked shift key types capitals.
  const typed = text.trim().toLowerCase()
  return bare.test(typed) ? typed : link.exec(typed)?.[1]
}

/** Numbers that the text may be, as they are stored: as typed, without punctuation, with the shop's code in front. */
export function wholeNumbers(text: string, shopCode: string): string[] {
  const form = comparable(text).toUpperCase()
  if (form === '') return []
  return [...new Set([text.trim().toUpperCase(), form, shopCode + form])]
}

const recentDays = 7

/** Days `YYYYMMDD` from one year to another, the latest first, that end in the given digits. */
function daysEndingIn(digits: string, from: number, to: number): string[] {
  const days: string[] = []
  for (let year = to; year >= from; year--) {
    for (let month = 12; month >= 1; month--) {
      // Days that a month does not have cost a look and find nothing.
      for (let day = 31; day >= 1; day--) {
        const date = String(year * 10_000 + month * 100 + day)
        if (date.endsWith(digits)) days.push(date)
      }
    }
  }
  return days
}

/** The numbers a shop has drawn: the code before the day, and the year of the first. */
export interface NumberSpan {
  readonly prefix: string
  readonly firstYear: number
}

/**
 * Numbers of the shop's own making (day and at least three digits, W22) that may end in the text, the latest
 * first: `27001` is the first of any 27th. Three digits alone are of the last few days.
 */
export function numbersEndingIn(text: string, span: NumberSpan, today: string): string[] {
  const form = comparable(text)
  if (!/^\d{3,12}$/.test(form)) return []
  return [3, 4].flatMap((length) => {
    const count = form.slice(-length)
    // A day's count has a fourth digit only from 1000 on.
    if (form.length < length || (length === 4 && count.startsWith('0'))) return []
    const days =
      form.length === length
        ? Array.from({ length: recentDays }, (_, ago) => addDays(today, -ago).replaceAll('-', ''))
        : daysEndingIn(form.slice(0, -length), span.firstYear, Number(today.slice(0, 4)))
    return days.map((day) => span.prefix + day + count)
  })
}

const phoneLike = /^[+\d\s().\-/#*,x]+$/i

/**
 * The beginnings of keys to look for. A phone can be typed as it is dialled from here, from abroad or inside
 * its town; each way gives a form that some part of the stored national number begins with.
 */
export function keyStarts(text: string, country: string): string[] {
  const form = comparable(text)
  const starts = new Set([form])
  const narrow = text.normalize('NFKC')
  if (phoneLike.test(narrow)) {
    const inner = narrow.replace(/\D/g, '').replace(/^0+/, '')
    // Without a plus a country code cannot be told from the number's own digits, so both readings are tried.
    starts
      .add(phoneDigits(narrow, country))
      .add(inner)
      .add(phoneDigits(`+${inner}`, country))
  }
  return [...starts].filter((start) => start.length >= shortestStart(start))
}

/** A Chinese character is a surname; one letter or two digits are nothing yet. */
function shortestStart(start: string): number {
  if (/^\p{N}*$/u.test(start)) return 3
  return /^[a-z\p{N}]+$/u.test(start) ? 2 : 1
}

/** The words of a name typed in any order, comparable; empty when there is only one. */
export function nameWords(text: string): string[] {
  const words = text.split(/[\s\p{P}\p{S}]+/u).map(comparable)
  const given = words.filter((word) => word !== '')
  return given.length > 1 ? given.toSorted((a, b) => b.length - a.length) : []
}

/** More identifiers than these nobody types in one breath. */
const mostParts = 3
const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul},;，；、。]+/gu

/**
 * What of a text may be a part of a number, phone, serial or IMEI (four characters and more, with a digit), and the
 * words beside it; no parts when there is no word in letters: `+86 138 7264 5911` is one number in pieces.
 */
export function splitParts(text: string): { parts: string[]; rest: string } {
  const all = text.match(pieces) ?? []
  const isPart = (piece: string) => comparable(piece).length >= shortestPart && /\p{N}/u.test(piece)
  const rest = all.filter((piece) => !isPart(piece)).join(' ')
  return !/\p{L}/u.test(rest) ? { parts: [], rest } : { parts: all.filter(isPart).slice(0, mostParts), rest }
}
