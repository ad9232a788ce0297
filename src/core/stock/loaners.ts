import type { Loaner } from '#contract/loaners.ts'
import type { InputOf } from '#contract/method-types.ts'
import { onePiece } from '#contract/money.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { adoptDraftFiles } from '../files/steps.ts'
import { noteWork } from '../repairs/steps.ts'
import { stale } from '../system/views.ts'
import { requireOpenRepair } from './lines.ts'
import {
  allLoaners,
  insertLoan,
  insertLoaner,
  loanById,
  loanerById,
  loanOfLoaner,
  updateLoanerRow,
  updateLoanRow,
  type LoanerRow,
} from './loaner-store.ts'
import { insertMove } from './move-store.ts'
import { firstShelf, placeOfKind } from './places.ts'
import { loansOut } from './views.ts'

/** Devices the shop lends while it repairs (domain §1a-13); each lending is a move on the goods ledger. */

export function listLoaners(ctx: QueryContext, input: InputOf<'loaners.list'>): Loaner[] {
  const { only, includeInactive = false } = input
  const out = new Map(loansOut(ctx.db).map((loan) => [loan.loanerId, loan]))
  const all = allLoaners(ctx.db, includeInactive).map((row) => ({ ...row, out: out.get(row.id) ?? null }))
  if (only === undefined) return all
  if (only === 'free') return all.filter((row) => row.out === null && row.active)
  const lent = all.filter((row) => row.out !== null)
  return only === 'out' ? lent : lent.filter((row) => (row.out?.dueOn ?? ctx.today) < ctx.today)
}

export const createLoaner: Handler<'loaners.create'> = (ctx, { loaner }) => {
  const uid = ctx.newUid()
  const id = insertLoaner(ctx.db, { uid, ...loaner })
  ctx.record({ entity: 'loaners', id, uid, version: 1, type: 'loaner.added', payload: loaner })
  return { id, uid, version: 1 }
}

/** Errors: `stale`; `loaner.out` at loaner.active for one that is lent out. */
export const updateLoaner: Handler<'loaners.update'> = (ctx, { loanerId, version, loaner }) => {
  const row = found(loanerById(ctx.db, loanerId), 'loaner')
  if (row.version !== version) throw stale(ctx.db, 'loaner', row.uid)
  const out = loanOfLoaner(ctx.db, loanerId)
  if (!loaner.active && out) throw fieldError('loaner.active', 'loaner.out', { number: out.repairNumber })
  const next = version + 1
  updateLoanerRow(ctx.db, loanerId, { ...loaner, version: next })
  const { uid } = row
  ctx.record({ entity: 'loaners', id: loanerId, uid, version: next, type: 'loaner.updated', payload: loaner })
  return { id: loanerId, version: next }
}

/**
 * Lends a loaner to the customer of an open repair. Errors: `field.not_found` or `loaner.inactive` at loanerId,
 * `loaner.out` { number } while somebody has it, `field.in_past` at dueOn, `attachment.missing` at signatureUid,
 * `repair.not_allowed_in_state`, `repair.locked`.
 */
export const lendLoaner: Handler<'loaners.lend'> = (ctx, input) => {
  const { loanerId, repairId, dueOn, conditionOut, signatureUid } = input
  const loaner = loanerById(ctx.db, loanerId)
  if (!loaner) throw fieldError('loanerId', 'field.not_found')
  if (!loaner.active) throw fieldError('loanerId', 'loaner.inactive')
  const out = loanOfLoaner(ctx.db, loanerId)
  if (out) throw new AppError('loaner.out', { number: out.repairNumber })
  const repair = requireOpenRepair(ctx, repairId)
  if (dueOn < ctx.today) throw fieldError('dueOn', 'field.in_past', { min: ctx.today })
  if (signatureUid !== null) adoptDraftFiles(ctx, null, repairId, [signatureUid], 'signatureUid')
  const uid = ctx.newUid()
  const id = insertLoan(ctx.db, {
    uid,
    loanerId,
    repairId,
    customerId: repair.customerId,
    lentAt: ctx.now,
    lentById: ctx.actor.userId,
    dueOn,
    conditionOut,
    signatureUid,
  })
  carryLoaner(ctx, loaner, repairId, 'lend', conditionOut)
  noteWork(ctx, repairId, conditionOut, { loaner: loaner.name, loanerState: 'lent', loanerDueOn: dueOn })
  recordLoan(ctx, loaner, { loan: uid, repair: repair.number, lent: true, dueOn })
  return { id, uid, version: 1 }
}

/** The loaner is back, in the condition written down. Errors: `not_found`, `loaner.not_out`, `stale`. */
export const takeLoanerBack: Handler<'loaners.takeBack'> = (ctx, { loanId, version, conditionIn }) => {
  const loan = found(loanById(ctx.db, loanId), 'loan')
  if (loan.returnedAt !== null) throw new AppError('loaner.not_out')
  const loaner = found(loanerById(ctx.db, loan.loanerId), 'loaner')
  if (loan.version !== version) throw stale(ctx.db, 'loaner', loaner.uid)
  const next = version + 1
  const returned = { returnedAt: ctx.now, returnedToId: ctx.actor.userId, conditionIn, version: next }
  updateLoanRow(ctx.db, loanId, returned)
  carryLoaner(ctx, loaner, loan.repairId, 'loan_back', conditionIn)
  noteWork(ctx, loan.repairId, conditionIn, { loaner: loaner.name, loanerState: 'back' })
  recordLoan(ctx, loaner, { loan: loan.uid, lent: false })
  return { id: loanId, version: next }
}

/** Loaners stand on the first shelf when they are at home. */
function carryLoaner(
  ctx: CommandContext,
  loaner: LoanerRow,
  repairId: number,
  reason: 'lend' | 'loan_back',
  note: string,
): void {
  const home = firstShelf(ctx)
  const away = placeOfKind(ctx, 'customer')
  const [fromPlaceId, toPlaceId] = reason === 'lend' ? [home, away] : [away, home]
  insertMove(ctx.db, {
    uid: ctx.newUid(),
    at: ctx.now,
    kind: 'direct',
    reason,
    partId: null,
    loanerId: loaner.id,
    serial: loaner.serial,
    quantity: onePiece,
    fromPlaceId,
    toPlaceId,
    pendingId: null,
    reversesId: null,
    repairId,
    repairPartId: null,
    document: '',
    note,
    unitCostMinor: loaner.valueMinor,
    personId: null,
    userId: ctx.actor.userId,
    seatId: ctx.actor.seatId,
  })
}

function recordLoan(ctx: CommandContext, loaner: LoanerRow, payload: object): void {
  const { id, uid, version } = loaner
  ctx.record({ entity: 'loaners', id, uid, version, type: 'loaner.moved', payload })
}
