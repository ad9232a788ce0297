import type { BenchShop } from '../core/quotes/bench-kit.ts'

/** Devices nobody collected, disposed of in every way, and a disposal that was taken back. */
export function disposed(shop: BenchShop): number[] {
  const ids = (['sold', 'recycled', 'donated', 'kept_for_parts'] as const).map((kind) => {
    const id = shop.at('processed')
    const isSold = kind === 'sold'
    if (isSold) shop.call('charges.add', { repairId: id, line: shop.line(1000) })
    const money = {
      proceedsMinor: 20_000,
      costsMinor: 500,
      method: 'card',
      reference: '',
      payFees: true,
    } as const
    shop.call('disposals.dispose', {
      ...shop.target(id),
      kind,
      buyer: '旧货店',
      note: '',
      mediaWiped: true,
      earlyReason: '机主放弃',
      sale: isSold ? money : null,
    })
    return id
  })
  const [sold] = shop.call('disposals.ofRepair', { repairId: ids[0] ?? 0 }).disposals
  shop.call('disposals.void', { disposalId: sold?.id ?? 0, reason: '弄错了' })
  return ids
}

/** What was paid too much on one invoice goes against another one of the customer, and back. */
export function credited(shop: BenchShop): number[] {
  const first = shop.receive()
  const customer = { id: Number(shop.row(first.id)['customer_id']) }
  const second = shop.receive({}, {}, { customer })
  const [from, to] = [first.id, second.id].map((id) => {
    shop.call('charges.add', { repairId: id, line: shop.line(5000) })
    return shop.call('invoices.issue', {
      repairIds: [id],
      payer: 'customer',
      customerId: null,
      cashRounding: false,
      dueOn: null,
      note: '',
      expectedGrossMinor: null,
    }).id
  }) as [number, number]
  const allocations = [{ invoiceId: from, amountMinor: 5000 }]
  const card = { method: 'card', tenderedMinor: null, reference: '', note: '' } as const
  shop.call('payments.take', { ...card, amountMinor: 5000, allocations })
  shop.call('invoices.credit', { invoiceId: from, lines: null, reason: '退修' })
  const { id } = shop.call('payments.applyCredit', { fromInvoiceId: from, invoiceId: to, amountMinor: 2000 })
  shop.call('payments.takeBackApplied', { transactionId: id, reason: '挂错单' })
  return [first.id, second.id]
}
