import type { EraseBlocker } from '#contract/privacy.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { reachOf, type ReachedTable } from './reach.ts'

/** What privacy reads across modules (decision 005). `records` is a customer and all records merged into it, as JSON. */

const recordsText = `
  WITH RECURSIVE same (id) AS (
    SELECT :id UNION SELECT c.id FROM customers c JOIN same ON c.merged_into_id = same.id
  ) SELECT id FROM same`

export function recordsOf(db: ReadDb, customerId: number): number[] {
  return sqlStatement(db, recordsText).pluck().all({ id: customerId }) as number[]
}

export interface Subject {
  readonly id: number
  readonly uid: string
  readonly version: number
  readonly name: string
  readonly language: 'zh-CN' | 'en' | null
  readonly mergedIntoId: number | null
  readonly erasedAt: number | null
  readonly updatedAt: number
}

const subjectText = `SELECT id, uid, version, name, language, merged_into_id AS mergedIntoId, erased_at AS erasedAt,
  updated_at AS updatedAt FROM customers`

export function subjectByUid(db: ReadDb, uid: string): Subject | undefined {
  return sqlStatement(db, `${subjectText} WHERE uid = ?`).get(uid) as Subject | undefined
}

export function subjectById(db: ReadDb, id: number): Subject | undefined {
  return sqlStatement(db, `${subjectText} WHERE id = ?`).get(id) as Subject | undefined
}

// A device nobody collected is the shop's business until it is disposed of.
const openText = `SELECT r.number FROM repairs r WHERE r.customer_id IN (SELECT value FROM json_each(:records))
  AND r.state NOT IN ('closed', 'cancelled')
  AND NOT (r.state = 'unclaimed'
    AND EXISTS (SELECT 1 FROM disposals d WHERE d.repair_id = r.id AND d.voided_at IS NULL))
  ORDER BY r.id LIMIT 1`
const owedText = `SELECT b.amount_minor FROM money_balances b WHERE b.account = 'receivable' AND b.amount_minor <> 0
    AND b.customer_id IN (SELECT value FROM json_each(:records))
  UNION ALL SELECT b.amount_minor FROM repairs r
    CROSS JOIN money_balances b ON b.account = 'deposits' AND b.subject = r.id AND b.amount_minor <> 0
    WHERE r.customer_id IN (SELECT value FROM json_each(:records)) LIMIT 1`
const lentText = `SELECT o.name FROM repairs r CROSS JOIN loans l ON l.repair_id = r.id AND l.returned_at IS NULL
  JOIN loaners o ON o.id = l.loaner_id
  WHERE r.customer_id IN (SELECT value FROM json_each(:records)) LIMIT 1`

/** What stands against erasing: an open repair, money either way, a loaner that is out; the first of each. */
export function blockersOf(db: ReadDb, records: string): EraseBlocker[] {
  const first = (text: string) => sqlStatement(db, text).pluck().get({ records })
  const number = first(openText) as string | undefined
  const open = first(owedText) as number | undefined
  const name = first(lentText) as string | undefined
  return [
    ...(number === undefined ? [] : [{ code: 'privacy.repair_open', params: { number } } as const]),
    ...(open === undefined
      ? []
      : [{ code: 'privacy.money_open', params: { open: Math.abs(open) } } as const]),
    ...(name === undefined ? [] : [{ code: 'privacy.loaner_out', params: { name } } as const]),
  ]
}

/** How many rows of a table are about the person. */
export function countReached(db: ReadDb, table: ReachedTable, records: string): number {
  const text = `SELECT count(*) FROM ${table} WHERE ${reachOf[table]}`
  return sqlStatement(db, text).pluck().get({ records }) as number
}

/** What stays sealed or opens a door, even to the person: it is not information about them. */
const notForThem: Readonly<Partial<Record<ReachedTable, true>>> = {
  repair_passcodes: true,
  report_links: true,
}

/** What a device is called: in its row stand numbers of the dictionaries only. */
const deviceName = `, (SELECT group_concat(e.name_en, ' ') FROM dictionary_entries e
    WHERE e.id IN (devices.brand_id, devices.model_id)) AS device`

/** Which repair a row belongs to, by the number people know. */
const repairNumber = (table: string) =>
  `, (SELECT r.number FROM repairs r WHERE r.id = ${table}.repair_id) AS repair`

function named(table: ReachedTable): string {
  if (table === 'devices') return deviceName
  return reachOf[table].startsWith('repair_id ') ? repairNumber(table) : ''
}

/** All rows about the person, as they stand, of every table that has any. */
export function rowsOfPerson(
  db: ReadDb,
  records: string,
): { table: string; rows: Record<string, unknown>[] }[] {
  const tables = (Object.keys(reachOf) as ReachedTable[]).filter((table) => !notForThem[table])
  return tables.flatMap((table) => {
    const text = `SELECT *${named(table)} FROM ${table} WHERE ${reachOf[table]} ORDER BY ${table}.rowid`
    const rows = sqlStatement(db, text).all({ records }) as Record<string, unknown>[]
    return rows.length === 0 ? [] : [{ table, rows }]
  })
}

/** Ids of rows about the person. */
export function idsReached(db: ReadDb, table: 'repairs' | 'devices', records: string): number[] {
  const text = `SELECT id FROM ${table} WHERE ${reachOf[table]} ORDER BY id`
  return sqlStatement(db, text).pluck().all({ records }) as number[]
}

/** What the person and their contacts are called and reached by. */
export function namesOfPerson(db: ReadDb, records: string) {
  const all = (text: string) =>
    (sqlStatement(db, text).pluck().all({ records }) as (string | null)[]).filter(
      (one): one is string => !!one,
    )
  const of = (table: ReachedTable) => `FROM ${table} WHERE ${reachOf[table]}`
  return {
    names: all(`SELECT name ${of('customers')} UNION SELECT name ${of('customer_contacts')}`),
    phones: all(
      `SELECT number ${of('customer_phones')} UNION SELECT digits ${of('customer_phones')}
       UNION SELECT phone ${of('customer_contacts')}`,
    ),
    emails: all(`SELECT email ${of('customers')} UNION SELECT email ${of('customer_contacts')}`),
    uids: all(`SELECT uid ${of('customers')}`),
  }
}
