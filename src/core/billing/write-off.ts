import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { post } from './ledger.ts'
import { balanceOf } from './ledger-store.ts'
import { noteOnRepairs, requireLiving } from './void-invoice.ts'

/**
 * What will never be paid leaves the customer's account, with the reason. Errors: `payment.too_large` at
 * amountMinor, `invoice.void`, `invoice.not_an_invoice`.
 */
export const writeOff: Handler<'invoices.writeOff'> = (ctx, { invoiceId, amountMinor, reason }) => {
  const row = requireLiving(ctx, invoiceId)
  const { id, uid, number, customerId, repairId } = row
  const open = balanceOf(ctx.db, 'receivable', id)
  if (amountMinor > open)
    throw fieldError('amountMinor', 'payment.too_large', { open: Math.max(0, open), number })
  post(ctx, { kind: 'write_off', invoiceId: id, repairId, customerId, memo: reason }, [
    { account: 'write_off', amountMinor },
    { account: 'receivable', subject: id, customerId, amountMinor: -amountMinor },
  ])
  ctx.record({
    entity: 'invoices',
    id,
    uid,
    version: 2,
    type: 'invoice.written_off',
    payload: { number, amountMinor, reason },
  })
  noteOnRepairs(ctx, row, reason, { act: 'write_off', amountMinor })
  return { id }
}
