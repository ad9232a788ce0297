import type { DictionaryKind } from '#contract/dictionaries.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Where entries of a kind are pointed at, besides their own dictionary. */
const uses: Partial<Record<DictionaryKind, string>> = {
  device_category: `SELECT 1 FROM devices WHERE category_id = :id
    UNION ALL SELECT 1 FROM services WHERE category_id = :id`,
  brand: 'SELECT 1 FROM devices WHERE brand_id = :id',
  model: 'SELECT 1 FROM devices WHERE model_id = :id',
  problem_type: 'SELECT 1 FROM repairs WHERE problem_type_id = :id',
  symptom: 'SELECT 1 FROM repair_attempts, json_each(code_ids) WHERE value = :id',
  cause: 'SELECT 1 FROM repair_attempts, json_each(code_ids) WHERE value = :id',
  action: 'SELECT 1 FROM repair_attempts, json_each(code_ids) WHERE value = :id',
  check_item: 'SELECT 1 FROM repair_checks WHERE item_id = :id',
  test_item: 'SELECT 1 FROM test_run_items WHERE item_id = :id',
  accessory: 'SELECT 1 FROM repair_accessories WHERE accessory_id = :id',
  sub_status: 'SELECT 1 FROM repairs WHERE sub_status_id = :id',
  suspension_reason: 'SELECT 1 FROM repairs WHERE suspend_reason_id = :id',
}

/** True when a device, a repair, a service, a test or another entry points at this one. Reads far only for an entry never counted. */
export function entryInUse(db: ReadDb, kind: DictionaryKind, id: number): boolean {
  const children = 'SELECT 1 FROM dictionary_entries WHERE parent_id = :id OR category_id = :id'
  return [children, uses[kind]].some(
    (text) => text !== undefined && sqlStatement(db, `${text} LIMIT 1`).get({ id }) !== undefined,
  )
}
