import { sizesOf } from '#contract/documents.ts'
import type { MoneyPaper, PaperKind, PaperSize, RepairPaper } from '#contract/documents.ts'
import type { Customer } from '#contract/customers.ts'
import type { Language } from '#contract/fields.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { Repair } from '#contract/repairs.ts'
import { AppError } from '#core/app.ts'
import type { PaperData, PaperShop, SampleShop } from '../documents/index.ts'
import { repairLink } from '../documents/link.ts'
import { program } from '../program.ts'
import { buyerOf, disposalFacts } from './disposal-data.ts'
import { customerLink, pictureOf } from './documents.ts'
import type { TaskContext } from './tasks.ts'

/**
 * The papers of repairs and of money. Who may print one is said by its method; what it shows is read as the program's
 * own act, because a paper shows the same whoever prints it.
 */

type Settings = OutputOf<'settings.get'>['settings']

/** The address at which customers reach the shop; null while there is none. */
export type ReportBase = (settings: Settings) => string | null

interface Desk {
  ctx: TaskContext
  settings: Settings
  reportBase: ReportBase
  asked: { language?: Language | undefined; size?: PaperSize | undefined }
}

/** A paper's data, and the number its file is named by. */
export interface Made {
  data: PaperData
  number: string
}

interface Base {
  language: Language
  size: PaperSize
  shop: PaperShop
}

function desk(ctx: TaskContext, asked: Desk['asked'], reportBase: ReportBase = () => null): Desk {
  return { ctx, asked, reportBase, settings: ctx.app.run('settings.get', {}, program).settings }
}

/** The size asked for where the paper has it; receipts follow the shop's printer otherwise. */
function sizeOf({ asked, settings }: Desk, kind: PaperKind): PaperSize {
  const sizes = sizesOf[kind]
  const roll = `${settings.receiptWidth}mm` as const
  const usual = kind === 'receipt' || kind === 'deposit_slip' ? roll : (sizes[0] ?? 'a4')
  return asked.size && sizes.includes(asked.size) ? asked.size : usual
}

async function baseOf(at: Desk, kind: PaperKind, customer: Customer | null): Promise<Base> {
  const { settings } = at
  const language = at.asked.language ?? customer?.language ?? settings.defaultLanguage
  return {
    language,
    size: sizeOf(at, kind),
    shop: {
      name: settings.name,
      address: settings.address,
      phone: settings.phone,
      taxNumber: settings.taxNumber,
      bankAccount: settings.bankAccount,
      logo: await pictureOf(at.ctx, settings.logoUid),
      timeZone: settings.timeZone,
      currency: settings.currency,
      terms: settings.invoiceTerms[language],
    },
  }
}

function customerOf({ ctx }: Desk, uid: string | null): Customer | null {
  return uid === null ? null : ctx.app.run('customers.get', { uid }, program)
}

/** The entry asked for, or the last one made. */
function chosen<T extends { id: number; uid: string }>(list: readonly T[], uid: string | undefined): T {
  const found =
    uid === undefined ? list.toSorted((a, b) => b.id - a.id)[0] : list.find((one) => one.uid === uid)
  if (!found) throw new AppError('document.nothing_to_print')
  return found
}

/** Who pays, when it is who brought the device; another payer's papers are in the shop's language. */
function payerOf(at: Desk, repairUid: string | null, customerId: number | null): Customer | null {
  if (repairUid === null) return null
  const repair = at.ctx.app.run('repairs.get', { uid: repairUid }, program)
  return repair.customerId === customerId ? customerOf(at, repair.customerUid) : null
}

async function quoteData(at: Desk, repair: Repair, entry: string | undefined): Promise<PaperData> {
  const { quotes } = at.ctx.app.run('quotes.ofRepair', { repairId: repair.id }, program)
  const quote = chosen(quotes, entry)
  const customer = customerOf(at, repair.customerUid)
  const signature = await pictureOf(at.ctx, quote.decision?.signatureUid ?? null)
  return { ...(await baseOf(at, 'quote', customer)), kind: 'quote', quote, repair, customer, signature }
}

/** For the shop's own people, so in the shop's language. */
async function jobCardData(at: Desk, repair: Repair): Promise<PaperData> {
  const { app } = at.ctx
  const target = { repairId: repair.id }
  return {
    ...(await baseOf(at, 'job_card', null)),
    kind: 'job_card',
    repair,
    link: repairLink(repair.uid),
    labour: app.run('work.ofRepair', target, program).labour,
    parts: app.run('stock.ofRepair', target, program),
    tests: app.run('work.testList', target, program).map((item) => item.label),
  }
}

async function testReportData(at: Desk, repair: Repair, entry: string | undefined): Promise<PaperData> {
  const { tests } = at.ctx.app.run('work.ofRepair', { repairId: repair.id }, program)
  const run = chosen(tests, entry)
  const customer = customerOf(at, repair.customerUid)
  return { ...(await baseOf(at, 'test_report', customer)), kind: 'test_report', repair, customer, run }
}

/** Its code leads the customer to the same report on the shop's own network, where that is shared. */
async function serviceReportData(at: Desk, repair: Repair): Promise<PaperData> {
  const { app } = at.ctx
  const target = { repairId: repair.id }
  const customer = customerOf(at, repair.customerUid)
  return {
    ...(await baseOf(at, 'service_report', customer)),
    kind: 'service_report',
    repair,
    link: customerLink(at.ctx, repair.uid, at.reportBase(at.settings)),
    customer,
    ...app.run('work.ofRepair', target, program),
    parts: app.run('stock.ofRepair', target, program),
    lines: app.run('charges.ofRepair', target, program).lines,
  }
}

