import { openStates } from '#contract/repair-states.ts'
import type { CommandContext, Handler } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { sameCustomer } from './applied-money.ts'
import { balanceOf } from './ledger-store.ts'
import { post } from './ledger.ts'
import { drawerFor, tellReceipt, writeReceipt, type Receipt, type Written } from './payment-receipt.ts'
import { changeOf, moneyEntry } from './payment-rules.ts'
import { payableInvoice, requireOpen } from './payment-take.ts'
import { repairHead } from './payment-views.ts'

/** Deposits: money held for a repair, a liability until an invoice takes it (V-04). */

/** What is held for a repair. */
export function depositHeld(db: ReadDb, repairId: number): number {
  // A liability stands on the credit side; nothing held is 0, not minus 0.
  return 0 - balanceOf(db, 'deposits', repairId)
}

/** Error: `payment.no_deposit` {available}. */
export function requireHeld(ctx: CommandContext, repairId: number, amountMinor: number): void {
  const available = depositHeld(ctx.db, repairId)
  if (amountMinor > available) throw new AppError('payment.no_deposit', { available })
}

const open: ReadonlySet<string> = new Set(openStates)

/** Takes a deposit. Errors: `payment.repair_ended`, `invoice.no_customer`, `payment.tendered_short`, `shift.required`. */
export const takeDeposit: Handler<'payments.takeDeposit'> = (ctx, input) => {
  const { method, amountMinor, reference, note, repairId } = input
  const repair = found(repairHead(ctx.db, repairId), 'repair')
  if (!open.has(repair.state)) throw new AppError('payment.repair_ended', { number: repair.number })
  const { customerId } = repair
  if (customerId === null) throw new AppError('invoice.no_customer')
  const { tenderedMinor, changeMinor } = changeOf(method, amountMinor, input.tenderedMinor)
  const held = { method, amountMinor, tenderedMinor, customerId, repairId, reference, note }
  return { ...holdMoney(ctx, held, 'deposit'), changeMinor }
}

/** Money that came in for a repair and is held for its customer: the receipt and both entries. */
export function holdMoney(
  ctx: CommandContext,
  held: Omit<Receipt, 'kind'> & { readonly repairId: number },
  act: 'deposit' | 'proceeds',
): Written {
  const { method, amountMinor, customerId, repairId } = held
  const drawer = drawerFor(ctx, method)
  const receipt: Receipt = { kind: 'deposit', ...held }
  const written = writeReceipt(ctx, receipt, drawer)
  post(ctx, { kind: 'deposit', paymentId: written.id, repairId, customerId, shiftId: drawer.shiftId }, [
    moneyEntry(method, drawer.shiftId, amountMinor),
    { account: 'deposits', subject: repairId, customerId, amountMinor: -amountMinor },
  ])
  tellReceipt(ctx, act, written, receipt, [repairId])
  return written
}

/** Moves held money from a repair's deposit to an invoice; the caller has checked both. Answers the transaction. */
export function bookDeposit(
  ctx: CommandContext,
  from: { readonly repairId: number },
  to: { readonly invoiceId: number; readonly customerId: number | null },
  amountMinor: number,
): number {
  const { repairId } = from
  const { invoiceId, customerId } = to
  return post(ctx, { kind: 'deposit_applied', invoiceId, repairId, customerId }, [
    { account: 'deposits', subject: repairId, customerId, amountMinor },
    { account: 'receivable', subject: invoiceId, customerId, amountMinor: -amountMinor },
  ])
}

/**
 * Deposit money of a repair against an invoice of the same customer. Errors: `payment.no_deposit` {available},
 * `payment.too_large` {open, number}, `invoice.other_customer`, `invoice.void`, `invoice.not_an_invoice`.
 */
export const applyDeposit: Handler<'payments.applyDeposit'> = (ctx, { repairId, invoiceId, amountMinor }) => {
  const repair = found(repairHead(ctx.db, repairId), 'repair')
  const invoice = payableInvoice(ctx, invoiceId, 'invoiceId')
  if (!sameCustomer(ctx, repair.customerId, invoice.customerId)) throw new AppError('invoice.other_customer')
  requireHeld(ctx, repairId, amountMinor)
  requireOpen(invoice, amountMinor)
  const id = bookDeposit(ctx, { repairId }, { invoiceId, customerId: invoice.customerId }, amountMinor)
  noteWork(ctx, repairId, '', { money: 'deposit_applied', number: invoice.number, amountMinor })
  ctx.announce('payments', [])
  return { id }
}

/** A deposit the customer loses by the shop's terms. Error: `payment.no_deposit` {available}. */
export const forfeitDeposit: Handler<'payments.forfeit'> = (ctx, { repairId, amountMinor, reason }) => {
  const { customerId } = found(repairHead(ctx.db, repairId), 'repair')
  requireHeld(ctx, repairId, amountMinor)
  const id = post(ctx, { kind: 'deposit_forfeited', repairId, customerId, memo: reason }, [
    { account: 'deposits', subject: repairId, customerId, amountMinor },
    { account: 'forfeited', amountMinor: -amountMinor },
  ])
  noteWork(ctx, repairId, reason, { money: 'deposit_forfeited', amountMinor })
  ctx.announce('payments', [])
  return { id }
}
