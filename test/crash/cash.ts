import { randomUUID } from 'node:crypto'
import { onlyCustomer } from '#contract/charges.ts'
import type { Seat } from '../kit/host.ts'
import { told, type Book, type Sent } from './book.ts'
import type { Shop } from './load.ts'

const stockAtFirst = 900_000_000

/** A part of which there is plenty, so that only the kills decide what happens. */
export async function fitOut(seat: Seat, book: Book): Promise<Omit<Shop, 'engineerId'>> {
  const [tax] = await seat.client.prices.taxCodes({})
  if (!tax) throw new Error('the shop has a tax code')
  const bin = await seat.client.stock.addBin({ commandId: randomUUID(), name: 'CRASH' })
  const partNumber = 'CRASH-1'
  const part = await seat.client.stock.createPart({
    commandId: randomUUID(),
    part: {
      number: partNumber,
      zh: '电池',
      en: 'Battery',
      barcode: '',
      models: '',
      unit: '',
      serialised: false,
      returnable: false,
      priceMinor: 9900,
      taxCodeId: tax.id,
      warrantyMonths: 3,
      minimum: 0,
      maximum: null,
      binId: bin.id,
      supersedesId: null,
      active: true,
    },
  })
  const line = { partId: part.id, quantity: stockAtFirst, unitCostMinor: 4000, binId: bin.id, serials: [] }
  await seat.client.stock.receive({
    commandId: randomUUID(),
    supplier: 'Crash',
    document: 'C-1',
    note: '',
    lines: [line],
  })
  book.deliveries.set('C-1', stockAtFirst)
  return { taxCodeId: tax.id, partNumber, partId: part.id, binId: bin.id }
}

/** Goods from the supplier, under a document number that no other delivery has. */
export function takeDelivery(book: Book, { partId, binId }: Shop, quantity: number): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      const line = { partId, quantity, unitCostMinor: 4000, binId, serials: [] }
      const delivery = { supplier: 'Crash', document: commandId, note: '', lines: [line] }
      const sending = seat.client.stock.receive({ commandId, ...delivery })
      await told(book, 'stock.receive', commandId, sending)
      book.deliveries.set(commandId, quantity)
    },
  }
}

export function issuePart(book: Book, repairId: number, { partNumber }: Shop): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      const sending = seat.client.stock.issue({
        commandId,
        repairId,
        repairPartId: null,
        code: partNumber,
        quantity: 1000,
        binId: null,
        overrideReason: null,
      })
      const line = await told(book, 'stock.issue', commandId, sending)
      book.issued.set(line.uid, repairId)
    },
  }
}

/** The command's own id is what is written on the slip, so that a second one would be seen. */
function byCard(commandId: string) {
  return { method: 'card', tenderedMinor: null, reference: commandId, note: '' } as const
}

export function deposit(book: Book, repairId: number): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      const money = { ...byCard(commandId), amountMinor: 1000, repairId }
      const sending = seat.client.payments.takeDeposit({ commandId, ...money })
      const paid = await told(book, 'payments.takeDeposit', commandId, sending)
      book.receipts.set(paid.uid, 1000)
    },
  }
}

/** A line, its invoice and its payment, each a command of its own: the host may die between any two. */
export function bill(book: Book, repairId: number, { taxCodeId }: Shop): Sent {
  const [lineId, invoiceId, paymentId] = [randomUUID(), randomUUID(), randomUUID()]
  return {
    commandId: lineId,
    async run(seat) {
      const charging = seat.client.charges.add({
        commandId: lineId,
        repairId,
        line: {
          kind: 'labour',
          serviceId: null,
          partId: null,
          description: lineId,
          quantity: 1000,
          unitMinor: 8800,
          discountMinor: 0,
          taxCodeId,
          shares: [...onlyCustomer],
          standardMinutes: 30,
          warrantyMonths: 0,
        },
      })
      await told(book, 'charges.add', lineId, charging)
      book.lines.set(lineId, repairId)
      const issuing = seat.client.invoices.issue({
        commandId: invoiceId,
        repairIds: [repairId],
        payer: 'customer',
        customerId: null,
        cashRounding: false,
        dueOn: null,
        note: invoiceId,
        expectedGrossMinor: null,
      })
      const invoice = await told(book, 'invoices.issue', invoiceId, issuing)
      book.invoices.set(invoice.uid, invoice.number)
      if (invoice.openMinor <= 0) return
      const allocations = [{ invoiceId: invoice.id, amountMinor: invoice.openMinor }]
      const money = { ...byCard(paymentId), amountMinor: invoice.openMinor, allocations }
      const paying = seat.client.payments.take({ commandId: paymentId, ...money })
      const paid = await told(book, 'payments.take', paymentId, paying)
      book.receipts.set(paid.uid, invoice.openMinor)
    },
  }
}
