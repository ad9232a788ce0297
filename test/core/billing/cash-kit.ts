import { expect } from 'vitest'
import { onlyCustomer } from '#contract/charges.ts'
import type { PaymentMethod } from '#contract/billing.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { Actor } from '#core/app.ts'
import type { BuiltInRole } from '#contract/permissions.ts'
import { repairShop } from '../repairs/kit.ts'

type Who = BuiltInRole | Actor

/** A shop with an open bench and short words for what happens at its cash desk. */
export function cashShop(options: Parameters<typeof repairShop>[0] = {}) {
  const shop = repairShop(options)
  const taxCodeId = shop.call('prices.taxCodes', {})[0]!.id
  const customerOf = (repairId: number) => Number(shop.row(repairId)['customer_id'])

  /** A line on a repair's bill, with tax. */
  const charge = (repairId: number, unitMinor: number, more: Partial<InputOf<'charges.add'>['line']> = {}) =>
    shop.call('charges.add', {
      repairId,
      line: {
        kind: 'labour',
        serviceId: null,
        partId: null,
        description: '换屏',
        quantity: 1000,
        unitMinor,
        discountMinor: 0,
        taxCodeId,
        shares: [...onlyCustomer],
        standardMinutes: 0,
        warrantyMonths: 0,
        ...more,
      },
    })
  const issue = (repairIds: number[], more: Partial<InputOf<'invoices.issue'>> = {}) =>
    shop.call('invoices.issue', {
      repairIds,
      payer: 'customer',
      customerId: null,
      cashRounding: false,
      dueOn: null,
      note: '',
      expectedGrossMinor: null,
      ...more,
    })
  /** A repair received and invoiced over so much. */
  const invoiced = (grossMinor: number) => {
    const { id: repairId } = shop.receive()
    charge(repairId, grossMinor)
    return { repairId, ...issue([repairId]) }
  }
  const ledger = (account: string, subject = 0): number =>
    (shop.sql
      .prepare('SELECT coalesce(sum(amount_minor), 0) FROM money_entries WHERE account = ? AND subject = ?')
      .pluck()
      .get(account, subject) as number) + 0

  const take = (
    allocations: readonly (readonly [number, number])[],
    method: PaymentMethod = 'card',
    more: { tenderedMinor?: number; amountMinor?: number; as?: Who } = {},
  ) => {
    const total = allocations.reduce((sum, [, amountMinor]) => sum + amountMinor, 0)
    return shop.as(more.as ?? 'counter').call('payments.take', {
      method,
      amountMinor: more.amountMinor ?? total,
      tenderedMinor: more.tenderedMinor ?? null,
      reference: '',
      note: '',
      allocations: allocations.map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor })),
    })
  }
  const deposit = (
    repairId: number,
    amountMinor: number,
    method: PaymentMethod = 'card',
    tenderedMinor: number | null = null,
  ) =>
    shop.as('counter').call('payments.takeDeposit', {
      method,
      amountMinor,
      tenderedMinor,
      reference: '',
      note: '',
      repairId,
    })
  const refund = (
    from: InputOf<'payments.refund'>['from'],
    amountMinor: number,
    method: PaymentMethod = 'card',
  ) =>
    shop.as('manager').call('payments.refund', { method, amountMinor, from, reference: '', reason: '退款' })
  const credit = (invoiceId: number, grossMinor: number | null = null) =>
    shop.call('invoices.credit', {
      invoiceId,
      lines: grossMinor === null ? null : [{ no: 1, grossMinor }],
      reason: '让价',
    })

  const open = (floatMinor = 0, as: Who = 'counter') => shop.as(as).call('shifts.open', { floatMinor })
  const current = (as: Who = 'counter') => {
    const shift = shop.as(as).call('shifts.current', {})
    expect(shift).not.toBeNull()
    return shift!
  }
  const close = (countedMinor: number, more: Partial<InputOf<'shifts.close'>> & { as?: Who } = {}) => {
    const { as = 'counter', ...rest } = more
    const { id: shiftId, version } = current(as)
    const counted = { shiftId, version, countedMinor, counting: [], leftMinor: 0, note: '' }
    return shop.as(as).call('shifts.close', { ...counted, ...rest })
  }
  /** Somebody at another seat of the shop. */
  const atSeatTwo = (role: BuiltInRole = 'counter'): Actor => {
    const insert = shop.sql.prepare(
      `INSERT INTO seats (uid, name, created_at, last_seen_at) VALUES ('seat-2', 'Counter 2', 0, 0)
       ON CONFLICT (uid) DO UPDATE SET name = excluded.name RETURNING id`,
    )
    return { ...shop.people[role], seatId: insert.pluck().get() as number }
  }
  /** Both ledgers are what they should be. */
  const sound = () => expect(shop.call('ledgers.verify', {}).faults).toEqual([])

  return {
    ...shop,
    taxCodeId,
    customerOf,
    charge,
    issue,
    invoiced,
    ledger,
    takeMoney: take,
    deposit,
    refund,
    credit,
    openShift: open,
    current,
    closeShift: close,
    atSeatTwo,
    sound,
  }
}
export type CashShop = ReturnType<typeof cashShop>
