import type { CustomerSummary } from '#contract/customers.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

const summaries = `
  SELECT c.id, c.uid, c.kind, c.name, c.tier, c.language, c.open_repairs_count AS openRepairs,
    c.repairs_count AS repairs,
    (SELECT p.number FROM customer_phones p WHERE p.customer_id = c.id ORDER BY p.position, p.id LIMIT 1) AS phone
  FROM json_each(?) ids CROSS JOIN customers c ON c.id = ids.value
  ORDER BY ids.key`

/** What lists and search results show of customers, in the order of the ids; unknown ids are left out. */
export function customerSummaries(db: ReadDb, ids: readonly number[]): CustomerSummary[] {
  if (ids.length === 0) return []
  return sqlStatement(db, summaries).all(JSON.stringify(ids)) as CustomerSummary[]
}
