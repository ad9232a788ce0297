/*
 * What a person adds up or fills in together before a call is sent: sums that agree, one signature or the reason for
 * none. Random fields nearly never do, and would then all be refused at the same first check.
 */

type Fields = Record<string, unknown>
/** A query as a seat sends it. */
export type Asked = (method: 'reviews.report') => unknown

interface Known {
  readonly random: () => number
  readonly ask: Asked
  /** Any list out of the shop's file. */
  readonly listed: (sql: string) => readonly unknown[]
}
type Addition = (fields: Fields, known: Known) => void

const pick = <T>({ random }: Known, from: readonly T[]): T | undefined =>
  from[Math.floor(random() * from.length)]

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function eachOf(value: unknown, act: (fields: Fields) => void): void {
  for (const one of Array.isArray(value) ? value : []) if (isFields(one)) act(one)
}

/** One share of everything, by the customer; a line is a part, a service or a text, as its kind says. */
function line(fields: Fields): void {
  const { kind } = fields
  fields['shares'] = [{ payer: 'customer', customerId: null, shareBp: 10_000 }]
  if (kind !== 'part') fields['partId'] = null
  if (kind !== 'labour') fields['serviceId'] = null
  if (fields['description'] === '') fields['description'] = 'x'
}

function unsigned(fields: Fields): void {
  fields['signatureUid'] = null
  fields['noSignatureReason'] = 'by_phone'
  fields['noSignatureNote'] = 'x'
}

/** Fields that one row of the file has together, where ids alone would seldom meet. */
const together =
  (sql: string): Addition =>
  (fields, known) => {
    const row = pick(known, known.listed(sql))
    if (typeof row === 'string') Object.assign(fields, JSON.parse(row))
  }

/** A device that was here before, brought by its owner: it may be back for the same fault. */
const back = `SELECT json_object('customer', json_object('id', d.owner_id), 'device', json_object('id', d.id))
  FROM devices d WHERE d.owner_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM repairs r WHERE r.device_id = d.id
    AND r.state NOT IN ('closed', 'collected', 'cancelled'))`

/** A device that asks for nothing special at intake. */
const plain = `SELECT c.id FROM dictionary_entries c WHERE c.kind = 'device_category' AND c.active AND NOT c.needs_serial
  AND NOT c.needs_checks AND c.min_photos = 0`

function intake(fields: Fields, known: Known): void {
  const { random, listed } = known
  unsigned(fields)
  fields['draftUid'] = null
  fields['termsVersion'] = 1
  const categories = listed(plain)
  if (random() < 0.3) {
    const returned: Fields = {}
    together(back)(returned, known)
    const [first] = Array.isArray(fields['items']) ? fields['items'] : []
    if (isFields(first) && 'device' in returned) {
      fields['customer'] = returned['customer']
      fields['items'] = [{ ...first, device: returned['device'] }]
    }
  }
  eachOf(fields['items'], (item) => {
    Object.assign(item, { checks: [], photoUids: [], passcode: null, passcodeKind: null, suspend: null })
    if (random() < 0.7) delete item['finished']
    eachOf(item['accessories'], (one) => (one['accessoryId'] ??= null))
    const device = item['device']
    const made = isFields(device) ? device['new'] : undefined
    if (!isFields(made)) return
    const categoryId = pick(known, categories)
    const serial = `R${Math.floor(random() * 1e9)}`
    Object.assign(made, { categoryId, brandId: null, modelId: null, imei1: null, imei2: null, serial })
    if (made['modelText'] === '') made['modelText'] = 'x'
  })
}

function allocations(fields: Fields): void {
  let sum = 0
  eachOf(fields['allocations'], (one) => (sum += Number(one['amountMinor'])))
  fields['amountMinor'] = sum
}

/** Cash is counted; a card pays what it pays. */
function tender(fields: Fields): void {
  const { method, amountMinor } = fields
  fields['tenderedMinor'] = method === 'cash' ? amountMinor : null
}

function wholeTestList(fields: Fields, { listed }: Known): void {
  const items = listed(
    `SELECT t.id FROM repairs r JOIN devices d ON d.id = r.device_id
      JOIN dictionary_entries t ON t.kind = 'test_item' AND t.active AND t.parent_id = d.category_id
      WHERE r.id = ${Number(fields['repairId'])} ORDER BY t.id`,
  )
  const results = fields['results']
  const [first] = Array.isArray(results) ? results : []
  const result: unknown = isFields(first) ? first['result'] : 'passed'
  fields['results'] = items.map((itemId) => ({ itemId, result, note: 'x' }))
}

/** A line of goods: of serials as many as pieces, or none. */
function goods(fields: Fields, { random }: Known): void {
  const pieces = Math.abs(Number(fields['quantity'] ?? fields['differenceThousandths'])) / 1000
  const serial = () => `N${Math.floor(random() * 1e9)}`
  const isCounted = Number.isInteger(pieces) && pieces < 5 && random() < 0.3
  if (isCounted) fields['serials'] = Array.from({ length: pieces }, serial)
  else if (random() < 0.7) fields['serials'] = []
}