async function loanerData(at: Desk, repair: Repair, entry: string | undefined): Promise<PaperData> {
  const { app } = at.ctx
  const loan = chosen(app.run('loaners.ofRepair', { repairId: repair.id }, program), entry)
  const loaners = app.run('loaners.list', { includeInactive: true }, program)
  const customer = customerOf(at, repair.customerUid)
  return {
    ...(await baseOf(at, 'loaner_agreement', customer)),
    kind: 'loaner_agreement',
    loan,
    valueMinor: loaners.find((one) => one.id === loan.loanerId)?.valueMinor ?? null,
    customer,
    signature: await pictureOf(at.ctx, loan.signatureUid),
  }
}

/** A notice as it was kept, in the language it was written in. */
async function letterData(at: Desk, repair: Repair, entry: string | undefined): Promise<PaperData> {
  const notice = chosen(at.ctx.app.run('notices.ofRepair', { repairId: repair.id }, program), entry)
  const customer = customerOf(at, repair.customerUid)
  const desk = { ...at, asked: { ...at.asked, language: notice.language } }
  return { ...(await baseOf(desk, 'letter', customer)), kind: 'letter', repair, customer, notice }
}

/** A paper of a repair. `document.nothing_to_print` when it has no such quote, test or loan. */
export async function repairPaper(
  ctx: TaskContext,
  input: InputOf<'documents.ofRepair'>,
  reportBase: ReportBase,
): Promise<Made> {
  const at = desk(ctx, input, reportBase)
  const repair = ctx.app.run('repairs.get', { uid: input.uid }, program)
  const { number } = repair
  const make: Record<RepairPaper, () => Promise<PaperData>> = {
    quote: () => quoteData(at, repair, input.entryUid),
    job_card: () => jobCardData(at, repair),
    test_report: () => testReportData(at, repair, input.entryUid),
    service_report: () => serviceReportData(at, repair),
    loaner_agreement: () => loanerData(at, repair, input.entryUid),
    letter: () => letterData(at, repair, input.entryUid),
    disposal_record: async () => {
      const customer = customerOf(at, repair.customerUid)
      const base = await baseOf(at, 'disposal_record', customer)
      return { ...base, ...disposalFacts(ctx, repair, input.entryUid), customer }
    },
  }
  return { data: await make[input.kind](), number }
}

async function invoiceData(at: Desk, uid: string): Promise<Made> {
  const { app } = at.ctx
  const invoice = app.run('invoices.get', { uid }, program)
  const customer = payerOf(at, invoice.repairUid, invoice.customerId)
  const base = await baseOf(at, invoice.kind, customer)
  // What was issued stays in its own currency, whatever the shop uses today.
  const shop = { ...base.shop, currency: invoice.currency }
  return { data: { ...base, shop, kind: 'invoice', invoice }, number: invoice.number }
}

/** Deposits held for the repair now. */
function depositHeld({ ctx }: Desk, repairUid: string | null): number | null {
  if (repairUid === null) return null
  const { id } = ctx.app.run('repairs.get', { uid: repairUid }, program)
  return ctx.app.run('charges.ofRepair', { repairId: id }, program).depositMinor
}

async function receiptData(at: Desk, uid: string): Promise<Made> {
  const { app } = at.ctx
  const payment = app.run('payments.get', { uid }, program)
  const soldTo = buyerOf(at.ctx, payment)
  const customer = soldTo === null ? payerOf(at, payment.repairUid, payment.customerId) : null
  const open = payment.allocations.map(({ invoiceUid }) => {
    const { number, openMinor } = app.run('invoices.get', { uid: invoiceUid }, program)
    return { number, openMinor }
  })
  const data: PaperData = {
    ...(await baseOf(at, 'receipt', customer)),
    kind: 'receipt',
    payment,
    open,
    depositHeldMinor:
      payment.kind === 'deposit' && soldTo === null ? depositHeld(at, payment.repairUid) : null,
    soldTo,
  }
  return { data, number: payment.number }
}

async function shiftData(at: Desk, uid: string): Promise<Made> {
  const report = at.ctx.app.run('shifts.get', { uid }, program)
  const data: PaperData = { ...(await baseOf(at, 'shift_report', null)), kind: 'shift_report', report }
  return { data, number: report.number }
}

/** An invoice or credit note, a receipt or deposit slip, a Z-report. */
export function moneyPaper(ctx: TaskContext, input: InputOf<'documents.money'>): Promise<Made> {
  const at = desk(ctx, input)
  const make: Record<MoneyPaper, (at: Desk, uid: string) => Promise<Made>> = {
    invoice: invoiceData,
    receipt: receiptData,
    shift_report: shiftData,
  }
  return make[input.kind](at, input.uid)
}

/** A customer's account between two days. */
export async function statementPaper(ctx: TaskContext, input: InputOf<'documents.statement'>): Promise<Made> {
  const { customerUid, from, to, language } = input
  const at = desk(ctx, { language })
  const customer = ctx.app.run('customers.get', { uid: customerUid }, program)
  const statement = ctx.app.run('payments.statement', { customerId: customer.id, from, to }, program)
  const base = await baseOf(at, 'statement', customer)
  return { data: { ...base, kind: 'statement', customer, from, to, statement }, number: `${from}-${to}` }
}

/** A made-up paper under the shop's own head and terms. */
export async function samplePaperOf(
  ctx: TaskContext,
  input: InputOf<'documents.sample'>,
): Promise<SampleShop> {
  const at = desk(ctx, input)
  return { ...(await baseOf(at, input.kind, null)), pricesIncludeTax: at.settings.pricesIncludeTax }
}
