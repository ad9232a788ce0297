import type { RepairAction, RepairState } from '#contract/repair-states.ts'
import type { BulkResult, TimelineRow } from '#contract/repairs.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { CommandContext } from '../context.ts'
import { statement, type WriteDb } from '../db/handles.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { userName } from '../access/steps.ts'
import { countCustomerRepairs } from '../customers/steps.ts'
import { isOpen, requireTransition, targetOf } from './repairs.ts'
import {
  countDay,
  insertLog,
  lastChange,
  repairById,
  updateRepair,
  updateRepairFreely,
  type RepairPatch,
  type RepairRow,
} from './store.ts'

/** How every command reads and writes a repair: one place for versions, history, counters and announcement. */

export type Detail = TimelineRow['detail']

/** What every command that changes one repair answers. */
export interface Changed {
  readonly id: number
  readonly version: number
}

/** One line of the history a change writes. */
export interface Line {
  readonly kind: TimelineRow['kind']
  readonly action?: RepairAction
  readonly from?: RepairState
  readonly to?: RepairState
  /** Why, in the person's words. */
  readonly text?: string
  readonly detail?: Detail
  /** The program took this step itself, as a consequence of what the person did. */
  readonly byProgram?: boolean
}

/**
 * The repair, if it is the one the person saw. Errors: `not_found`; `stale` with who changed what and when.
 */
export function requireRepair(ctx: CommandContext, id: number, version: number | undefined): RepairRow {
  const row = found(repairById(ctx.db, id), 'repair')
  requireVersion(ctx, row, version)
  return row
}

/** Refuses a save on an older version than the present one. */
export function requireVersion(
  ctx: CommandContext,
  row: { id: number; number: string; version: number },
  version: number | undefined,
): void {
  if (version === undefined || version === row.version) return
  const last = lastChange(ctx.db, row.id)
  throw new AppError('stale', {
    entity: 'repair',
    number: row.number,
    by: userName(ctx.db, last?.userId ?? null),
    at: last?.at ?? ctx.now,
    what: last?.action ?? last?.kind ?? '',
  })
}

/** A technician works on their own repairs only, unless they may work for others: `repair.not_your_repair`. */
export function requireOwn(ctx: CommandContext, row: RepairRow): void {
  if (row.engineerId === ctx.actor.userId || ctx.actor.permissions.has('repairs.work_for_others')) return
  throw new AppError('repair.not_your_repair', {
    number: row.number,
    engineer: userName(ctx.db, row.engineerId),
  })
}

/** The move of the state table from where the repair stands: its history line, or the refusal. */
export function moveOf(
  row: RepairRow,
  action: RepairAction,
): { line: Line; to: RepairState; needsReason: boolean } {
  const transition = requireTransition(row, action)
  const to = targetOf(row, transition)
  const byProgram = transition.permission === null
  return {
    to,
    needsReason: transition.needs.includes('reason'),
    line: { kind: 'move', action, from: row.state, to, ...(byProgram ? { byProgram } : {}) },
  }
}

/** Saves a change of a repair with its history; `free` when the patch comes from a form. */
export function saveRepair(
  ctx: CommandContext,
  row: RepairRow,
  patch: RepairPatch,
  lines: readonly Line[],
  free = false,
): Changed {
  const version = row.version + 1
  const state = patch.state ?? row.state
  const moved = state !== row.state
  // A sub-status rolls up to the state it was set in.
  const leaving = moved && row.subStatusId !== null ? { subStatusId: null } : {}
  const update = free ? updateRepairFreely : updateRepair
  update(ctx.db, row.id, { ...patch, ...leaving, version, activeAt: ctx.now })
  for (const line of lines) writeLine(ctx, row.id, line)
  if (moved) countMove(ctx, row, state)
  ctx.record({
    entity: 'repairs',
    id: row.id,
    uid: row.uid,
    version,
    type: `repair.${lines[0]?.action ?? lines[0]?.kind ?? 'changed'}`,
    payload: { number: row.number, ...patch, history: lines },
  })
  return { id: row.id, version }
}

/** Appends one line to a repair's history. */
export function writeLine(ctx: CommandContext, repairId: number, line: Line): void {
  insertLog(ctx.db, {
    repairId,
    at: ctx.now,
    kind: line.kind,
    userId: line.byProgram ? null : ctx.actor.userId,
    seatId: line.byProgram ? null : ctx.actor.seatId,
    action: line.action ?? null,
    fromState: line.from ?? null,
    toState: line.to ?? null,
    text: line.text ?? '',
    detail: line.detail ? JSON.stringify(line.detail) : '{}',
  })
}

/** A line that leaves the repair as it is but shows that somebody cares for it: a note, a photo. */
export function announceLine(ctx: CommandContext, row: RepairRow, line: Line): void {
  updateRepair(ctx.db, row.id, { activeAt: ctx.now })
  writeLine(ctx, row.id, line)
  ctx.record({
    entity: 'repairs',
    id: row.id,
    uid: row.uid,
    version: row.version,
    type: `repair.${line.kind}`,
    payload: { number: row.number, history: [line] },
  })
}

function countMove(ctx: CommandContext, row: RepairRow, to: RepairState): void {
  const open = Number(isOpen(to)) - Number(isOpen(row.state))
  if (open !== 0 && row.customerId !== null) countCustomerRepairs(ctx, row.customerId, 0, open)
  if (to === 'processed' || to === 'collected') countDay(ctx.db, ctx.today, to, 1)
}

const savepoint = statement((db: WriteDb) => db.$client.transaction((act: () => Changed) => act()))

/**
 * Each repair of a bulk act stands for itself: it is changed whole or, refused, left as it was, with the
 * code and the parameters of the refusal (`field` names the input field when it is one that is wrong).
 */
export function eachRepair(
  ctx: CommandContext,
  targets: readonly { repairId: number; version?: number | undefined }[],
  act: (row: RepairRow) => Changed,
): BulkResult {
  const done: Changed[] = []
  const refused: BulkResult['refused'] = []
  let first: ErrorCode | undefined
  for (const { repairId, version } of targets) {
    try {
      done.push(savepoint(ctx.db)(() => act(requireRepair(ctx, repairId, version))))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const [field] = error.fields
      first ??= error.reason
      const number = repairById(ctx.db, repairId)?.number ?? ''
      refused.push(
        field
          ? { id: repairId, number, code: field.code, params: { ...field.params, field: field.path } }
          : { id: repairId, number, code: error.code, params: { ...error.params } },
      )
    }
  }
  // An act of which nothing was done stands in the log as what it was: refused.
  if (done.length === 0 && first) ctx.logAs({ result: first })
  return { done, refused }
}
