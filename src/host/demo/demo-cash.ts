import { randomUUID } from 'node:crypto'
import { onlyCustomer, type PricedLineInput } from '#contract/charges.ts'
import type { Language } from '#contract/fields.ts'
import { addDays, type Actor, type App } from '#core/app.ts'
import type { DemoStore } from './demo-store.ts'

/** Quotes, parts, labour, invoices and payments of the demonstration, through the commands a person would use. */
export interface DemoCash {
  readonly app: App
  readonly store: DemoStore
  readonly language: Language
  readonly technician: Actor
  readonly counter: Actor
  readonly manager: Actor
}

/** The repair a step is about; `problem` is its seed code, `index` its place in the data. */
export interface DemoJob {
  readonly repairId: number
  readonly problem: string
  readonly index: number
  readonly today: string
  readonly customerName: string
  /** Billed by statement: takes the device along and pays later. */
  readonly onAccount: boolean
}

const words = {
  'zh-CN': {
    options: [
      { title: '原厂配件', quality: '原厂件' },
      { title: '兼容配件', quality: '品牌兼容件' },
    ],
    found: '检测确认故障，建议更换配件。',
    phone: '电话同意',
  },
  en: {
    options: [
      { title: 'Original part', quality: 'original part' },
      { title: 'Compatible part', quality: 'brand-name compatible part' },
    ],
    found: 'Fault confirmed, the part should be replaced.',
    phone: 'Agreed on the phone',
  },
} as const

/** A part that cures the problem and the work; a compatible part is a third off. */
function linesFor({ store, language }: DemoCash, problem: string, compatible: boolean): PricedLineInput[] {
  const { labour, taxCodeId } = store
  const shared = { quantity: 1000, discountMinor: 0, taxCodeId, shares: [...onlyCustomer] }
  const part = store.partFor(problem)
  const work: PricedLineInput = {
    ...shared,
    kind: 'labour',
    serviceId: null,
    partId: null,
    description: language === 'zh-CN' ? labour.zh : labour.en,
    unitMinor: labour.priceMinor,
    standardMinutes: labour.standardMinutes,
    warrantyMonths: 3,
  }
  if (!part) return [work]
  const fitted: PricedLineInput = {
    ...shared,
    kind: 'part',
    serviceId: null,
    partId: part.id,
    description: language === 'zh-CN' ? part.zh : part.en,
    unitMinor: compatible ? Math.round((part.priceMinor * 2) / 300) * 100 : part.priceMinor,
    standardMinutes: 0,
    warrantyMonths: compatible ? 3 : part.months,
  }
  return [fitted, work]
}

/** Findings, then a quote with one option, told the customer on the phone. */
export function quoteJob(cash: DemoCash, job: DemoJob, codeIds: readonly number[]): void {
  const { app, technician, language } = cash
  const { repairId, today } = job
  const say = words[language]
  const { version } = app.run('repairs.get', { number: numberOf(cash, job) }, technician)
  const found = { commandId: randomUUID(), repairId, version, findings: say.found, codeIds: [...codeIds] }
  app.run('work.recordFindings', found, technician)
  // Without a part to choose there is one way to do it.
  const ways = cash.store.partFor(job.problem) ? say.options : say.options.slice(0, 1)
  const options = ways.map((way, index) => ({
    ...way,
    days: 2 - index,
    lines: linesFor(cash, job.problem, index === 1),
  }))
  const draft = {
    commandId: randomUUID(),
    repairId,
    draft: null,
    validUntil: addDays(today, 7),
    note: '',
    benchFeeMinor: 5000,
    options,
  }
  const quote = app.run('quotes.save', draft, technician)
  const sent = { commandId: randomUUID(), quoteId: quote.id, version: quote.version, way: 'phone' as const }
  app.run('quotes.send', sent, technician)
}

/** The customer says yes on the phone: lines, parts and labour are planned by it. */
export function approveJob(cash: DemoCash, job: DemoJob): void {
  const { app, counter, language } = cash
  const [quote] = app.run('quotes.ofRepair', { repairId: job.repairId }, counter).quotes
  if (quote?.state !== 'sent') return
  const answer = { optionNo: 1, by: job.customerName, way: 'phone' as const, signatureUid: null }
  const { id: quoteId, version } = quote
  const said = { commandId: randomUUID(), quoteId, version, ...answer, note: words[language].phone }
  app.run('quotes.approve', said, counter)
}

