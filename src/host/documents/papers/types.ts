import type { Invoice, Payment, RepairMoney } from '#contract/billing.ts'
import type { ChargeLine } from '#contract/charges.ts'
import type { Customer } from '#contract/customers.ts'
import type { Disposal } from '#contract/disposals.ts'
import type { PaperSize } from '#contract/documents.ts'
import type { Label, Language } from '#contract/fields.ts'
import type { Loan } from '#contract/loaners.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Notice } from '#contract/notices.ts'
import type { Quote } from '#contract/quotes.ts'
import type { Repair } from '#contract/repairs.ts'
import type { ShiftReport } from '#contract/shifts.ts'
import type { RepairPart } from '#contract/stock.ts'
import type { ExternalJob, LabourLine, TestRun } from '#contract/work.ts'

/**
 * What the papers from quote to Z-report are made of: rows as the contract answers them. There is no field for a
 * passcode, so none can ever be printed.
 */

/** The shop as it stands at the head of its papers. */
export interface PaperShop {
  name: string
  address: string
  phone: string
  taxNumber: string
  bankAccount: string
  /** PNG or JPEG bytes; anything else is left out. */
  logo: Uint8Array | null
  /** IANA time zone in which `…At` is printed. */
  timeZone: string
  /** ISO 4217 code; amounts are in its minor units. */
  currency: string
  /** Terms of quotes and invoices in the paper's language. */
  terms: string
}

interface PaperBase {
  language: Language
  size: PaperSize
  shop: PaperShop
}

export interface QuoteData extends PaperBase {
  kind: 'quote'
  quote: Quote
  repair: Repair
  /** null: a unit of the shop's own. */
  customer: Customer | null
  /** As drawn on screen when the customer approved. */
  signature: Uint8Array | null
}

export interface JobCardData extends PaperBase {
  kind: 'job_card'
  repair: Repair
  /** What the QR code opens. */
  link: string
  labour: readonly LabourLine[]
  parts: readonly RepairPart[]
  tests: readonly Label[]
}

export interface TestReportData extends PaperBase {
  kind: 'test_report'
  repair: Repair
  customer: Customer | null
  run: TestRun
}

export interface ServiceReportData extends PaperBase {
  kind: 'service_report'
  repair: Repair
  /** Where the customer sees the report; null: no code is printed. */
  link: string | null
  customer: Customer | null
  labour: readonly LabourLine[]
  parts: readonly RepairPart[]
  external: readonly ExternalJob[]
  /** The last one counts. */
  tests: readonly TestRun[]
  /** The repair's bill, for the warranty that each line gives. */
  lines: readonly ChargeLine[]
}

export interface LoanerData extends PaperBase {
  kind: 'loaner_agreement'
  loan: Loan
  /** Minor units; null when it is not known any more. */
  valueMinor: number | null
  customer: Customer | null
  signature: Uint8Array | null
}

export interface LetterData extends PaperBase {
  kind: 'letter'
  repair: Repair
  customer: Customer | null
  /** What a person wrote or left as it was proposed. */
  notice: Pick<Notice, 'kind' | 'subject' | 'body' | 'createdAt' | 'createdBy'>
}

/** What became of a device nobody collected. */
export interface DisposalData extends PaperBase {
  kind: 'disposal_record'
  repair: Repair
  customer: Customer | null
  disposal: Disposal
  notices: readonly Pick<Notice, 'kind' | 'channel' | 'address' | 'state' | 'createdAt'>[]
  money: Pick<RepairMoney, 'depositMinor' | 'openMinor' | 'payments'>
  /** Invoices that were paid out of what is held, and receipts by which some of it went back. */
  paid: readonly { readonly number: string; readonly amountMinor: number }[]
  given: readonly { readonly number: string; readonly amountMinor: number }[]
  /** It went to somebody else, which it could only without the owner's data. */
  wiped: boolean
}

export interface InvoiceData extends PaperBase {
  kind: 'invoice'
  invoice: Invoice
}

export interface ReceiptData extends PaperBase {
  kind: 'receipt'
  payment: Payment
  /** What is left to pay on each invoice the money went to. */
  open: readonly { number: string; openMinor: number }[]
  /** Deposits held for the repair after this one; null when that is not asked. */
  depositHeldMinor: number | null
  /** The money is what the sale of a device nobody collected left: this buyer paid it, not the device's owner. */
  soldTo: string | null
}

export interface StatementData extends PaperBase {
  kind: 'statement'
  customer: Customer
  from: string
  to: string
  statement: OutputOf<'payments.statement'>
}

export interface ShiftData extends PaperBase {
  kind: 'shift_report'
  report: ShiftReport
}

export type PaperData =
  | QuoteData
  | JobCardData
  | TestReportData
  | ServiceReportData
  | LoanerData
  | LetterData
  | DisposalData
  | InvoiceData
  | ReceiptData
  | StatementData
  | ShiftData

/** What a sample is made with: the shop's own head, and whether its prices are with tax. */
export interface SampleShop extends PaperBase {
  pricesIncludeTax: boolean
}