const within = (key: string, act: Addition): Addition => {
  return (fields, known) => {
    const inner = fields[key]
    if (isFields(inner)) act(inner, known)
    else eachOf(inner, (one) => act(one, known))
  }
}

const open = (sign: '<' | '>') => `SELECT i.id, i.customer_id, i.repair_id, b.amount_minor FROM invoices i
  JOIN money_balances b ON b.account = 'receivable' AND b.subject = i.id AND b.amount_minor ${sign} 0`
const depositAndInvoice = `SELECT json_object('repairId', d.subject, 'invoiceId', i.id, 'amountMinor', 1)
  FROM (${open('>')}) i JOIN invoice_lines l ON l.invoice_id = i.id
  JOIN money_balances d ON d.account = 'deposits' AND d.subject = l.repair_id AND d.amount_minor < 0`
const creditAndInvoice = `SELECT json_object('fromInvoiceId', c.id, 'invoiceId', i.id, 'amountMinor', 1)
  FROM (${open('<')}) c JOIN (${open('>')}) i ON i.customer_id = c.customer_id`

const repairs = `SELECT json_object('repairId', id, 'version', version) FROM repairs`
const repairIn = (...states: readonly string[]) =>
  `${repairs} WHERE lock_reason IS NULL AND state IN (${states.map((state) => `'${state}'`).join()})`
const quoteIn = (state: string) => `SELECT json_object('quoteId', q.id, 'version', q.version, 'optionNo', 1)
  FROM quotes q JOIN repairs r ON r.id = q.repair_id WHERE q.state = '${state}' AND r.lock_reason IS NULL
    AND r.state IN ('assigned', 'diagnosing', 'in_repair', 'awaiting_approval')`

/** A quote's answer, without the customer's signature. */
const answered: Addition = (fields, known) => {
  together(quoteIn('sent'))(fields, known)
  fields['signatureUid'] = null
}

/** Nothing of what only categories, models and sub-statuses have. */
function plainEntry(fields: Fields): void {
  Object.assign(fields, { categoryId: null, coreState: null, minPhotos: 0 })
  Object.assign(fields, { needsSerial: false, needsChecks: false })
}

const additions: Readonly<Record<string, Addition>> = {
  'repairs.receive': intake,
  'repairs.handOver': (fields, known) => {
    unsigned(fields)
    together(repairIn('processed', 'unclaimed'))(fields, known)
    Object.assign(fields, { returnedAccessoryIds: [], accessoriesKeptConfirmed: true })
  },
  'quotes.save': within('options', within('lines', line)),
  'charges.add': within('line', line),
  'charges.update': within('line', line),
  'payments.take': (fields) => {
    allocations(fields)
    tender(fields)
  },
  'payments.takeDeposit': tender,
  'invoices.issue': (fields) => {
    fields['expectedGrossMinor'] = null
    fields['payer'] = 'customer'
  },
  'payments.applyDeposit': together(depositAndInvoice),
  'payments.applyCredit': together(creditAndInvoice),
  'work.recordTest': (fields, known) => {
    together(repairIn('testing'))(fields, known)
    wholeTestList(fields, known)
  },
  'dictionaries.update': plainEntry,
  'reviews.record': (fields, { ask }) => {
    const report = ask('reviews.report')
    if (isFields(report)) fields['seen'] = report['seen']
  },
  'imports.saveProfile': (fields, { random }) => {
    const columns = [{ column: 'day', field: 'receivedOn' }]
    const about = { name: { zh: '历史', en: 'History' }, target: 'repairs', sourceKey: ['key'], columns }
    fields['profile'] = { id: `own-${Math.floor(random() * 5)}`, ...about }
  },
  'repairs.solve': together(repairIn('testing')),
  'repairs.fail': together(repairIn('testing', 'in_repair', 'diagnosing')),
  'repairs.setReworkKind': together(`${repairs} WHERE rework_of_id IS NOT NULL`),
  'work.sendOut': together(repairIn('diagnosing', 'in_repair')),
  'work.takeBack': together(
    `SELECT json_object('jobId', j.id, 'repairId', r.id, 'version', r.version, 'serialBack', j.serial_out)
      FROM external_jobs j JOIN repairs r ON r.id = j.repair_id WHERE j.back_at IS NULL`,
  ),
  'quotes.send': together(quoteIn('draft')),
  'quotes.discard': together(quoteIn('draft')),
  'quotes.approve': answered,
  'quotes.refuse': answered,
  'stock.receive': within('lines', goods),
  'stock.transfer': goods,
  'stock.adjust': goods,
  'stock.reserve': together(
    `SELECT json_object('repairPartId', id, 'version', version) FROM repair_parts WHERE state = 'planned'`,
  ),
  'shifts.close': together(
    `SELECT json_object('shiftId', id, 'version', version, 'leftMinor', 0) FROM shifts WHERE closed_at IS NULL`,
  ),
  'notices.retry': together(
    `SELECT json_object('noticeId', id, 'version', version) FROM notices WHERE state = 'failed'`,
  ),
}

/** The input with what belongs together made so; three in four, as the others are worth a try too. */
export function addUp(method: string, fields: Fields, known: Known): Fields {
  if (known.random() < 0.75) additions[method]?.(fields, known)
  return fields
}
