import { randomUUID } from 'node:crypto'
import { onlyCustomer } from '#contract/charges.ts'
import type { Seat } from '../kit/host.ts'

/** One command with the id it keeps when it is sent again. */
export interface Sent {
  readonly commandId: string
  readonly run: (seat: Seat) => Promise<void>
}

/** What the cash desk and the store were told that it is done. */
export interface CashBook {
  /** Receipts by uid, with their amounts. */
  readonly receipts: Map<string, number>
  readonly invoices: Map<string, string>
  /** Parts issued, by the line's uid, with the repair. */
  readonly issued: Map<string, number>
}

export function newCashBook(): CashBook {
  return { receipts: new Map(), invoices: new Map(), issued: new Map() }
}

interface Fittings {
  readonly taxCodeId: number
  readonly partNumber: string
}

/** A part of which there is plenty, so that only the kills decide what happens. */
export async function fitOut(seat: Seat): Promise<Fittings> {
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
  const line = { partId: part.id, quantity: 900_000_000, unitCostMinor: 4000, binId: bin.id, serials: [] }
  await seat.client.stock.receive({
    commandId: randomUUID(),
    supplier: 'Crash',
    document: 'C-1',
    note: '',
    lines: [line],
  })
  return { taxCodeId: tax.id, partNumber }
}

const card = { method: 'card', tenderedMinor: null, reference: '', note: '' } as const

export function issuePart(book: CashBook, repairId: number, { partNumber }: Fittings): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      const line = await seat.client.stock.issue({
        commandId,
        repairId,
        repairPartId: null,
        code: partNumber,
        quantity: 1000,
        binId: null,
        overrideReason: null,
      })
      book.issued.set(line.uid, repairId)
    },
  }
}

export function deposit(book: CashBook, repairId: number): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      const paid = await seat.client.payments.takeDeposit({ commandId, ...card, amountMinor: 1000, repairId })
      book.receipts.set(paid.uid, 1000)
    },
  }
}

/** Null when another seat has billed the line in the meantime. */
async function issued(seat: Seat, input: Parameters<Seat['client']['invoices']['issue']>[0]) {
  try {
    return await seat.client.invoices.issue(input)
  } catch (error) {
    if (error instanceof Error && error.message === 'invoice.nothing_to_bill') return null
    throw error
  }
}

/** A line, its invoice and its payment, each a command of its own: the host may die between any two. */
export function bill(book: CashBook, repairId: number, { taxCodeId }: Fittings): Sent {
  const [lineId, invoiceId, paymentId] = [randomUUID(), randomUUID(), randomUUID()]
  return {
    commandId: lineId,
    async run(seat) {
      await seat.client.charges.add({
        commandId: lineId,
        repairId,
        line: {
          kind: 'labour',
          serviceId: null,
          partId: null,
          description: '人工',
          quantity: 1000,
          unitMinor: 8800,
          discountMinor: 0,
          taxCodeId,
          shares: [...onlyCustomer],
          standardMinutes: 30,
          warrantyMonths: 0,
        },
      })
      const invoice = await issued(seat, {
        commandId: invoiceId,
        repairIds: [repairId],
        payer: 'customer',
        customerId: null,
        cashRounding: false,
        dueOn: null,
        note: '',
        expectedGrossMinor: null,
      })
      if (invoice === null) return
      book.invoices.set(invoice.uid, invoice.number)
      if (invoice.openMinor <= 0) return
      const paid = await seat.client.payments.take({
        commandId: paymentId,
        ...card,
        amountMinor: invoice.openMinor,
        allocations: [{ invoiceId: invoice.id, amountMinor: invoice.openMinor }],
      })
      book.receipts.set(paid.uid, invoice.openMinor)
    },
  }
}

/** What the restarted shop no longer knows of what it had acknowledged. */
export async function lostOfCash(seat: Seat, book: CashBook): Promise<string[]> {
  const lost: string[] = []
  for (const [uid, amountMinor] of book.receipts) {
    const found = await seat.client.payments.get({ uid }).catch(() => null)
    if (found?.amountMinor !== amountMinor) lost.push(`receipt ${uid}`)
  }
  for (const [uid, number] of book.invoices) {
    const found = await seat.client.invoices.get({ uid }).catch(() => null)
    if (found?.number !== number) lost.push(`invoice ${number}`)
  }
  const lines = new Map<number, Set<string>>()
  for (const [uid, repairId] of book.issued) {
    const known =
      lines.get(repairId) ?? new Set((await seat.client.stock.ofRepair({ repairId })).map((one) => one.uid))
    lines.set(repairId, known)
    if (!known.has(uid)) lost.push(`part line ${uid}`)
  }
  return lost
}

/** What the shop itself finds wrong with its ledgers. */
export async function ledgerFaults(seat: Seat): Promise<string[]> {
  const { faults } = await seat.client.ledgers.verify({})
  return faults.map(({ rule, row, expected, found }) => `ledger ${rule} at ${row}: ${found}, not ${expected}`)
}
