import type { RepairOutcome } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import { startOfDay } from '../kernel/days.ts'
import { found } from '../kernel/app-error.ts'
import { countCustomerRepairs } from '../customers/steps.ts'
import { countDeviceRepair } from '../devices/steps.ts'
import { countUse } from '../dictionaries/steps.ts'
import { indexRepair } from '../search/steps.ts'
import { saveRepair, writeLine } from './change.ts'
import { keepNumber, nextRepairNumber } from './numbers.ts'
import { searchWords } from './search-words.ts'
import { insertRepair, repairById, type RepairPatch } from './store.ts'

/** One repair of a shop's past, its device and customer found or made already. */
export interface ImportedRepair {
  /** Null draws one of the day it was received. */
  readonly number: string | null
  /** `YYYY-MM-DD`. */
  readonly receivedOn: string
  /** The day it ended; null when the file does not say. */
  readonly closedOn: string | null
  /** History is closed; a shop that moves in brings open repairs too, which wait for assignment. */
  readonly open: boolean
  readonly customerId: number | null
  readonly deviceId: number
  /** Category, brand, model: their counters rise, as at the counter (W3). */
  readonly product: readonly (number | null)[]
  readonly problemTypeId: number | null
  readonly faultText: string
  readonly outcome: RepairOutcome | null
  readonly estimateMinor: number | null
  readonly internalNote: string
  readonly otherReference: string
  readonly barrier: string
  readonly place: string
  readonly country: string
  readonly ageYears: number | null
  readonly source: string
  readonly sourceKey: string
}

const starts = new Map<string, number>()

/** First moment of a day in the shop's zone; kept, because a file has few days and very many rows. */
function startOf(ctx: CommandContext, day: string): number {
  const key = `${ctx.settings.timeZone} ${day}`
  let at = starts.get(key)
  if (at === undefined) {
    if (starts.size > 20_000) starts.clear()
    at = startOfDay(day, ctx.settings.timeZone)
    starts.set(key, at)
  }
  return at
}

function factsOf(ctx: CommandContext, given: ImportedRepair) {
  const { problemTypeId, faultText, outcome, estimateMinor, internalNote, otherReference, barrier, place } =
    given
  const { country, ageYears } = given
  const receivedAt = startOf(ctx, given.receivedOn)
  const endedAt = given.closedOn === null ? receivedAt : startOf(ctx, given.closedOn)
  return {
    customerId: given.customerId,
    deviceId: given.deviceId,
    problemTypeId,
    faultText,
    faultUnknown: faultText === '',
    outcome,
    estimateMinor,
    internalNote,
    otherReference,
    barrier,
    place,
    country,
    ageYears,
    receivedAt,
    processedAt: given.open ? null : endedAt,
    closedAt: given.open ? null : endedAt,
  }
}

/**
 * Writes one imported repair with its history line, counters, search words and outbox row. The caller has made
 * sure that source and key are new, and that a given number is free.
 */
export function insertImportedRepair(
  ctx: CommandContext,
  given: ImportedRepair,
): { id: number; uid: string; number: string } {
  const uid = ctx.newUid()
  const number = given.number ?? nextRepairNumber(ctx.db, ctx.settings, given.receivedOn)
  if (given.number !== null) keepNumber(ctx.db, ctx.settings, given.number)
  const state = given.open ? 'waiting' : 'closed'
  const facts = factsOf(ctx, given)
  const id = insertRepair(ctx.db, {
    uid,
    number,
    visitUid: uid,
    channel: 'walk_in',
    state,
    closeKind: given.open ? null : 'imported',
    ...facts,
    source: given.source,
    sourceKey: given.sourceKey,
    activeAt: facts.closedAt ?? facts.receivedAt,
  })
  writeLine(ctx, id, { kind: 'move', action: 'import', to: state, detail: { source: given.source } })
  countUse(ctx, [...given.product, given.problemTypeId])
  countDeviceRepair(ctx, given.deviceId)
  if (given.customerId !== null) countCustomerRepairs(ctx, given.customerId, 1, given.open ? 1 : 0)
  indexRepair(ctx, { repairId: id, number, words: searchWords(given) })
  ctx.record({
    entity: 'repairs',
    id,
    uid,
    version: 1,
    type: 'repair.import',
    payload: { ...given, number, state },
  })
  return { id, uid, number }
}

/** Takes over what changed in the source's row since; customer, device, state and number stay as they are. */
export function updateImportedRepair(ctx: CommandContext, id: number, given: ImportedRepair): void {
  const row = found(repairById(ctx.db, id), 'repair')
  const { customerId: _c, deviceId: _d, ...facts } = factsOf(ctx, given)
  const patch: RepairPatch = row.state === 'closed' ? facts : { ...facts, processedAt: null, closedAt: null }
  saveRepair(ctx, row, patch, [{ kind: 'edit', detail: { source: given.source } }])
  indexRepair(ctx, { repairId: id, number: row.number, words: searchWords(given) })
}
