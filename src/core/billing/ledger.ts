import type { Account } from '#contract/billing.ts'
import type { CommandContext } from '../context.ts'
import { assert, found } from '../kernel/app-error.ts'
import { entriesOf, insertEntry, insertTransaction, transactionById } from './ledger-store.ts'
import { openShiftOf } from './shift-store.ts'

/**
 * The money ledger (architecture §5): append-only, double entry. Debit is positive, credit negative. `subject` is
 * what a balance is kept for: the invoice of `receivable`, the repair of `deposits`, the shift of `cash`; 0 elsewhere.
 */
export interface Entry {
  readonly account: Account
  readonly subject?: number
  readonly customerId?: number | null
  readonly amountMinor: number
}

export type TransactionKind =
  | 'invoice'
  | 'credit_note'
  | 'void'
  | 'payment'
  | 'deposit'
  | 'deposit_applied'
  | 'deposit_forfeited'
  | 'credit_applied'
  | 'applied_taken_back'
  | 'refund'
  | 'write_off'
  | 'cash_move'
  | 'shift_difference'
  | 'shift_close'
  | 'shift_open'
  | 'reversal'

/** What caused a transaction. */
export interface Cause {
  readonly kind: TransactionKind
  readonly invoiceId?: number | null
  readonly paymentId?: number | null
  readonly repairId?: number | null
  readonly customerId?: number | null
  readonly shiftId?: number | null
  readonly reversesId?: number | null
  readonly memo?: string
}

/**
 * Books a transaction and moves the balances in it; entries of nothing are left out. A set that does not add up to
 * zero, or is empty, is a bug of the caller and stops the command before anything is written.
 */
export function post(ctx: CommandContext, cause: Cause, entries: readonly Entry[]): number {
  const real = entries.filter((entry) => entry.amountMinor !== 0)
  const total = real.reduce((sum, entry) => sum + entry.amountMinor, 0)
  assert(total === 0, `the entries of a ${cause.kind} add up to zero, not ${total}`)
  assert(real.length > 1, `a ${cause.kind} has two sides`)
  const id = insertTransaction(ctx.db, {
    at: ctx.now,
    onDay: ctx.today,
    kind: cause.kind,
    invoiceId: cause.invoiceId ?? null,
    paymentId: cause.paymentId ?? null,
    repairId: cause.repairId ?? null,
    customerId: cause.customerId ?? null,
    // What happens at a seat belongs to its open shift, money in the drawer or not: the Z-report counts it.
    shiftId: cause.shiftId ?? openShiftOf(ctx.db, ctx.actor.seatId),
    reversesId: cause.reversesId ?? null,
    userId: ctx.actor.userId,
    seatId: ctx.actor.seatId,
    memo: cause.memo ?? '',
  })
  for (const { account, subject = 0, customerId = null, amountMinor } of real) {
    insertEntry(ctx.db, { transactionId: id, account, subject, customerId, amountMinor })
  }
  return id
}

/** The same entries the other way round: the only correction there is. A second reversal violates the file's own rule. */
export function reverse(
  ctx: CommandContext,
  transactionId: number,
  cause: Omit<Cause, 'reversesId'>,
): number {
  found(transactionById(ctx.db, transactionId), 'transaction')
  const entries = entriesOf(ctx.db, transactionId).map((entry) => ({
    account: entry.account as Account,
    subject: entry.subject,
    customerId: entry.customerId,
    amountMinor: -entry.amountMinor,
  }))
  return post(ctx, { ...cause, reversesId: transactionId }, entries)
}
