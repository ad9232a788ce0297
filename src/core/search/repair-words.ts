import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { personWords } from './person-words.ts'
import { readings } from './pinyin.ts'
import { personOf } from './store.ts'
import { indexWords, type IndexWords } from './text.ts'

const deviceNames = `cat.name_zh, cat.name_en, b.name_zh, b.name_en, m.name_zh, m.name_en, d.model_text`
const deviceJoins = `
  JOIN devices d ON d.id = r.device_id
  LEFT JOIN dictionary_entries cat ON cat.id = d.category_id
  LEFT JOIN dictionary_entries b ON b.id = d.brand_id
  LEFT JOIN dictionary_entries m ON m.id = d.model_id`

interface Row {
  readonly said: string
  readonly device: string
  readonly customerId: number | null
}

/**
 * All words of a repair on file: its fault and reference (or `own`, where those are being written), category, maker
 * and model of its device in both languages, since "iphone 黑屏" names the device and the fault in one breath, and who
 * brought it.
 */
export function wordsOfRepair(db: ReadDb, repairId: number, own?: string): IndexWords {
  const row = sqlStatement(
    db,
    `SELECT concat_ws(' ', r.fault_text, r.other_reference) AS said, r.customer_id AS customerId,
       concat_ws(' ', ${deviceNames}) AS device
     FROM repairs r ${deviceJoins} WHERE r.id = ?`,
  ).get(repairId) as Row | undefined
  const said = indexWords(`${own ?? row?.said ?? ''} ${row?.device ?? ''}`)
  if (!row || row.customerId === null) return said
  const person = personWords(personOf(db, row.customerId), readings)
  return {
    words: [...new Set([...said.words, ...person.words])],
    spelled: [...new Set([...said.spelled, ...person.spelled])],
  }
}

export interface Told {
  readonly id: number
  /** Fault, reference, category, maker and model. */
  readonly told: string
  /** The customer's name and those of contacts. */
  readonly names: readonly string[]
}

/** What is told of several repairs at once, in the order of the ids. */
export function toldOfRepairs(db: ReadDb, ids: readonly number[]): Told[] {
  const rows = sqlStatement(
    db,
    `SELECT r.id, c.name,
       (SELECT json_group_array(p.name) FROM customer_contacts p WHERE p.customer_id = r.customer_id) AS contacts,
       concat_ws(' ', r.fault_text, r.other_reference, ${deviceNames}) AS told
     FROM json_each(?) ids CROSS JOIN repairs r ON r.id = ids.value ${deviceJoins}
     LEFT JOIN customers c ON c.id = r.customer_id ORDER BY ids.key`,
  ).all(JSON.stringify(ids)) as { id: number; told: string; name: string | null; contacts: string }[]
  return rows.map(({ id, told, name, contacts }) => ({
    id,
    told,
    names: name === null ? [] : [name, ...(JSON.parse(contacts) as string[])],
  }))
}
