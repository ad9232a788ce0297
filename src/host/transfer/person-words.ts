import type { Language } from '#contract/fields.ts'
import type { PersonWords } from './person-words-kind.ts'
import { personWordsEn } from './person-words-en.ts'
import { personWordsZh } from './person-words-zh.ts'

/**
 * Columns about a person that say nothing to a reader: numbers of other rows, forms of what is shown beside them, the
 * names of pictures' files, and what opens a door. They are in the file for machines, except passcodes and links.
 */
export const unreadColumns: readonly string[] = [
  'customers.name_key',
  'customer_phones.digits',
  'devices.serial_key',
  'devices.owner_id',
  'device_owners.customer_id',
  'repairs.customer_id',
  'repairs.source_key',
  'repairs.signature_uid',
  'loans.customer_id',
  'loans.signature_uid',
  'quotes.signature_uid',
  'attachments.sha256',
  'repair_passcodes.kind',
  'repair_passcodes.sealed',
  'report_links.token',
  'invoices.customer_id',
  'payments.customer_id',
  'money_transactions.customer_id',
  'repair_log.detail',
]

export const personWords: Readonly<Record<Language, PersonWords>> = {
  'zh-CN': personWordsZh,
  en: personWordsEn,
}
