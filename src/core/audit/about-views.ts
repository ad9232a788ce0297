import type { LineSubject } from '#contract/audit.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import type { AboutEntity, Rows } from './about.ts'

/** Of one person, device or repair so many of the newest belong to what is searched. */
const mostOfEach = 300

/** What stands behind the rows a search found: a customer's merged records, devices, repairs, and their papers. */
const texts: readonly (readonly [AboutEntity, string])[] = [
  [
    'customers',
    `WITH RECURSIVE same (id) AS (
      SELECT value FROM json_each(:customers)
      UNION SELECT c.id FROM customers c JOIN same ON c.merged_into_id = same.id
    ) SELECT c.id, c.uid FROM same JOIN customers c ON c.id = same.id`,
  ],
  [
    'devices',
    `SELECT id, uid FROM devices WHERE id IN (SELECT value FROM json_each(:devices))
      OR owner_id IN (SELECT value FROM json_each(:customers))`,
  ],
  [
    'repairs',
    `SELECT id, uid FROM repairs WHERE id IN (SELECT value FROM json_each(:repairs))
      OR customer_id IN (SELECT value FROM json_each(:customers))
      OR device_id IN (SELECT value FROM json_each(:found))`,
  ],
  [
    'invoices',
    `SELECT id, uid FROM invoices WHERE customer_id IN (SELECT value FROM json_each(:customers))
      OR repair_id IN (SELECT value FROM json_each(:repairs))`,
  ],
  [
    'payments',
    `SELECT id, uid FROM payments WHERE customer_id IN (SELECT value FROM json_each(:customers))
      OR repair_id IN (SELECT value FROM json_each(:repairs))`,
  ],
  ['quotes', 'SELECT id, uid FROM quotes WHERE repair_id IN (SELECT value FROM json_each(:repairs))'],
  ['charges', 'SELECT id, uid FROM charge_lines WHERE repair_id IN (SELECT value FROM json_each(:repairs))'],
  ['notices', 'SELECT id, uid FROM notices WHERE repair_id IN (SELECT value FROM json_each(:repairs))'],
]

/**
 * Everything a search by a customer, device or repair is after. A repair that was asked for by its number brings its
 * papers but not its customer's other repairs, and a device its repairs.
 */
export function rowsBehind(
  db: ReadDb,
  asked: {
    readonly customers: readonly number[]
    readonly devices: readonly number[]
    readonly repairs: readonly number[]
  },
): Rows {
  const ids: Partial<Record<AboutEntity, readonly number[]>> = { ...asked }
  const uids: string[] = []
  const found = JSON.stringify(asked.devices)
  for (const [entity, text] of texts) {
    const given = (of: 'customers' | 'devices' | 'repairs') => JSON.stringify(ids[of] ?? [])
    const values = {
      found,
      customers: given('customers'),
      devices: given('devices'),
      repairs: given('repairs'),
    }
    const named = Object.entries(values).filter(([name]) => text.includes(`:${name}`))
    const all = sqlStatement(db, `${text} ORDER BY 1 DESC LIMIT ${mostOfEach}`).all(Object.fromEntries(named))
    const rows = all as { id: number; uid: string }[]
    ids[entity] = rows.map(({ id }) => id)
    uids.push(...rows.map(({ uid }) => uid))
  }
  return { ids, uids }
}

/** What a row is called now, by its number or name; an erased person by nothing. */
const labels: Readonly<Partial<Record<AboutEntity, string>>> = {
  customers: 'SELECT uid, name AS text FROM customers WHERE id = ?',
  repairs: 'SELECT uid, number AS text FROM repairs WHERE id = ?',
  devices: `SELECT d.uid, coalesce(nullif(d.model_text, ''), m.name_en, b.name_en, '#' || d.id) AS text FROM devices d
    LEFT JOIN dictionary_entries m ON m.id = d.model_id LEFT JOIN dictionary_entries b ON b.id = d.brand_id
    WHERE d.id = ?`,
  invoices: 'SELECT uid, number AS text FROM invoices WHERE id = ?',
  payments: 'SELECT uid, number AS text FROM payments WHERE id = ?',
  quotes: 'SELECT uid, number AS text FROM quotes WHERE id = ?',
}

/** The row as it is called now; undefined when there is none, or nothing to call it by. */
export function subjectOf(db: ReadDb, entity: AboutEntity, id: number): LineSubject | undefined {
  const text = labels[entity]
  if (text === undefined) return undefined
  const row = sqlStatement(db, text).get(id) as { uid: string; text: string } | undefined
  return row && { entity, ...row }
}

export function inputOfLine(db: ReadDb, id: number): string | undefined {
  return sqlStatement(db, 'SELECT input FROM audit_log WHERE id = ?').pluck().get(id) as string | undefined
}
