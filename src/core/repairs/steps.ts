import { transitionFor, type RepairAction } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { addDays } from '../kernel/days.ts'
import {
  announceLine,
  moveOf,
  requireOwn,
  requireRepair,
  saveRepair,
  writeLine,
  type Changed,
  type Detail,
} from './change.ts'
import {
  deleteAllPasscodes,
  deletePasscodesBefore,
  giveRepairsTo,
  repairById,
  setPurgeDay,
  type RepairPatch,
  type RepairRow,
} from './store.ts'

/** What other modules may do with repairs. */
export {
  repairImport,
  updateImportedRepair,
  type ImportedFacts,
  type ImportedRepair,
  type RepairImport,
} from './import-repair.ts'
export { requireRepair as requireSeenRepair } from './change.ts'
export { recordFindings } from './record-findings.ts'
export { giveUpUnreached, lockUnassigned, missRepairs, wakeRepairs } from './time-rules.ts'

/** Removes all passcodes: the key they are sealed with is lost. */
export function forgetPasscodes(ctx: CommandContext): void {
  deleteAllPasscodes(ctx.db)
}

/** Removes passcodes whose day has passed, some days after the device was handed over. Answers how many. */
export function purgePasscodes(ctx: CommandContext): number {
  return deletePasscodesBefore(ctx.db, ctx.today)
}

/** A photo was added to a repair: a line in its history, and the repair is not idle. `not_found` for no repair. */
export function notePhoto(ctx: CommandContext, repairId: number, photo: { uid: string; name: string }): void {
  const row = found(repairById(ctx.db, repairId), 'repair')
  announceLine(ctx, row, { kind: 'photo', detail: { uid: photo.uid, name: photo.name } })
}

/**
 * Work, parts, quotes and money of a repair changed: a line in its history where a person would look for it, and
 * the repair is not idle. The version stays, so that a form somebody else has open does not go stale.
 * `text` is a person's words, `detail` flat facts the window puts into words. Error: `not_found`.
 */
export function noteWork(ctx: CommandContext, repairId: number, text: string, detail: Detail): void {
  announceLine(ctx, found(repairById(ctx.db, repairId), 'repair'), { kind: 'edit', text, detail })
}

/**
 * A move through the state table as a consequence of another act: an approval, a failed test, a unit sent out.
 * It is the act's person who moved it. `patch` goes with the move; `why` is its reason and facts in the history.
 * Errors: `not_found`, `repair.locked`, `repair.not_allowed_in_state`.
 */
export function moveRepair(
  ctx: CommandContext,
  repairId: number,
  action: RepairAction,
  patch: RepairPatch = {},
  why: { text?: string; detail?: Detail } = {},
): Changed {
  const row = found(repairById(ctx.db, repairId), 'repair')
  const { line, to } = moveOf(row, action)
  return saveRepair(ctx, row, { ...patch, state: to }, [{ ...line, ...why }])
}

/** As `moveRepair`, but where the table has no such move from here, or a lock forbids it, nothing is done: undefined. */
export function moveRepairIfAllowed(
  ctx: CommandContext,
  repairId: number,
  action: RepairAction,
  why: { text?: string; detail?: Detail } = {},
): Changed | undefined {
  const row = found(repairById(ctx.db, repairId), 'repair')
  if (row.lockReason !== null || !transitionFor(row.state, action)) return undefined
  return moveRepair(ctx, repairId, action, {}, why)
}

/**
 * The repair a technician has on the bench, as they saw it: theirs, or anybody's with `repairs.work_for_others`.
 * Errors: `not_found`, `stale`, `repair.not_your_repair`.
 */
export function requireOwnRepair(ctx: CommandContext, repairId: number, version: number): RepairRow {
  const row = requireRepair(ctx, repairId, version)
  requireOwn(ctx, row)
  return row
}

/** Work on a repair the person has open in a form: a line in its history and a new version. */
export function saveWork(ctx: CommandContext, row: RepairRow, text: string, detail: Detail): Changed {
  return saveRepair(ctx, row, {}, [{ kind: 'edit', text, detail }])
}

/**
 * A merge: the repairs of one customer are the other's from now on. No work was done on them, so they stay as
 * idle as they were. The customers' counters are the merge's business.
 */
export function moveCustomerRepairs(ctx: CommandContext, fromId: number, intoId: number): void {
  for (const { id, uid, number, version } of giveRepairsTo(ctx.db, fromId, intoId)) {
    const line = { kind: 'edit', detail: { 'customerId.from': fromId, 'customerId.to': intoId } } as const
    writeLine(ctx, id, line)
    const payload = { number, customerId: intoId, history: [line] }
    ctx.record({ entity: 'repairs', id, uid, version, type: 'repair.edit', payload })
  }
}

/**
 * The device of a repair was disposed of. One that is only ready is given up as unclaimed in the same act; the
 * passcode goes on the day it would have gone after a hand-over. Errors: `repair.locked`,
 * `repair.not_allowed_in_state`.
 */
export function markDisposed(
  ctx: CommandContext,
  row: RepairRow,
  why: { readonly text: string; readonly detail: Detail },
): Changed {
  setPurgeDay(ctx.db, row.id, addDays(ctx.today, ctx.settings.passcodePurgeDays))
  const line = { kind: 'edit', ...why } as const
  if (row.state === 'unclaimed') return saveRepair(ctx, row, {}, [line])
  const { line: move, to } = moveOf(row, 'mark_unclaimed')
  return saveRepair(ctx, row, { state: to }, [move, line])
}

/** The device is on the shelf after all: nobody had disposed of it. Error: `not_found`. */
export function unmarkDisposed(
  ctx: CommandContext,
  repairId: number,
  why: { readonly text: string; readonly detail: Detail },
): Changed {
  const row = found(repairById(ctx.db, repairId), 'repair')
  setPurgeDay(ctx.db, repairId, null)
  return saveRepair(ctx, row, {}, [{ kind: 'edit', ...why }])
}
