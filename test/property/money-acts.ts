import fc from 'fast-check'
import { methods } from '#contract/billing.ts'
import { AppError, type Actor } from '#core/app.ts'
import type { CashShop } from '../core/billing/cash-kit.ts'

/** One random step at the cash desk: somebody does something with some repair, invoice or receipt. */
export interface MoneyStep {
  readonly act: MoneyAct
  readonly who: (typeof people)[number]
  /** Chooses the repair, invoice or receipt. */
  readonly target: number
  readonly method: (typeof methods)[number]
  readonly amountMinor: number
  /** Takes exactly what is open, held or left instead of the amount. */
  readonly exact: boolean
}

const people = ['counter', 'manager', 'owner', 'second_seat'] as const
const weights = {
  charge: 4,
  issue: 5,
  pay: 8,
  deposit: 4,
  apply: 5,
  apply_credit: 10,
  take_back: 3,
  refund_deposit: 2,
  refund_invoice: 4,
  forfeit: 1,
  credit: 6,
  void: 2,
  write_off: 2,
  reverse: 4,
  open_shift: 4,
  move_cash: 2,
  close_shift: 2,
  force_close: 1,
  pass_days: 1,
} as const
export type MoneyAct = keyof typeof weights
export const moneyActs = Object.keys(weights) as MoneyAct[]

export const moneySteps = fc.array(
  fc.record({
    act: fc.oneof(...moneyActs.map((act) => ({ weight: weights[act], arbitrary: fc.constant(act) }))),
    who: fc.constantFrom(...people),
    target: fc.nat(6),
    method: fc.constantFrom('cash' as const, ...methods),
    amountMinor: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 30_000 })),
    exact: fc.boolean(),
  }),
  { minLength: 40, maxLength: 40 },
)

type Call = () => unknown

/** A row of a table chosen by the step; 0 when there is none, which the shop must refuse. */
function chosen(shop: CashShop, table: string, target: number): number {
  const ids = shop.all(`SELECT id FROM ${table} ORDER BY id DESC LIMIT 6`).flat() as number[]
  return ids[target % Math.max(1, ids.length)] ?? 0
}

/** An invoice that the act is likely to be allowed on, if there is one: overpaid for a refund, open for the others. */
function chosenInvoice(shop: CashShop, step: MoneyStep): number {
  // What is credited after it was paid is the customer's: half of the credits go there.
  const paid = step.act === 'credit' && step.target % 2 === 0
  const sign = step.act === 'refund_invoice' ? '<' : paid ? '<=' : '>'
  const ids = shop.all(`SELECT subject FROM money_balances
    WHERE account = 'receivable' AND amount_minor ${sign} 0 ORDER BY subject`) as number[][]
  const likely = ids.flat()
  return likely[step.target % Math.max(1, likely.length)] ?? chosen(shop, 'invoices', step.target)
}

/** An invoice with more paid on it than is due; any invoice when there is none. */
function chosenOverpaid(shop: CashShop, target: number): number {
  const ids = shop
    .all(`SELECT subject FROM money_balances WHERE account = 'receivable' AND amount_minor < 0`)
    .flat() as number[]
  return ids[target % Math.max(1, ids.length)] ?? Math.max(1, chosen(shop, 'invoices', target))
}

/** A deposit or credit that went against an invoice, perhaps taken back already. */
function chosenApplied(shop: CashShop, target: number): number {
  const kinds = `'deposit_applied', 'credit_applied'`
  const ids = shop
    .all(`SELECT id FROM money_transactions WHERE kind IN (${kinds}) ORDER BY id DESC LIMIT 3`)
    .flat() as number[]
  return ids[target % Math.max(1, ids.length)] ?? 1
}

function balance(shop: CashShop, account: string, subject: number): number {
  return shop.ledger(account, subject)
}

function actorOf(shop: CashShop, who: MoneyStep['who']): Actor {
  return who === 'second_seat' ? shop.atSeatTwo('manager') : shop.people[who]
}

