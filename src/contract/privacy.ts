import { z } from 'zod'
import { changed, id, language, uid, version } from './fields.ts'
import { command, query, task } from './method.ts'

/** Whom data tells something about. */
export const dataSubjects = ['customer', 'staff', 'other'] as const
/** What becomes of it when a customer is erased. */
export const erasures = ['masked', 'deleted', 'kept', 'not_touched'] as const

/** One thing the shop keeps about people: the window has its words under `privacy.data.<key>`. */
export const personalData = z.object({
  key: z.string(),
  subject: z.enum(dataSubjects),
  erasure: z.enum(erasures),
  /** Which setting says how long, with its value; null where nothing ends it but erasing. */
  kept: z.object({ setting: z.string(), value: z.int() }).nullable(),
  /** `table.column` of everything that holds it. */
  columns: z.array(z.string()),
})
export type PersonalData = z.output<typeof personalData>

/** What stands against erasing a person: codes of `privacy.*` errors with what they name. */
export const eraseBlocker = z.object({
  code: z.enum(['privacy.repair_open', 'privacy.money_open', 'privacy.loaner_out']),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type EraseBlocker = z.output<typeof eraseBlocker>

export const erasePreview = z.object({
  customerId: id,
  version,
  blockers: z.array(eraseBlocker),
  records: z.int(),
  repairs: z.int(),
  devices: z.int(),
  pictures: z.int(),
  messages: z.int(),
  /** Invoices, credit notes and receipts that name the person and stay. */
  documents: z.int(),
  documentsYears: z.int(),
})

/** How many are due now by the present settings; counted up to a limit, then `more`. */
const due = z.object({ count: z.int(), more: z.boolean() })
export const retentionDue = z.object({
  customers: due,
  pictures: due,
  messages: due,
  drafts: due,
  importRows: due,
})
export type RetentionDue = z.output<typeof retentionDue>

export const privacyContract = {
  /** What is kept about whom, in which columns and for how long: made from the classes of all columns. */
  inventory: query('settings.manage', {}, z.array(personalData)),
  /** What the rules of retention would erase now. */
  retentionDue: query('settings.manage', {}, retentionDue),
  /** What erasing a customer would do, and what stands against it. */
  erasePreview: query('privacy.erase', { customerUid: uid }, erasePreview),
  /**
   * Erases a person: contact data, pictures and messages go, texts no longer name them, documents the law asks for
   * stay. Cannot be undone. Errors: `privacy.repair_open`, `privacy.money_open`, `privacy.loaner_out`,
   * `customer.erased`, `customer.merged`, `stale`.
   */
  erasePerson: command('privacy.erase', { customerId: id, version }, changed),
  /** Everything about one customer as a ZIP: to read, and for a machine. */
  exportPerson: task('data.export', { customerUid: uid, language: language.optional() }, z.file()),
}

/** So long is kept what is not erased earlier; 0 is for ever. */
export const retention = z.strictObject({
  /** Years without any repair or change after which a customer is erased. */
  inactiveCustomerYears: z.int().min(0).max(100),
  /** Years after a repair was closed at which its photos and signatures go. */
  attachmentsYears: z.int().min(0).max(100),
  /** Years after which the text of a message to a customer goes; that it was sent stays. */
  messagesYears: z.int().min(0).max(100),
  /** Years for which the law wants invoices and receipts kept. */
  documentsYears: z.int().min(0).max(100),
  /** Days without use after which an unfinished intake goes. */
  draftsDays: z.int().min(0).max(3650),
  /** Days after which rows that an import refused go. */
  importRowsDays: z.int().min(0).max(3650),
})
export type Retention = z.output<typeof retention>
