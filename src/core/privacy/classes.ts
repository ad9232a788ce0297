import type { PersonalData } from '#contract/privacy.ts'
import type { Retention } from '#contract/privacy.ts'

/**
 * What of the schema tells something about a person, in what way, and what becomes of it (domain Q39). Every column
 * stands either here or in plain-columns.ts, which a test proves: a new one cannot be forgotten. Pure.
 */
export interface DataClass {
  readonly key: string
  readonly subject: PersonalData['subject']
  readonly erasure: PersonalData['erasure']
  /** The setting that ends it by itself; null: it lasts until it is erased, or as long as the file. */
  readonly kept: keyof Retention | 'passcodePurgeDays' | null
  readonly columns: Readonly<Record<string, string>>
}

/** Columns are written `a b c`, per table. */
export const dataClasses: readonly DataClass[] = [
  {
    key: 'contact',
    subject: 'customer',
    erasure: 'masked',
    kept: 'inactiveCustomerYears',
    columns: {
      customers:
        'name name_key email address tax_number language channel consent_to_contact consent_at notes tier kind',
      customer_phones: 'number label digits',
      customer_contacts: 'name role phone email',
    },
  },
  {
    key: 'devices',
    subject: 'customer',
    erasure: 'masked',
    kept: 'inactiveCustomerYears',
    columns: {
      devices:
        'serial serial_key imei1 imei2 purchased_on purchase_proof seller notes owner_id account_locked',
      device_owners: 'customer_id from_at to_at',
      device_defects: 'text',
      repair_accessories: 'name serial',
      external_jobs: 'serial_out serial_back reference note',
    },
  },
  {
    key: 'repairs',
    subject: 'customer',
    erasure: 'masked',
    kept: 'inactiveCustomerYears',
    columns: {
      repairs: `customer_id fault_text internal_note other_reference may_collect collected_by satisfaction
        no_signature_note lock_note override_reason suspend_reason backup source_key place country barrier`,
      repair_attempts: 'findings',
      repair_checks: 'note',
      labour_lines: 'note description',
      test_runs: 'note',
      test_run_items: 'note',
      repair_parts: 'reason',
      loans: 'customer_id condition_out condition_in',
      quotes: 'note decided_by decided_way decision_note',
      charge_lines: 'description waive_reason',
      quote_lines: 'description',
      quote_options: 'title',
    },
  },
  {
    key: 'pictures',
    subject: 'customer',
    erasure: 'deleted',
    kept: 'attachmentsYears',
    columns: {
      attachments: 'name sha256',
      repairs: 'signature_uid',
      quotes: 'signature_uid',
      loans: 'signature_uid',
    },
  },
  {
    key: 'passcodes',
    subject: 'customer',
    erasure: 'deleted',
    kept: 'passcodePurgeDays',
    columns: { repair_passcodes: 'kind sealed' },
  },
  {
    key: 'messages',
    subject: 'customer',
    erasure: 'masked',
    kept: 'messagesYears',
    columns: { notices: 'address subject body problem', report_links: 'token' },
  },
  {
    key: 'documents',
    subject: 'customer',
    erasure: 'kept',
    kept: 'documentsYears',
    columns: {
      invoices: 'customer_id customer_name customer_address customer_tax_number reason note',
      invoice_lines: 'description',
      invoice_voids: 'reason',
      payments: 'customer_id reference note',
      money_transactions: 'customer_id memo',
      money_entries: 'customer_id',
      money_balances: 'customer_id',
    },
  },
  {
    key: 'history',
    subject: 'customer',
    erasure: 'kept',
    kept: null,
    columns: {
      repair_log: 'text detail',
      audit_log: 'input',
      outbox: 'payload',
      goods_moves: 'note document',
    },
  },
  {
    key: 'drafts',
    subject: 'customer',
    erasure: 'deleted',
    kept: 'draftsDays',
    columns: { drafts: 'title content' },
  },
  {
    key: 'imports',
    subject: 'customer',
    erasure: 'deleted',
    kept: 'importRowsDays',
    columns: { import_rejects: 'cells params', import_runs: 'preview' },
  },
  {
    key: 'importKeys',
    subject: 'customer',
    erasure: 'deleted',
    kept: null,
    columns: { import_keys: 'key hash' },
  },
  {
    key: 'search',
    subject: 'customer',
    erasure: 'deleted',
    kept: 'inactiveCustomerYears',
    columns: { search_keys: 'key', search_words: 'word' },
  },
  {
    key: 'answers',
    subject: 'customer',
    erasure: 'deleted',
    kept: null,
    columns: { commands: 'result input_hash' },
  },
  {
    key: 'buyers',
    subject: 'other',
    erasure: 'not_touched',
    kept: null,
    columns: { disposals: 'buyer note void_reason', external_jobs: 'vendor' },
  },
  {
    key: 'staff',
    subject: 'staff',
    erasure: 'not_touched',
    kept: null,
    columns: {
      users: 'login login_key name language password_hash pin_hash failed_logins locked_until last_login_at',
      permission_reviews: 'note snapshot user_id',
      user_roles: 'user_id role_id',
    },
  },
  {
    key: 'staffActs',
    subject: 'staff',
    erasure: 'not_touched',
    kept: null,
    columns: staffColumns(),
  },
  {
    key: 'seats',
    subject: 'staff',
    erasure: 'not_touched',
    kept: null,
    columns: {
      seats: 'name address agent last_seen_at',
      sessions: 'token_hash user_id seat_id opened_at last_seen_at expires_at closed_at',
    },
  },
]

/** Who did something: ids of people, in the tables where what they did stands. */
function staffColumns(): Record<string, string> {
  return {
    attachments: 'created_by_id',
    audit_log: 'user_id seat_id',
    charge_lines: 'created_by_id',
    commands: 'user_id',
    disposals: 'user_id seat_id voided_by',
    drafts: 'user_id seat_id',
    external_jobs: 'sent_by_id back_by_id',
    goods_moves: 'person_id user_id seat_id',
    invoice_voids: 'user_id',
    invoices: 'issued_by_id',
    labour_credits: 'user_id share_bp',
    labour_lines: 'running_by_id',
    loans: 'lent_by_id returned_to_id',
    money_transactions: 'user_id seat_id',
    notices: 'created_by_id',
    payments: 'user_id seat_id',
    quotes: 'created_by_id sent_by_id recorded_by_id',
    repair_attempts: 'engineer_id',
    repair_log: 'user_id seat_id',
    repair_parts: 'person_id',
    repairs: 'engineer_id clerk_id verified_by_id',
    shifts: 'seat_id opened_by_id closed_by_id note',
    test_runs: 'user_id',
  }
}

/** `table.column` of everything a class holds. */
export function columnsOf({ columns }: DataClass): string[] {
  return Object.entries(columns).flatMap(([table, names]) =>
    names
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => `${table}.${name}`),
  )
}
