import type { QueryContext } from '../context.ts'
import {
  newestOfCustomer,
  newestOfDevice,
  numberSpans,
  repairsById,
  repairsByNumberStart,
  repairsByOwnNumber,
  type DatedRepair,
} from '../repairs/views.ts'
import { keyStarts, nameWords, numbersEndingIn, wholeNumbers } from './asked.ts'
import { Found, type Rank } from './found.ts'
import { endKey, keyKinds, shortestPart, type KeyKind } from './keys.ts'
import { keysFrom, keysOfAll } from './store.ts'
import { comparable } from './text.ts'

/** What a text finds by number, phone, serial, IMEI and name. */

/** Of the numbers that end alike the latest are shown. */
const mostByNumber = 50

/** Everything a key leads to from this text. */
export function findByKeys(ctx: QueryContext, text: string): Found {
  const { db, settings, today } = ctx
  const found = new Found()
  for (const start of keyStarts(text, settings.country)) {
    // Three digits are too small a part of a phone; they may be its beginning.
    const without = start.length < shortestPart ? keyKinds.phonePart : 0
    found.addHits(keysFrom(db, start, without), start)
  }
  const form = comparable(text)
  if (form.length >= shortestPart) {
    const end = endKey(form)
    found.addHits(keysFrom(db, end, 0), end)
  }
  if (!found.has('customer')) addByWords(ctx, found, nameWords(text))
  for (const span of numberSpans(db, ['', settings.code])) {
    const numbers = numbersEndingIn(text, span, today)
    for (const { id } of repairsByOwnNumber(db, numbers, span.prefix.length, mostByNumber)) {
      found.add('repair', id, 1)
    }
  }
  return found
}

const namesOnly = [keyKinds.name, keyKinds.pinyin] as const
const mostCandidates = 200

/** Customers whose name has all the words, in whatever order: "Lopez Maria" for Maria Lopez. */
function addByWords(ctx: QueryContext, found: Found, words: readonly string[]): void {
  const [longest, ...others] = words
  if (longest === undefined) return
  const hits = keysFrom(ctx.db, longest, 0, mostCandidates)
  const refs = new Set(hits.filter(({ kind }) => isName(kind)).map(({ ref }) => ref))
  for (const [ref, keys] of keysOfAll(ctx.db, namesOnly, [...refs])) {
    if (others.every((word) => keys.some((key) => key.startsWith(word)))) found.add('customer', ref, 3)
  }
}

function isName(kind: KeyKind): boolean {
  return kind === keyKinds.name || kind === keyKinds.pinyin
}

export function newestFirst(a: DatedRepair, b: DatedRepair): number {
  return b.receivedAt - a.receivedAt || b.id - a.id
}

/** The newest repairs of what was hit with this rank. */
export function repairsOfRank(ctx: QueryContext, found: Found, rank: Rank, limit: number): DatedRepair[] {
  const { db } = ctx
  const customers = found.ofRank('customer', rank, limit)
  const devices = found.ofRank('device', rank, limit)
  return [
    ...repairsById(db, found.ofRank('repair', rank, limit)),
    ...devices.flatMap((id) => newestOfDevice(db, id, limit)),
    ...customers.flatMap((id) => newestOfCustomer(db, id, limit)),
  ].toSorted(newestFirst)
}

/** Repairs whose number begins with the text, the highest numbers first. */
export function begunWith(ctx: QueryContext, text: string, limit: number): DatedRepair[] {
  return wholeNumbers(text, ctx.settings.code)
    .filter((number) => number.length >= shortestPart && /\d/.test(number))
    .flatMap((number) => repairsByNumberStart(ctx.db, number, limit))
}
