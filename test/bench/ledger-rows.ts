import type Database from 'better-sqlite3'
import { benchNow } from './shop-file.ts'

export interface Years {
  readonly file: Database.Database
  readonly receipts: number
  readonly taxCodeId: number
  readonly partId: number
}

interface Writer {
  /** The newest id of a table. */
  last(table: string): number
  /** One row for each receipt: `n` counts them from 1, `repair` is the one each belongs to. */
  put(into: string, values: string): void
}

function writerOf({ file, receipts }: Years): Writer {
  const last = (table: string) =>
    file.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get() as number
  const each = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${receipts}),
    s(n, repair) AS MATERIALIZED (SELECT n, 1 + (n - 1) % ${last('repairs')} FROM c)`
  return {
    last,
    put(into, values) {
      file.exec(`INSERT INTO ${into} ${each} SELECT ${values} FROM s ORDER BY n`)
    },
  }
}

function addMoney({ file, receipts, taxCodeId }: Years, { last, put }: Writer): void {
  const [charge, invoice, payment] = [last('charge_lines'), last('invoices'), last('payments')]
  const issued = last('money_transactions')
  const paid = issued + receipts
  const day = '2026-03-02'
  const shares = '[{"payer":"customer","customerId":null,"shareBp":10000}]'
  const whose =
    'coalesce((SELECT customer_id FROM repairs WHERE id = s.repair), (SELECT min(id) FROM customers))'
  const entries = (transaction: number, account: string, subject: string, amount: number) =>
    put(
      'money_entries (transaction_id, account, subject, amount_minor)',
      `${transaction} + n, '${account}', ${subject}, ${amount}`,
    )
  const balance = (account: string, amount: number) =>
    file
      .prepare(
        `INSERT INTO money_balances (account, subject, amount_minor) VALUES (?, 0, ?)
         ON CONFLICT (account, subject) DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor`,
      )
      .run(account, amount * receipts)

  put(
    'invoices (id, uid, number, kind, payer, customer_id, customer_name, repair_id, currency, prices_include_tax, net_minor, tax_minor, gross_minor, taxes, issued_on, issued_at, due_on)',
    `${invoice} + n, 'bi' || n, 'BI' || n, 'invoice', 'customer', ${whose}, '', repair, 'CNY', 1, 10000, 1300, 11300,
     '[{"rateBp":1300,"netMinor":10000,"taxMinor":1300}]', '${day}', ${benchNow}, '${day}'`,
  )
  put(
    'charge_lines (id, uid, repair_id, kind, source, description, quantity, unit_minor, includes_tax, tax_code_id, shares, invoice_id, created_at)',
    `${charge} + n, 'bc' || n, repair, 'labour', 'counter', '', 1000, 11300, 1, ${taxCodeId}, '${shares}', ${invoice} + n, ${benchNow}`,
  )
  put(
    'invoice_lines (invoice_id, no, charge_line_id, repair_id, description, quantity, unit_minor, rate_bp, net_minor, tax_minor, gross_minor)',
    `${invoice} + n, 1, ${charge} + n, repair, '', 1000, 11300, 1300, 10000, 1300, 11300`,
  )
  put(
    'payments (id, uid, number, kind, method, amount_minor, at, on_day, customer_id)',
    `${payment} + n, 'bp' || n, 'BP' || n, 'payment', 'card', 11300, ${benchNow}, '${day}', ${whose}`,
  )
  put('payment_allocations (payment_id, invoice_id, amount_minor)', `${payment} + n, ${invoice} + n, 11300`)
  put(
    'money_transactions (id, at, on_day, kind, invoice_id, repair_id)',
    `${issued} + n, ${benchNow}, '${day}', 'invoice', ${invoice} + n, repair`,
  )
  put(
    'money_transactions (id, at, on_day, kind, payment_id)',
    `${paid} + n, ${benchNow}, '${day}', 'payment', ${payment} + n`,
  )
  entries(issued, 'receivable', `${invoice} + n`, 11_300)
  entries(issued, 'revenue', '0', -10_000)
  entries(issued, 'tax', '0', -1300)
  entries(paid, 'card', '0', 11_300)
  entries(paid, 'receivable', `${invoice} + n`, -11_300)
  put('money_balances (account, subject, amount_minor)', `'receivable', ${invoice} + n, 0`)
  for (const [account, amount] of [
    ['revenue', -10_000],
    ['tax', -1300],
    ['card', 11_300],
  ] as const)
    balance(account, amount)
  for (const series of ['invoice 2026', 'receipt 2026'])
    file.prepare('UPDATE number_series SET last = last + ? WHERE series = ?').run(receipts, series)
}

function addGoods({ file, receipts, partId }: Years, { last, put }: Writer): void {
  const place = (kind: string) =>
    file.prepare('SELECT min(id) FROM places WHERE kind = ?').pluck().get(kind) as number
  const bin = file.prepare("SELECT max(id) FROM places WHERE kind = 'bin'").pluck().get() as number
  const [bench, customer] = [place('bench'), place('customer')]
  const line = last('repair_parts')
  put(
    'repair_parts (id, uid, repair_id, part_id, quantity, state, bin_id, planned_at, changed_at)',
    `${line} + n, 'bl' || n, repair, ${partId}, 1000, 'used', ${bin}, ${benchNow}, ${benchNow}`,
  )
  const ways = [
    ['issue', bin, bench],
    ['use', bench, customer],
  ] as const
  for (const [reason, from, to] of ways)
    put(
      'goods_moves (uid, at, kind, reason, part_id, quantity, from_place_id, to_place_id, repair_id, repair_part_id)',
      `'b${reason}' || n, ${benchNow}, 'direct', '${reason}', ${partId}, 1000, ${from}, ${to}, repair, ${line} + n`,
    )
  const moved = file.prepare(
    'UPDATE stock_balances SET on_hand = on_hand + ? WHERE part_id = ? AND place_id = ?',
  )
  moved.run(-1000 * receipts, partId, bin)
  moved.run(1000 * receipts, partId, customer)
}

/**
 * Years of work in both ledgers at once: for each receipt a bill of one line, its invoice and payment by card, and a
 * part issued and used. Written as rows, since the program itself would take minutes; `ledgers.verify` then says
 * whether they are as the program writes them.
 */
export function addYears(years: Years): void {
  const { file } = years
  const writer = writerOf(years)
  file.exec('BEGIN')
  addMoney(years, writer)
  addGoods(years, writer)
  file.exec('COMMIT')
  file.pragma('wal_checkpoint(TRUNCATE)')
}
