import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { QueryContext } from '../context.ts'
import { customerSummaries } from '../customers/views.ts'
import { deviceSummaries } from '../devices/views.ts'
import {
  newestOfCustomer,
  newestOfDevice,
  numberSpans,
  repairById,
  repairByNumber,
  repairByUid,
  repairCards,
  repairsByNumberStart,
  repairsById,
  repairsByNumber,
  type DatedRepair,
  type RepairRef,
} from '../repairs/views.ts'
import { keyStarts, nameWords, numbersEndingIn, uidIn, wholeNumbers } from './asked.ts'
import { Found, ranks, type Rank } from './found.ts'
import { endKey, keyKinds, shortestPart } from './keys.ts'
import { completionsOf, keysFrom, keysOf, onlyRef, repairsWithWords } from './store.ts'
import { askedWords, comparable } from './text.ts'

const defaultLimit = 20
/** Of the numbers that end alike the latest are shown. */
const mostByNumber = 50

/** Everything a key leads to from this text. */
function findByKeys(ctx: QueryContext, text: string): Found {
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
    for (const { id } of repairsByNumber(db, numbersEndingIn(text, span, today), mostByNumber)) {
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
  for (const { kind, ref } of keysFrom(ctx.db, longest, 0, mostCandidates)) {
    if (kind !== keyKinds.name && kind !== keyKinds.pinyin) continue
    const keys = keysOf(ctx.db, namesOnly, ref)
    if (others.every((word) => keys.some((key) => key.startsWith(word)))) found.add('customer', ref, 3)
  }
}

function newestFirst(a: DatedRepair, b: DatedRepair): number {
  return b.receivedAt - a.receivedAt || b.id - a.id
}

/** The newest repairs of what was hit with this rank. */
function repairsOfRank(ctx: QueryContext, found: Found, rank: Rank, limit: number): DatedRepair[] {
  const { db } = ctx
  const customers = found.ofRank('customer', rank, limit)
  const devices = found.ofRank('device', rank, limit)
  return [
    ...repairsById(db, found.ofRank('repair', rank, limit)),
    ...devices.flatMap((id) => newestOfDevice(db, id, limit)),
    ...customers.flatMap((id) => newestOfCustomer(db, id, limit)),
  ].toSorted(newestFirst)
}

/** The repair of which the text is the number, in whatever punctuation. */
function exactNumber(ctx: QueryContext, text: string): RepairRef | undefined {
  for (const number of wholeNumbers(text, ctx.settings.code)) {
    const repair = repairByNumber(ctx.db, number)
    if (repair) return repair
  }
  const id = onlyRef(ctx.db, comparable(text), keyKinds.number)
  return id === undefined ? undefined : repairById(ctx.db, id)
}

/** Ids of the repairs to show, best kind of match first. */
function rankedRepairs(
  ctx: QueryContext,
  text: string,
  found: Found,
  first: readonly number[],
  limit: number,
): number[] {
  const { db, settings } = ctx
  const ids = new Set(first)
  const add = (more: readonly number[]) => {
    for (const id of more) if (ids.size < limit) ids.add(id)
  }
  const begun = wholeNumbers(text, settings.code)
    .filter((number) => number.length >= shortestPart && /\d/.test(number))
    .flatMap((number) => repairsByNumberStart(db, number, limit))
  for (const rank of ranks) {
    if (ids.size >= limit) break
    const hit = repairsOfRank(ctx, found, rank, limit)
    add((rank === 1 ? [...hit, ...begun].toSorted(newestFirst) : hit).map((repair) => repair.id))
  }
  if (ids.size < limit) add(repairsByText(ctx, text, limit))
  return [...ids]
}

/** Repairs whose text has the words, newest first; a half-typed last word only where whole ones find too little. */
function repairsByText(ctx: QueryContext, text: string, limit: number): number[] {
  const { words, unfinished } = askedWords(text)
  if (words.length === 0) return []
  const whole = repairsWithWords(
    ctx.db,
    words.map((word) => [word]),
    limit,
  )
  if (whole.length >= limit || unfinished === null) return whole
  const longer = completionsOf(ctx.db, unfinished)
  if (longer.length === 0) return whole
  const groups = [...words.slice(0, -1).map((word) => [word]), longer]
  return [...whole, ...repairsWithWords(ctx.db, groups, limit)]
}

function nothingBut(ctx: QueryContext, repair: RepairRef | undefined): OutputOf<'search.find'> {
  const repairs = repair ? repairCards(ctx.db, [repair.id]) : []
  return { repairs, customers: [], devices: [], exactRepairUid: repair?.uid ?? null }
}

/**
 * One box for everything. Best kind of match first: the exact number, then phone, serial and IMEI, then names
 * with pinyin and initials, then words of the fault; the newest first within each. Imported history included.
 */
export function find(ctx: QueryContext, input: InputOf<'search.find'>): OutputOf<'search.find'> {
  const { text, limit = defaultLimit } = input
  const uid = uidIn(text)
  if (uid !== undefined) return nothingBut(ctx, repairByUid(ctx.db, uid))
  const exact = exactNumber(ctx, text)
  const found = findByKeys(ctx, text)
  return {
    repairs: repairCards(ctx.db, rankedRepairs(ctx, text, found, exact ? [exact.id] : [], limit)),
    customers: customerSummaries(ctx.db, found.best('customer', limit)),
    devices: deviceSummaries(ctx.db, found.best('device', limit)),
    exactRepairUid: exact?.uid ?? null,
  }
}

/** Ids of customers found by phone, name, pinyin or initials, best match first. */
export function customersFound(ctx: QueryContext, text: string, limit: number): number[] {
  return findByKeys(ctx, text).best('customer', limit)
}

/** Ids of devices found by serial or IMEI, best match first. */
export function devicesFound(ctx: QueryContext, text: string, limit: number): number[] {
  return findByKeys(ctx, text).best('device', limit)
}
