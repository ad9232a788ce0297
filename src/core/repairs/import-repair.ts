import type { RepairOutcome } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import { startOfDay } from '../kernel/days.ts'
import { found } from '../kernel/app-error.ts'
import { countCustomerRepairs } from '../customers/steps.ts'
import { countDeviceRepair } from '../devices/steps.ts'
import { countUses } from '../dictionaries/steps.ts'
import { indexNewRepairs, indexRepair } from '../search/steps.ts'
import { saveRepair, writeLine, type Line } from './change.ts'
import { numberDraw } from './numbers.ts'
import { searchWords } from './search-words.ts'
import {
  fullRepairById,
  insertRepairs,
  nextRepairId,
  numberTaken,
  repairById,
  type NewRepair,
  type RepairPatch,
} from './store.ts'

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

/** Adds many repairs in one transaction; all of them are written when `finish` has been called. */
export interface RepairImport {
  /** True when a repair on file or one added here has this number. */
  hasNumber(number: string): boolean
  /** The caller has made sure that source and key are new, and that a given number is free. Answers the repair's id. */
  add(given: ImportedRepair): number
  finish(): void
}

/** Repairs in one statement. */
const rowsAtOnce = 25

/** Repairs waiting to be written together, each with its history line. */
function repairRows(ctx: CommandContext) {
  let rows: (NewRepair & { id: number })[] = []
  let lines: { readonly id: number; readonly line: Line }[] = []
  let nextId = 0
  const numbers = new Set<string>()
  const write = (): void => {
    insertRepairs(ctx.db, rows)
    for (const { id, line } of lines) writeLine(ctx, id, line)
    rows = []
    lines = []
    numbers.clear()
  }
  return {
    write,
    has: (number: string) => numbers.has(number),
    add(row: NewRepair, line: Line): number {
      nextId = nextId === 0 ? nextRepairId(ctx.db) : nextId + 1
      rows.push({ id: nextId, ...row })
      lines.push({ id: nextId, line })
      numbers.add(row.number)
      if (rows.length >= rowsAtOnce) write()
      return nextId
    },
  }
}

/** Writes imported repairs, each with its history line and outbox row, and their numbers, counters and search words. */
export function repairImport(ctx: CommandContext): RepairImport {
  const numbers = numberDraw(ctx.db, ctx.settings)
  const index = indexNewRepairs(ctx)
  const rows = repairRows(ctx)
  const uses = new Map<number, number>()
  return {
    hasNumber: (number) => rows.has(number) || numberTaken(ctx.db, number),
    add(given) {
      const number = given.number ?? numbers.next(given.receivedOn)
      if (given.number !== null) numbers.keep(given.number)
      const uid = ctx.newUid()
      const { row, line } = rowOf(ctx, given, uid, number)
      const id = rows.add(row, line)
      const payload = { ...given, number, state: row.state }
      ctx.record({ entity: 'repairs', id, uid, version: 1, type: 'repair.import', payload })
      for (const entry of new Set([...given.product, given.problemTypeId])) {
        if (entry !== null) uses.set(entry, (uses.get(entry) ?? 0) + 1)
      }
      const indexed = { repairId: id, number, words: searchWords(given) }
      if (given.deviceIsNew) {
        const device = { entryIds: given.product, modelText: given.modelText }
        index.add(indexed, device, given.customerId)
      } else {
        // What a known device is called is read by way of the repair.
        rows.write()
        countDeviceRepair(ctx, given.deviceId)
        indexRepair(ctx, indexed)
      }
      if (given.customerId !== null) countCustomerRepairs(ctx, given.customerId, 1, given.open ? 1 : 0)
      return id
    },
    finish() {
      rows.write()
      numbers.finish()
      countUses(ctx, uses)
      uses.clear()
      index.finish()
    },
  }
}

function rowOf(
  ctx: CommandContext,
  given: ImportedRepair,
  uid: string,
  number: string,
): { readonly row: NewRepair; readonly line: Line } {
  const state = given.open ? 'waiting' : 'closed'
  const columns = columnsOf(ctx, given)
  const row = {
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
  } as const
  return { row, line: { kind: 'move', action: 'import', to: state, detail: detailOf(given) } }
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
