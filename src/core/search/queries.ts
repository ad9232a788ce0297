import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { QueryContext } from '../context.ts'
import { customerSummaries } from '../customers/views.ts'
import { deviceSummaries } from '../devices/views.ts'
import { repairById, repairByNumber, repairByUid, repairCards, type RepairRef } from '../repairs/views.ts'
import { uidIn, wholeNumbers } from './asked.ts'
import { begunWith, findByKeys, newestFirst, repairsOfRank } from './by-keys.ts'
import { repairsByParts, repairsByText } from './by-words.ts'
import { ranks, type Found } from './found.ts'
import { keyKinds } from './keys.ts'
import { onlyRef } from './store.ts'
import { comparable } from './text.ts'

const defaultLimit = 20

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
  const ids = new Set(first)
  const add = (more: readonly number[]) => {
    for (const id of more) if (ids.size < limit) ids.add(id)
  }
  const begun = begunWith(ctx, text, limit)
  for (const rank of ranks) {
    if (ids.size >= limit) break
    const hit = repairsOfRank(ctx, found, rank, limit)
    add((rank === 1 ? [...hit, ...begun].toSorted(newestFirst) : hit).map((repair) => repair.id))
  }
  if (ids.size < limit) add(repairsByText(ctx, text, limit))
  if (ids.size < limit) add(repairsByParts(ctx, text, limit))
  return [...ids]
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

/** Ids of repairs found by their number, whole or in part, best match first. */
export function repairsFound(ctx: QueryContext, text: string, limit: number): number[] {
  const exact = exactNumber(ctx, text)
  return exact ? [exact.id] : findByKeys(ctx, text).best('repair', limit)
}

/** Ids of devices found by serial or IMEI, best match first. */
export function devicesFound(ctx: QueryContext, text: string, limit: number): number[] {
  return findByKeys(ctx, text).best('device', limit)
}
