/**
 * How everything about one customer is reached, table by table: `:records` is the JSON list of the customer's record
 * and of those merged into it. What a person takes along and what is erased follow from it. Pure.
 */
const records = '(SELECT value FROM json_each(:records))'
const repairs = `(SELECT id FROM repairs WHERE customer_id IN ${records})`
const devices = `(SELECT id FROM devices WHERE owner_id IN ${records})`
const quotes = `(SELECT id FROM quotes WHERE repair_id IN ${repairs})`
const invoices = `(SELECT id FROM invoices WHERE customer_id IN ${records})`
const ofRepair = `repair_id IN ${repairs}`

export const reachOf = {
  customers: `id IN ${records}`,
  customer_phones: `customer_id IN ${records}`,
  customer_contacts: `customer_id IN ${records}`,
  devices: `owner_id IN ${records}`,
  device_owners: `customer_id IN ${records}`,
  device_defects: `device_id IN ${devices}`,
  repairs: `customer_id IN ${records}`,
  repair_accessories: ofRepair,
  repair_attempts: ofRepair,
  repair_checks: ofRepair,
  repair_log: ofRepair,
  repair_parts: ofRepair,
  repair_passcodes: ofRepair,
  labour_lines: ofRepair,
  test_runs: ofRepair,
  test_run_items: `run_id IN (SELECT id FROM test_runs WHERE ${ofRepair})`,
  external_jobs: ofRepair,
  disposals: ofRepair,
  loans: ofRepair,
  quotes: ofRepair,
  quote_options: `quote_id IN ${quotes}`,
  quote_lines: `option_id IN (SELECT id FROM quote_options WHERE quote_id IN ${quotes})`,
  charge_lines: ofRepair,
  invoices: `customer_id IN ${records}`,
  invoice_lines: `invoice_id IN ${invoices}`,
  invoice_voids: `invoice_id IN ${invoices}`,
  payments: `customer_id IN ${records}`,
  money_transactions: `customer_id IN ${records}`,
  goods_moves: ofRepair,
  notices: ofRepair,
  report_links: ofRepair,
  attachments: ofRepair,
} as const satisfies Readonly<Record<string, string>>
export type ReachedTable = keyof typeof reachOf

/** What stands in the place of a name that was erased; it is the same in every language. */
export const erasedName = '—'

/**
 * What erasing writes into rows that stay, as SQL. Devices keep make and model for statistics but not the numbers that
 * tell one from all others: who comes back with one after erasing begins anew.
 */
export const cleared: Readonly<Partial<Record<ReachedTable, string>>> = {
  customers: `name = '${erasedName}', name_key = '', email = NULL, address = '', tax_number = '', language = NULL,
    channel = 'none', consent_to_contact = 0, consent_at = NULL, notes = '', on_account = 0, payment_days = 0,
    erased_at = :now, updated_at = :now, version = version + 1`,
  devices: `serial = '', serial_key = NULL, imei1 = NULL, imei2 = NULL, purchased_on = NULL, purchase_proof = 'none',
    seller = '', notes = '', account_locked = NULL, updated_at = :now, version = version + 1`,
  repairs: `internal_note = '', other_reference = '', may_collect = '', collected_by = '', no_signature_note = '',
    signature_uid = NULL, version = version + 1`,
  repair_accessories: `serial = ''`,
  external_jobs: `serial_out = '', serial_back = ''`,
  loans: `signature_uid = NULL`,
  quotes: `signature_uid = NULL, decided_by = ''`,
  notices: `address = '', subject = '', body = '', problem = '', next_try_at = NULL,
    state = CASE state WHEN 'queued' THEN 'failed' ELSE state END`,
}

/** Free texts that say what was done to a device: only the person's names, phones and addresses go out of them. */
export const named: Readonly<Partial<Record<ReachedTable, readonly string[]>>> = {
  repairs: ['fault_text', 'lock_note', 'suspend_reason', 'override_reason'],
  device_defects: ['text'],
  repair_accessories: ['name'],
  repair_attempts: ['findings'],
  repair_checks: ['note'],
  repair_parts: ['reason'],
  labour_lines: ['description', 'note'],
  test_runs: ['note'],
  test_run_items: ['note'],
  external_jobs: ['reference', 'note'],
  loans: ['condition_out', 'condition_in'],
  quotes: ['note', 'decision_note'],
  quote_options: ['title'],
  quote_lines: ['description'],
  charge_lines: ['description', 'waive_reason'],
}

/** Rows that are about the person and nothing else. */
export const deletedRows = [
  'customer_phones',
  'customer_contacts',
  'repair_passcodes',
  'report_links',
  'attachments',
] as const satisfies readonly ReachedTable[]

/** Columns of a person that stay because, without the others, they say nothing of anybody: for statistics. */
export const leftColumns: Readonly<Partial<Record<ReachedTable, string>>> = {
  customers: 'kind tier',
  devices: 'owner_id',
  device_owners: 'customer_id from_at to_at',
  repairs: 'customer_id satisfaction backup source_key place country barrier',
  loans: 'customer_id',
  quotes: 'decided_way',
}
