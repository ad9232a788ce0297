import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { personWords } from './person-words.ts'
import { readings } from './pinyin.ts'
import { personOf } from './store.ts'
import { indexWords, type IndexWords } from './text.ts'

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
       concat_ws(' ', cat.name_zh, cat.name_en, b.name_zh, b.name_en, m.name_zh, m.name_en, d.model_text) AS device
     FROM repairs r JOIN devices d ON d.id = r.device_id
     LEFT JOIN dictionary_entries cat ON cat.id = d.category_id
     LEFT JOIN dictionary_entries b ON b.id = d.brand_id
     LEFT JOIN dictionary_entries m ON m.id = d.model_id WHERE r.id = ?`,
  ).get(repairId) as Row | undefined
  const said = indexWords(`${own ?? row?.said ?? ''} ${row?.device ?? ''}`)
  if (!row || row.customerId === null) return said
  const person = personWords(personOf(db, row.customerId), readings)
  return {
    words: [...new Set([...said.words, ...person.words])],
    spelled: [...new Set([...said.spelled, ...person.spelled])],
  }
}