/** Planned parts are fetched from the shelf and built in; the time is written down. */
export function workJob(cash: DemoCash, job: DemoJob): void {
  const { app, technician } = cash
  const { repairId, today, index } = job
  for (const line of app.run('stock.ofRepair', { repairId }, technician)) {
    if (line.state !== 'planned' && line.state !== 'reserved') continue
    const code = line.serialised ? serialOf(cash, line.partId) : line.partNumber
    if (line.available <= 0 && line.state === 'planned') continue
    const issue = { repairId, repairPartId: line.id, code, quantity: null, binId: null, overrideReason: null }
    const issued = app.run('stock.issue', { commandId: randomUUID(), ...issue }, technician)
    const ended = { result: 'used' as const, quantity: null, serial: '', oldSerial: '', reason: '' }
    const target = { repairPartId: issued.id, version: issued.version, personId: null, binId: null }
    app.run('stock.settle', { commandId: randomUUID(), ...target, ...ended }, technician)
  }
  for (const line of app.run('work.ofRepair', { repairId }, technician).labour) {
    if (line.doneOn !== null) continue
    const { id: labourId, version, serviceId, description, standardMinutes, note } = line
    const spent = { serviceId, description, standardMinutes, note, actualMinutes: 30 + (index % 4) * 10 }
    const credits = [{ userId: technician.userId ?? 0, shareBp: 10_000 }]
    const done = { commandId: randomUUID(), labourId, version, ...spent, doneOn: today, credits }
    app.run('work.updateLabour', done, technician)
  }
}

function serialOf({ app, manager }: DemoCash, partId: number): string {
  const { rows } = app.run('stock.parts', { limit: 200 }, manager)
  const uid = rows.find((part) => part.id === partId)?.uid ?? ''
  const { serials } = app.run('stock.getPart', { uid }, manager)
  return serials.find((one) => one.kind === 'bin')?.serial ?? ''
}

function numberOf({ app, manager }: DemoCash, { repairId }: DemoJob): string {
  return app.run('notices.facts', { repairId }, manager).number
}

const methods = ['wechat', 'alipay', 'card'] as const

/** Invoiced at the counter, and paid there unless the customer has an account. */
export function billJob(cash: DemoCash, job: DemoJob): void {
  const { app, counter, manager } = cash
  const { repairId, index } = job
  const { unbilled } = app.run('charges.ofRepair', { repairId }, manager)
  if (unbilled.grossMinor <= 0) return
  const bill = { repairIds: [repairId], payer: 'customer' as const, customerId: null, cashRounding: false }
  const invoice = app.run(
    'invoices.issue',
    { commandId: randomUUID(), ...bill, dueOn: null, note: '', expectedGrossMinor: null },
    counter,
  )
  if (invoice.openMinor <= 0 || job.onAccount) return
  const method = methods[index % methods.length] ?? 'card'
  const amountMinor = invoice.openMinor
  const allocations = [{ invoiceId: invoice.id, amountMinor }]
  const paid = { method, amountMinor, tenderedMinor: null, reference: '', note: '', allocations }
  app.run('payments.take', { commandId: randomUUID(), ...paid }, counter)
}

/** Some customers leave something when they bring the device. */
export function depositJob({ app, counter }: DemoCash, { repairId, index }: DemoJob): void {
  const method = methods[index % methods.length] ?? 'card'
  const given = { method, amountMinor: 10_000, tenderedMinor: null, reference: '', note: '', repairId }
  app.run('payments.takeDeposit', { commandId: randomUUID(), ...given }, counter)
}

/** The customer takes a loaner along. */
export function lendJob(
  { app, counter, store }: DemoCash,
  { repairId, today }: DemoJob,
  which: number,
): void {
  const loanerId = store.loaners[which]
  if (loanerId === undefined) return
  const terms = { dueOn: addDays(today, 7), conditionOut: '', signatureUid: null }
  app.run('loaners.lend', { commandId: randomUUID(), loanerId, repairId, ...terms }, counter)
}
