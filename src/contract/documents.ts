import { z } from 'zod'
import { language, on, uid } from './fields.ts'
import { task } from './method.ts'

export const documentKinds = ['intake_a4', 'intake_80mm', 'device_label', 'accessory_labels'] as const

/** Papers of one repair. */
export const repairPapers = [
  'quote',
  'job_card',
  'test_report',
  'service_report',
  'loaner_agreement',
  'letter',
  'disposal_record',
] as const
export type RepairPaper = (typeof repairPapers)[number]

/** Papers that show what was charged and paid. A credit note is an invoice, a deposit slip or a refund a receipt. */
export const moneyPapers = ['invoice', 'receipt', 'shift_report'] as const
export type MoneyPaper = (typeof moneyPapers)[number]

/** Every paper there is a sample of. */
export const paperKinds = [
  ...repairPapers,
  'invoice',
  'credit_note',
  'receipt',
  'deposit_slip',
  'statement',
  'shift_report',
] as const
export type PaperKind = (typeof paperKinds)[number]

export const paperSizes = ['a4', 'a5', '80mm', '58mm'] as const
export type PaperSize = (typeof paperSizes)[number]

const pages = ['a4', 'a5'] as const
const rolls = ['80mm', '58mm'] as const

/**
 * The sizes a paper is made in, the usual one first; another one is printed in the usual. Receipts follow the
 * shop's setting when none is asked for.
 */
export const sizesOf: Readonly<Record<PaperKind, readonly PaperSize[]>> = {
  quote: ['a4'],
  job_card: ['a4'],
  test_report: pages,
  service_report: ['a4'],
  loaner_agreement: ['a4'],
  letter: ['a4'],
  disposal_record: ['a4'],
  invoice: pages,
  credit_note: pages,
  receipt: rolls,
  deposit_slip: rolls,
  shift_report: ['80mm', 'a4'],
  statement: ['a4'],
}

const look = { language: language.optional(), size: z.enum(paperSizes).optional() }

/** Every answer is a PDF in the customer's language, or the one asked for. */
export const documentsContract = {
  /** Several repairs give one file. */
  render: task(
    'documents.print',
    {
      kind: z.enum(documentKinds),
      repairUids: z.array(uid).min(1).max(50),
      language: language.optional(),
    },
    z.file(),
  ),
  /** `document.nothing_to_print` when the repair has no quote, test or loan of that kind. */
  ofRepair: task(
    'documents.print',
    {
      kind: z.enum(repairPapers),
      /** The repair. */
      uid,
      /** Which of its quotes, tests, loans, notices or disposals; the newest without it. */
      entryUid: uid.optional(),
      ...look,
    },
    z.file(),
  ),
  /** `uid` of the invoice or credit note, of the payment, of the shift. */
  money: task('billing.read', { kind: z.enum(moneyPapers), uid, ...look }, z.file()),
  /** A customer's account from one day to another. */
  statement: task(
    'billing.read',
    { customerUid: uid, from: on, to: on, language: language.optional() },
    z.file(),
  ),
  /** A made-up paper under the shop's own head and terms, to see what it will look like. */
  sample: task('settings.manage', { kind: z.enum(paperKinds), ...look, language }, z.file()),
}