/** The commands of each act; what they name may not be there, or may not allow it. */
export function callOf(shop: CashShop, repairs: readonly number[], step: MoneyStep): Call {
  const { target, method, exact } = step
  const actor = actorOf(shop, step.who)
  const as = shop.as(actor)
  const repairId = repairs[target % repairs.length] ?? 0
  const invoiceId = target < 5 ? chosenInvoice(shop, step) : chosen(shop, 'invoices', target)
  const open = balance(shop, 'receivable', invoiceId)
  const held = -balance(shop, 'deposits', repairId)
  /** The exact amount if there is one, otherwise the step's. */
  const amount = (rest: number): number => (exact && rest > 0 ? rest : step.amountMinor)
  const money = { method, tenderedMinor: null, reference: '', note: '' }
  const back = { method, reference: '', reason: '退' }
  const shift = () => as.call('shifts.current', {})
  const calls: Record<MoneyAct, Call> = {
    charge: () => shop.charge(repairId, step.amountMinor),
    issue: () => shop.issue(exact ? [...repairs] : [repairId], { cashRounding: target % 2 === 0 }),
    pay: () => {
      const amountMinor = amount(open)
      return as.call('payments.take', { ...money, amountMinor, allocations: [{ invoiceId, amountMinor }] })
    },
    deposit: () => as.call('payments.takeDeposit', { ...money, repairId, amountMinor: step.amountMinor }),
    apply: () =>
      as.call('payments.applyDeposit', { repairId, invoiceId, amountMinor: amount(Math.min(held, open)) }),
    apply_credit: () => {
      const fromInvoiceId = chosenOverpaid(shop, target)
      const left = -balance(shop, 'receivable', fromInvoiceId)
      return as.call('payments.applyCredit', {
        fromInvoiceId,
        invoiceId,
        // There is seldom a credit and an open invoice at once: then no more than both bear is tried, mostly.
        amountMinor: target === 0 ? step.amountMinor : Math.max(1, Math.min(left, open, step.amountMinor)),
      })
    },
    take_back: () => {
      const transactionId = chosenApplied(shop, target)
      return as.call('payments.takeBackApplied', { transactionId, reason: '挂错' })
    },
    refund_deposit: () =>
      as.call('payments.refund', { ...back, from: { kind: 'deposit', repairId }, amountMinor: amount(held) }),
    refund_invoice: () => {
      const from = { kind: 'invoice', invoiceId } as const
      return as.call('payments.refund', { ...back, from, amountMinor: amount(-open) })
    },
    forfeit: () => as.call('payments.forfeit', { repairId, amountMinor: amount(held), reason: '不退' }),
    credit: () => {
      const lines = exact ? null : [{ no: 1 + (target % 2), grossMinor: step.amountMinor }]
      return as.call('invoices.credit', { invoiceId, lines, reason: '让价' })
    },
    void: () => as.call('invoices.void', { invoiceId, reason: '开错' }),
    write_off: () => as.call('invoices.writeOff', { invoiceId, amountMinor: amount(open), reason: '收不到' }),
    reverse: () => {
      const uid = shop.sql.prepare('SELECT uid FROM payments WHERE id = ?').pluck()
      const paymentUid = String(uid.get(chosen(shop, 'payments', target)) ?? repairUid(shop, repairId))
      return as.call('payments.reverse', { paymentUid, reason: '打错' })
    },
    open_shift: () => as.call('shifts.open', { floatMinor: step.amountMinor }),
    move_cash: () =>
      as.call('shifts.moveCash', {
        amountMinor: exact ? step.amountMinor : -step.amountMinor,
        reason: '零钱',
      }),
    close_shift: () => {
      const now = shift()
      const countedMinor = exact ? (now?.expectedMinor ?? 0) : step.amountMinor
      const leftMinor = Math.min(countedMinor, target * 1000)
      const counted = { countedMinor, leftMinor, counting: [], note: '' }
      return as.call('shifts.close', { shiftId: now?.id ?? 0, version: now?.version ?? 1, ...counted })
    },
    force_close: () =>
      as.call('shifts.forceClose', {
        shiftId: chosen(shop, 'shifts', target),
        version: 1,
        countedMinor: step.amountMinor,
        leftMinor: 0,
        reason: '忘了',
      }),
    pass_days: () => shop.clock.advance((1 + target) * 86_400_000),
  }
  return calls[step.act]
}

function repairUid(shop: CashShop, repairId: number): string {
  return shop.row(repairId).uid
}

/** Does a step; answers the code when the shop said no. */
export function act(shop: CashShop, repairs: readonly number[], step: MoneyStep): string | null {
  try {
    callOf(shop, repairs, step)()
    return null
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return error.code
    throw error
  }
}
