import type { Invoice, Payment } from '#contract/billing.ts'
import { onlyCustomer } from '#contract/charges.ts'
import type { ChargeLine } from '#contract/charges.ts'
import { documentAmounts } from '#contract/money.ts'
import type { Quote, QuoteOption } from '#contract/quotes.ts'
import type { ShiftReport } from '#contract/shifts.ts'

import { sampleAt, sampleDay, sampleNumber, sampleUid } from './sample-repair.ts'
import type { Pick } from './sample-repair.ts'
import type { StatementData } from './types.ts'

/** Made-up amounts for the samples, worked out by the shop's own arithmetic. */

const rateBp = 1300

function priced(say: Pick, includesTax: boolean, screenMinor: number) {
  const own = { serviceId: null, partId: null, taxCodeId: 1, rateBp, shares: [...onlyCustomer] }
  const lines = [
    {
      ...own,
      id: 1,
      kind: 'part' as const,
      description: say('屏幕总成', 'Screen assembly'),
      quantity: 1000,
      unitMinor: screenMinor,
      discountMinor: 0,
      standardMinutes: 0,
      warrantyMonths: 6,
    },
    {
      ...own,
      id: 2,
      kind: 'labour' as const,
      description: say('更换屏幕（工时）', 'Screen replacement, labour'),
      quantity: 1500,
      unitMinor: 8000,
      discountMinor: 1000,
      standardMinutes: 45,
      warrantyMonths: 3,
    },
  ]
  const { lines: amounts, ...sums } = documentAmounts(lines, includesTax)
  const none = { netMinor: 0, taxMinor: 0, grossMinor: 0 }
  return { sums, lines: lines.map((line, index) => ({ ...line, ...(amounts[index] ?? none) })) }
}

function option(say: Pick, includesTax: boolean, no: 1 | 2): QuoteOption {
  const { sums, lines } = priced(say, includesTax, no === 1 ? 68000 : 42000)
  const { rates, ...amounts } = sums
  return {
    no,
    title: no === 1 ? say('原厂屏幕', 'Original screen') : say('兼容屏幕', 'Compatible screen'),
    days: no === 1 ? 3 : 1,
    quality: no === 1 ? say('原厂新件', 'original, new') : say('品牌兼容件', 'compatible brand part'),
    lines,
    ...amounts,
    taxes: [...rates],
    payers: [{ payer: 'customer', customerId: null, customerName: null, grossMinor: amounts.grossMinor }],
    customerMinor: amounts.grossMinor,
  }
}

export function sampleQuote(say: Pick, includesTax: boolean): Quote {
  return {
    id: 1,
    uid: sampleUid,
    version: 1,
    repairId: 1,
    repairUid: sampleUid,
    number: `${sampleNumber}-Q1`,
    revision: 1,
    state: 'sent',
    pricesIncludeTax: includesTax,
    validUntil: '2026-03-23',
    note: '',
    benchFeeMinor: 5000,
    options: [option(say, includesTax, 1), option(say, includesTax, 2)],
    createdAt: sampleAt,
    createdBy: say('李工', 'Sam Bench'),
    sentAt: sampleAt,
    sentBy: null,
    sentWay: 'print',
    decision: null,
  }
}

/** The same lines on the bill, for the warranty they give. */
export function sampleCharges(say: Pick): ChargeLine[] {
  return priced(say, true, 68000).lines.map((line) => ({
    ...line,
    uid: sampleUid,
    source: 'quote',
    invoiceId: null,
    invoiceNumber: null,
    waivedAt: null,
    waiveReason: '',
  }))
}

