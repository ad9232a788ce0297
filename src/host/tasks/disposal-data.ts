import type { Payment } from '#contract/billing.ts'
import { kindsLeavingTheShop } from '#contract/disposals.ts'
import type { Repair } from '#contract/repairs.ts'
import { AppError } from '#core/app.ts'
import type { DisposalData } from '../documents/index.ts'
import { program } from '../program.ts'
import type { TaskContext } from './tasks.ts'

/** What the record of a disposal shows: the one asked for, or the last. Error: `document.nothing_to_print`. */
export function disposalFacts(
  { app }: TaskContext,
  repair: Repair,
  entryUid: string | undefined,
): Omit<DisposalData, 'language' | 'size' | 'shop' | 'customer'> {
  const target = { repairId: repair.id }
  const { disposals } = app.run('disposals.ofRepair', target, program)
  const disposal = entryUid === undefined ? disposals[0] : disposals.find(({ uid }) => uid === entryUid)
  if (!disposal) throw new AppError('document.nothing_to_print')
  const money = app.run('charges.ofRepair', target, program)
  const paid = money.invoices
    .filter(({ kind }) => kind === 'invoice')
    .flatMap(({ uid, number }) =>
      app
        .run('invoices.get', { uid }, program)
        .applied.filter((one) => one.kind === 'deposit' && one.repairNumber === repair.number)
        .map(({ amountMinor }) => ({ number, amountMinor })),
    )
  const given = money.payments.filter(
    ({ kind, allocations, reverses, reversedBy }) =>
      kind === 'refund' && allocations.length === 0 && reverses === null && reversedBy === null,
  )
  return {
    kind: 'disposal_record',
    repair,
    disposal,
    notices: app.run('notices.ofRepair', target, program),
    money,
    paid,
    given,
    wiped: kindsLeavingTheShop.includes(disposal.kind),
  }
}

/** Who bought the device whose sale this receipt takes, or takes back; null for any other receipt. */
export function buyerOf({ app }: TaskContext, payment: Payment): string | null {
  const { repairUid, kind } = payment
  if (repairUid === null || kind !== 'deposit') return null
  const { id: repairId } = app.run('repairs.get', { uid: repairUid }, program)
  const { disposals } = app.run('disposals.ofRepair', { repairId }, program)
  const numbers = new Set([payment.number, payment.reverses])
  return disposals.find(({ receipt }) => receipt && numbers.has(receipt.number))?.buyer ?? null
}
