import type { PaymentMethod } from '#contract/billing.ts'
import type { CommandContext } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { drawNumber } from '../system/steps.ts'
import { balanceOf } from './ledger-store.ts'
import { insertPayment, type StoredPayment } from './payment-store.ts'
import { openShiftOf } from './shift-store.ts'

/** How every act that moves a customer's money is written down: drawer, number, receipt, history. */

export interface Drawer {
  /** The seat's open shift; null when none is. */
  readonly shiftId: number | null
}

/** The shift money of a method belongs to. Error: `shift.required` for cash without an open shift at this seat. */
export function drawerFor(ctx: CommandContext, method: PaymentMethod): Drawer {
  const shiftId = openShiftOf(ctx.db, ctx.actor.seatId)
  if (method === 'cash' && shiftId === null) throw new AppError('shift.required')
  return { shiftId }
}

/** Cash can leave the drawer only while it lies in it. Error: `shift.cash_short` {available}. */
export function requireCash(
  ctx: CommandContext,
  method: PaymentMethod,
  drawer: Drawer,
  amountMinor: number,
): void {
  if (method !== 'cash' || drawer.shiftId === null) return
  const available = balanceOf(ctx.db, 'cash', drawer.shiftId)
  if (amountMinor > available) throw new AppError('shift.cash_short', { available })
}

export interface Receipt {
  readonly kind: StoredPayment['kind']
  readonly method: PaymentMethod
  readonly amountMinor: number
  readonly tenderedMinor?: number | null
  readonly customerId: number | null
  readonly repairId: number | null
  readonly invoiceId?: number | null
  readonly reference?: string
  readonly note?: string
  readonly reversesId?: number | null
}

export interface Written {
  readonly id: number
  readonly uid: string
  readonly number: string
}

/** The name of the series of receipts of a year: one a year, whatever the prefix, so no number comes twice. */
export function receiptSeries(year: string): string {
  return `receipt ${year}`
}

function nextReceiptNumber(ctx: CommandContext): string {
  const year = ctx.today.slice(0, 4)
  const no = String(drawNumber(ctx.db, receiptSeries(year))).padStart(5, '0')
  return `${ctx.settings.numberWithStorePrefix ? ctx.settings.code : ''}R${year}-${no}`
}

/** Writes a numbered receipt. */
export function writeReceipt(ctx: CommandContext, receipt: Receipt, drawer: Drawer): Written {
  const uid = ctx.newUid()
  const number = nextReceiptNumber(ctx)
  const id = insertPayment(ctx.db, {
    uid,
    number,
    kind: receipt.kind,
    method: receipt.method,
    amountMinor: receipt.amountMinor,
    tenderedMinor: receipt.tenderedMinor ?? null,
    at: ctx.now,
    onDay: ctx.today,
    userId: ctx.actor.userId,
    seatId: ctx.actor.seatId,
    shiftId: drawer.shiftId,
    customerId: receipt.customerId,
    repairId: receipt.repairId,
    invoiceId: receipt.invoiceId ?? null,
    reference: receipt.reference ?? '',
    note: receipt.note ?? '',
    reversesId: receipt.reversesId ?? null,
  })
  return { id, uid, number }
}

/** Tells everybody of a receipt and writes it into the history of the repairs it is about. */
export function tellReceipt(
  ctx: CommandContext,
  act: 'payment' | 'deposit' | 'proceeds' | 'refund' | 'reversal',
  written: Written,
  receipt: Receipt,
  repairIds: readonly number[],
): void {
  const { id, uid, number } = written
  const { method, amountMinor } = receipt
  ctx.record({
    entity: 'payments',
    id,
    uid,
    version: 1,
    type: `payment.${act}`,
    payload: { number, ...receipt },
  })
  const detail = { money: act, number, method, amountMinor }
  for (const repairId of repairIds) noteWork(ctx, repairId, receipt.note ?? '', detail)
}