export function sampleInvoice(say: Pick, includesTax: boolean, currency: string): Invoice {
  const { sums, lines } = priced(say, includesTax, 68000)
  const { rates, ...amounts } = sums
  const paidMinor = 50000
  return {
    id: 1,
    uid: sampleUid,
    number: '20260312001',
    kind: 'invoice',
    state: 'part_paid',
    customerId: 1,
    customerName: say('张三（样张）', 'Alex Sample'),
    repairUid: sampleUid,
    repairNumber: sampleNumber,
    issuedOn: '2026-03-12',
    dueOn: '2026-03-26',
    openMinor: amounts.grossMinor - paidMinor,
    issuedAt: sampleAt + 3 * sampleDay,
    issuedBy: say('王前台', 'Kim Counter'),
    currency,
    pricesIncludeTax: includesTax,
    customerAddress: say('示例路 1 号', '1 Example Street'),
    customerTaxNumber: '',
    lines: lines.map((line, index) => ({
      ...line,
      no: index + 1,
      chargeLineId: line.id,
      creditedMinor: 0,
    })),
    ...amounts,
    roundingMinor: 0,
    taxes: [...rates],
    original: null,
    creditNotes: [],
    reason: '',
    voided: null,
    applied: [],
    payments: [
      {
        uid: sampleUid,
        number: 'R20260312001',
        method: 'cash',
        at: sampleAt + 3 * sampleDay,
        amountMinor: paidMinor,
      },
    ],
    note: '',
  }
}

export function sampleCreditNote(say: Pick, includesTax: boolean, currency: string): Invoice {
  const invoice = sampleInvoice(say, includesTax, currency)
  return {
    ...invoice,
    kind: 'credit_note',
    state: 'credited',
    number: '20260313001',
    issuedOn: '2026-03-13',
    openMinor: 0,
    payments: [],
    original: { uid: sampleUid, number: invoice.number },
    reason: say('屏幕有缺陷，退货。', 'The screen was faulty and was returned.'),
  }
}

export function samplePayment(say: Pick, kind: Payment['kind']): Payment {
  const isDeposit = kind === 'deposit'
  return {
    id: 1,
    uid: sampleUid,
    number: isDeposit ? 'R20260309001' : 'R20260312001',
    kind,
    method: 'cash',
    amountMinor: isDeposit ? 10000 : 50000,
    tenderedMinor: isDeposit ? 10000 : 60000,
    at: isDeposit ? sampleAt : sampleAt + 3 * sampleDay,
    on: isDeposit ? '2026-03-09' : '2026-03-12',
    by: say('王前台', 'Kim Counter'),
    customerId: 1,
    customerName: say('张三（样张）', 'Alex Sample'),
    repairUid: sampleUid,
    repairNumber: sampleNumber,
    reference: '',
    note: '',
    allocations: isDeposit
      ? []
      : [{ invoiceUid: sampleUid, invoiceNumber: '20260312001', amountMinor: 50000 }],
    reversedBy: null,
    reverses: null,
  }
}

export function sampleStatement(): StatementData['statement'] {
  const row = (on: string, kind: string, number: string, amountMinor: number, balanceMinor: number) => ({
    at: sampleAt,
    on,
    kind,
    number,
    repairNumber: sampleNumber,
    amountMinor,
    balanceMinor,
  })
  return {
    openingMinor: 12000,
    rows: [
      row('2026-03-05', 'payment', 'R20260305002', -12000, 0),
      row('2026-03-12', 'invoice', '20260312001', 79000, 79000),
      row('2026-03-12', 'payment', 'R20260312001', -50000, 29000),
    ],
    closingMinor: 29000,
    depositMinor: 0,
  }
}

export function sampleShift(say: Pick): ShiftReport {
  const person = say('王前台', 'Kim Counter')
  return {
    id: 1,
    uid: sampleUid,
    version: 1,
    number: 'Z20260312-1',
    seatName: say('前台 1', 'Counter 1'),
    openedAt: sampleAt,
    openedBy: person,
    closedAt: sampleAt + sampleDay / 3,
    closedBy: person,
    forced: false,
    floatMinor: 30000,
    methods: [
      { method: 'cash', inMinor: 186000, outMinor: 12000, count: 9 },
      { method: 'wechat', inMinor: 243500, outMinor: 0, count: 11 },
      { method: 'card', inMinor: 99000, outMinor: 0, count: 3 },
    ],
    cashMoves: [{ at: sampleAt, amountMinor: -5000, reason: say('付快递费', 'Courier paid'), by: person }],
    expectedMinor: 199000,
    countedMinor: 198500,
    differenceMinor: -500,
    leftMinor: 30000,
    note: '',
    invoices: 14,
    invoicedMinor: 512300,
    depositsMinor: 40000,
    refundsMinor: 12000,
  }
}
