import type { RepairOutcome } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import { startOfDay } from '../kernel/days.ts'
import { found } from '../kernel/app-error.ts'
import { countCustomerRepairs } from '../customers/steps.ts'
import { countDeviceRepair } from '../devices/steps.ts'
import { countUses } from '../dictionaries/steps.ts'
import { indexNewRepairs, indexRepair } from '../search/steps.ts'
import { saveRepair, writeLine } from './change.ts'
import { numberDraw } from './numbers.ts'
import { searchWords } from './search-words.ts'
import { fullRepairById, insertRepair, repairById, type RepairPatch } from './store.ts'

/** What a file says of one repair of a shop's past. */
export interface ImportedFacts {
  /** `YYYY-MM-DD`. */
  readonly receivedOn: string
  /** The day it ended; null when the file does not say. */
  readonly closedOn: string | null
  /** History is closed; a shop that moves in brings open repairs too, which wait for assignment. */
  readonly open: boolean
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
  /** The profile the row came through, and who published the row; both are kept in the history. */
  readonly source: string
  readonly provider: string
}

/** One repair to be added, its device and customer found or made already. */
export interface ImportedRepair extends ImportedFacts {
  /** Null draws one of the day it was received. */
  readonly number: string | null
  readonly customerId: number | null
  readonly deviceId: number
  /** The device was made for this repair, and has counted it already. */
  readonly deviceIsNew: boolean
  /** Category and brand: their counters rise, as at the counter (W3), and a new device is found by their names. */
  readonly product: readonly (number | null)[]
  readonly modelText: string
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

function columnsOf(ctx: CommandContext, given: ImportedFacts) {
  const { problemTypeId, faultText, outcome, estimateMinor, internalNote, otherReference, barrier } = given
  const { place, country, ageYears } = given
  const receivedAt = startOf(ctx, given.receivedOn)
  const endedAt = given.closedOn === null ? receivedAt : startOf(ctx, given.closedOn)
  return {
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

function detailOf(given: ImportedFacts): Record<string, string> {
  return given.provider === '' ? { source: given.source } : { source: given.source, provider: given.provider }
}

/** Adds many repairs in one transaction; what is kept for all of them together is written by `finish`. */
export interface RepairImport {
  /** The caller has made sure that source and key are new, and that a given number is free. */
  add(given: ImportedRepair): number
  finish(): void
}

/** Writes imported repairs, each with its history line and outbox row, and their numbers, counters and search words. */
export function repairImport(ctx: CommandContext): RepairImport {
  const numbers = numberDraw(ctx.db, ctx.settings)
  const index = indexNewRepairs(ctx)
  const uses = new Map<number, number>()
  return {
    add(given) {
      const number = given.number ?? numbers.next(given.receivedOn)
      if (given.number !== null) numbers.keep(given.number)
      const id = addRepair(ctx, given, number)
      for (const entry of new Set([...given.product, given.problemTypeId])) {
        if (entry !== null) uses.set(entry, (uses.get(entry) ?? 0) + 1)
      }
      const indexed = { repairId: id, number, words: searchWords(given) }
      if (given.deviceIsNew) index.add(indexed, { entryIds: given.product, modelText: given.modelText })
      else {
        countDeviceRepair(ctx, given.deviceId)
        indexRepair(ctx, indexed)
      }
      if (given.customerId !== null) countCustomerRepairs(ctx, given.customerId, 1, given.open ? 1 : 0)
      return id
    },
    finish() {
      numbers.finish()
      countUses(ctx, uses)
      uses.clear()
      index.finish()
    },
  }
}

function addRepair(ctx: CommandContext, given: ImportedRepair, number: string): number {
  const uid = ctx.newUid()
  const state = given.open ? 'waiting' : 'closed'
  const columns = columnsOf(ctx, given)
  const id = insertRepair(ctx.db, {
    uid,
    number,
    visitUid: uid,
    channel: 'walk_in',
    state,
    closeKind: given.open ? null : 'imported',
    customerId: given.customerId,
    deviceId: given.deviceId,
    ...columns,
    source: given.source,
    sourceKey: given.sourceKey,
    activeAt: columns.closedAt ?? columns.receivedAt,
  })
  writeLine(ctx, id, { kind: 'move', action: 'import', to: state, detail: detailOf(given) })
  const payload = { ...given, number, state }
  ctx.record({ entity: 'repairs', id, uid, version: 1, type: 'repair.import', payload })
  return id
}

/**
 * Takes over what changed in the source's row since. Number, customer and device stay as they are; so do state,
 * outcome and dates of a repair that the shop has worked on or still has open: it knows better than the file.
 */
export function updateImportedRepair(ctx: CommandContext, id: number, given: ImportedFacts): void {
  const row = found(repairById(ctx.db, id), 'repair')
  const { outcome, processedAt, closedAt, ...described } = columnsOf(ctx, given)
  const isHistory = fullRepairById(ctx.db, id)?.closeKind === 'imported' && !given.open
  const patch: RepairPatch = isHistory ? { ...described, outcome, processedAt, closedAt } : described
  saveRepair(ctx, row, patch, [{ kind: 'edit', detail: detailOf(given) }])
  indexRepair(ctx, { repairId: id, number: row.number, words: searchWords(given) })
}
