/*
 * Where the values of the contract's fields stand in the shop's file: each source answers rows whose columns have the
 * names of fields, so that an input's repair, its version and its invoice can be ones that belong together.
 */

/** Rows of one kind of record. */
export interface Source {
  /** The field that names such a record; with a module, also that module's plain `uid` or `number`. */
  readonly key: string
  readonly module?: string
  /** Columns are fields; `kind_` puts rows into groups that are drawn equally often, however many are in them. */
  readonly sql: string
}

const entry = (key: string, kind: string): Source => ({
  key,
  sql: `SELECT id AS ${key} FROM dictionary_entries WHERE kind = '${kind}' AND active ORDER BY id DESC`,
})

/** What the customer still owes of an invoice. */
const open = `coalesce((SELECT b.amount_minor FROM money_balances b WHERE b.account = 'receivable' AND b.subject = i.id), 0)`
/** What the shop holds of a repair's deposit. */
const held = `coalesce((SELECT -b.amount_minor FROM money_balances b WHERE b.account = 'deposits' AND b.subject = r.id), 0)`

/** The most particular first: a part on a repair says which repair is meant, not the other way round. */
export const sources: readonly Source[] = [
  {
    key: 'repairPartId',
    sql: `SELECT p.id AS repairPartId, p.repair_id AS repairId, p.part_id AS partId, p.version, n.number AS code, p.quantity,
      p.bin_id AS binId, p.serial, p.state AS kind_ FROM repair_parts p JOIN parts n ON n.id = p.part_id`,
  },
  {
    key: 'labourId',
    sql: `SELECT id AS labourId, repair_id AS repairId, version, running_since IS NULL AS kind_ FROM labour_lines WHERE NOT removed`,
  },
  {
    key: 'chargeLineId',
    sql: `SELECT id AS chargeLineId, repair_id AS repairId, kind, service_id AS serviceId, part_id AS partId,
      invoice_id IS NULL AS kind_ FROM charge_lines WHERE NOT removed`,
  },
  {
    key: 'jobId',
    sql: `SELECT j.id AS jobId, j.repair_id AS repairId, r.version, j.back_at IS NULL AS kind_
      FROM external_jobs j JOIN repairs r ON r.id = j.repair_id`,
  },
  {
    key: 'loanId',
    sql: `SELECT id AS loanId, repair_id AS repairId, version, returned_at IS NULL AS kind_ FROM loans`,
  },
  {
    key: 'loanerId',
    sql: `SELECT l.id AS loanerId, l.version, l.name, l.serial, l.value_minor AS valueMinor,
      EXISTS (SELECT 1 FROM loans o WHERE o.loaner_id = l.id AND o.returned_at IS NULL) AS kind_ FROM loaners l`,
  },
  {
    key: 'quoteId',
    sql: `SELECT id AS quoteId, repair_id AS repairId, version, 1 AS optionNo, state AS kind_ FROM quotes`,
  },
  {
    key: 'disposalId',
    sql: `SELECT id AS disposalId, repair_id AS repairId, voided_at IS NULL AS kind_ FROM disposals`,
  },
  {
    key: 'noticeId',
    sql: `SELECT id AS noticeId, repair_id AS repairId, version, state AS kind_ FROM notices`,
  },
  {
    key: 'transactionId',
    sql: `SELECT t.id AS transactionId, t.kind AS kind_ FROM money_transactions t
      WHERE t.kind IN ('deposit_applied', 'credit_applied')`,
  },
  {
    key: 'fromInvoiceId',
    sql: `SELECT i.id AS fromInvoiceId, i.customer_id AS customerId, nullif(-${open}, 0) AS amountMinor, sign(${open}) AS kind_ FROM invoices i`,
  },
  {
    key: 'invoiceId',
    module: 'invoices',
    sql: `SELECT i.id AS invoiceId, i.uid, i.customer_id AS customerId, nullif(abs(${open}), 0) AS amountMinor,
      coalesce(i.repair_id, (SELECT l.repair_id FROM invoice_lines l WHERE l.invoice_id = i.id)) AS repairId,
      sign(${open}) || i.kind AS kind_ FROM invoices i`,
  },
  {
    key: 'paymentUid',
    module: 'payments',
    sql: `SELECT uid AS paymentUid, uid, customer_id AS customerId, repair_id AS repairId, kind || method AS kind_ FROM payments`,
  },
  {
    key: 'shiftId',
    module: 'shifts',
    sql: `SELECT id AS shiftId, uid, version, closed_at IS NULL AS kind_ FROM shifts`,
  },
  {
    key: 'repairId',
    module: 'repairs',
    sql: `SELECT r.id AS repairId, r.uid, r.number, r.visit_uid AS visitUid, r.version, r.customer_id AS customerId,
      r.device_id AS deviceId, r.engineer_id AS engineerId, nullif(${held}, 0) AS amountMinor, r.state AS kind_
      FROM repairs r WHERE r.id > (SELECT max(id) - 300 FROM repairs)`,
  },
  { key: 'defectId', sql: `SELECT id AS defectId, resolved_at IS NULL AS kind_ FROM device_defects` },
  {
    key: 'deviceId',
    module: 'devices',
    sql: `SELECT d.id AS deviceId, d.uid, d.version, d.serial AS code, d.category_id AS categoryId, d.owner_id AS ownerId,
      EXISTS (SELECT 1 FROM repairs r WHERE r.device_id = d.id AND r.state NOT IN ('closed', 'cancelled')) AS kind_ FROM devices d`,
  },
  {
    key: 'modelId',
    sql: `SELECT id AS modelId, parent_id AS brandId, category_id AS categoryId FROM dictionary_entries WHERE kind = 'model' AND active`,
  },
  {
    key: 'itemId',
    sql: `SELECT id AS itemId, kind AS kind_ FROM dictionary_entries WHERE kind IN ('test_item', 'check_item')`,
  },
  { key: 'entryId', sql: `SELECT id AS entryId, version, kind AS kind_ FROM dictionary_entries` },
  {
    key: 'customerId',
    module: 'customers',
    sql: `SELECT id AS customerId, uid, uid AS customerUid, version, name, kind,
      (merged_into_id IS NULL) + 2 * (open_repairs_count = 0) + 4 * on_account AS kind_ FROM customers`,
  },
  { key: 'customerUid', sql: 'SELECT uid AS customerUid FROM customers' },
  { key: 'ownerId', sql: `SELECT id AS ownerId FROM customers WHERE merged_into_id IS NULL` },
  {
    key: 'intoId',
    sql: `SELECT id AS intoId, version AS intoVersion FROM customers WHERE merged_into_id IS NULL`,
  },
  {
    key: 'fromId',
    sql: `SELECT id AS fromId, version AS fromVersion FROM customers WHERE merged_into_id IS NULL`,
  },
  {
    key: 'moveUid',
    sql: `SELECT uid AS moveUid, part_id AS partId, kind || reason AS kind_ FROM goods_moves ORDER BY id DESC LIMIT 300`,
  },
  {
    key: 'partId',
    module: 'stock',
    sql: `SELECT p.id AS partId, p.uid, p.version, p.number AS code, b.place_id AS binId, b.place_id AS fromBinId,
      p.serialised || (b.on_hand > 0) AS kind_ FROM parts p LEFT JOIN stock_balances b ON b.part_id = p.id
        AND b.place_id IN (SELECT id FROM places WHERE kind = 'bin')`,
  },
  { key: 'binId', sql: `SELECT id AS binId FROM places WHERE kind = 'bin' AND active` },
  { key: 'fromBinId', sql: `SELECT id AS fromBinId FROM places WHERE kind = 'bin'` },
  { key: 'toBinId', sql: `SELECT id AS toBinId FROM places WHERE kind = 'bin' AND active` },
  { key: 'placeId', sql: `SELECT id AS placeId, version, kind AS kind_ FROM places` },
  {
    key: 'priceListId',
    sql: 'SELECT id AS priceListId, version FROM price_lists',
  },
  { key: 'serviceId', sql: `SELECT id AS serviceId, version FROM services WHERE active` },
  {
    key: 'taxCodeId',
    sql: `SELECT id AS taxCodeId, version, code, is_default AS kind_ FROM tax_codes`,
  },
  {
    key: 'userId',
    sql: `SELECT id AS userId, version, login, name, active AS kind_ FROM users ORDER BY id DESC`,
  },
  {
    key: 'engineerId',
    sql: `SELECT u.user_id AS engineerId FROM user_roles u JOIN roles r ON r.id = u.role_id WHERE r.code = 'technician'`,
  },
  { key: 'personId', sql: 'SELECT id AS personId FROM users WHERE active' },
  { key: 'roleId', sql: `SELECT id AS roleId, version, code AS kind_ FROM roles` },
  { key: 'seatId', sql: `SELECT id AS seatId FROM seats` },
  { key: 'runId', sql: 'SELECT id AS runId FROM import_runs' },
  { key: 'profileId', sql: 'SELECT id AS profileId FROM import_profiles' },
  {
    key: 'draftUid',
    sql: `SELECT draft_uid AS draftUid, uid FROM attachments WHERE draft_uid IS NOT NULL AND repair_id IS NULL`,
  },
  {
    key: 'signatureUid',
    sql: `SELECT uid AS signatureUid, repair_id AS repairId FROM attachments WHERE kind = 'signature'`,
  },
  { key: 'settings', sql: `SELECT version FROM settings WHERE key = 'shop'` },
  { key: 'step', module: 'drafts', sql: `SELECT uid, version FROM drafts` },
  entry('categoryId', 'device_category'),
  entry('brandId', 'brand'),
  entry('problemTypeId', 'problem_type'),
  entry('accessoryId', 'accessory'),
  entry('subStatusId', 'sub_status'),
  entry('reasonId', 'suspension_reason'),
]

/** Lists of ids, and the query behind each. */
export const lists: Readonly<Record<string, string>> = {
  codeIds: `SELECT id FROM dictionary_entries WHERE kind IN ('cause', 'action', 'symptom')`,
  repairIds: `SELECT c.repair_id FROM charge_lines c WHERE c.invoice_id IS NULL AND NOT c.removed AND c.waived_at IS NULL`,
  roleIds: 'SELECT id FROM roles',
  photoUids: `SELECT uid FROM attachments WHERE kind = 'photo' AND draft_uid IS NOT NULL AND repair_id IS NULL`,
  returnedAccessoryIds: 'SELECT id FROM repair_accessories WHERE returned_at IS NULL',
  serials: `SELECT serial FROM part_serials`,
}
