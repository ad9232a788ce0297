import { sqlStatement, type WriteDb } from '../db/handles.ts'
import { personWords } from './person-words.ts'
import { readings } from './pinyin.ts'
import { entryWords, insertWords, personOf } from './store.ts'
import { indexWords } from './text.ts'

interface Row {
  readonly id: number
  readonly said: string
  readonly customerId: number | null
  readonly categoryId: number
  readonly brandId: number | null
  readonly modelId: number | null
}

const rebuiltAtOnce = 1000
const mostKept = 20_000

/** What was read once and is asked for again, as long as it is little. */
function remembered<T>(read: (id: number) => T): (id: number) => T {
  const kept = new Map<number, T>()
  return (id) => {
    const known = kept.get(id)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const now = read(id)
    kept.set(id, now)
    return now
  }
}

const repairsAfter = `SELECT r.id, concat_ws(' ', r.fault_text, r.other_reference, d.model_text) AS said,
    r.customer_id AS customerId, d.category_id AS categoryId, d.brand_id AS brandId, d.model_id AS modelId
  FROM repairs r JOIN devices d ON d.id = r.device_id WHERE r.id > ? ORDER BY r.id LIMIT ${rebuiltAtOnce}`

/**
 * Fills the empty index of words from the repairs on file, after an import; answers how many repairs there are. Each is
 * found by what `wordsOfRepair` says of it; names that come with many of them are taken apart once.
 */
export function rebuildWords(db: WriteDb): number {
  const named = remembered((id) => indexWords(entryWords(db, id)).words)
  const called = remembered((id) => personWords(personOf(db, id), readings).words)
  let count = 0
  for (let after = 0; ;) {
    const rows = sqlStatement(db, repairsAfter).all(after) as Row[]
    for (const { id, said, customerId, categoryId, brandId, modelId } of rows) {
      const words = new Set(indexWords(said).words)
      for (const name of [categoryId, brandId, modelId])
        if (name !== null) for (const word of named(name)) words.add(word)
      if (customerId !== null) for (const word of called(customerId)) words.add(word)
      insertWords(db, id, [...words])
    }
    count += rows.length
    const last = rows.at(-1)
    if (last === undefined) return count
    after = last.id
  }
}
