import type { FileFault } from '#contract/audit.ts'
import type { ReadDb } from '../db/handles.ts'

/** What SQLite itself can say of the shop's file: whether every row can be read, found again and points somewhere. */

const soundAnswer = 'ok'

function problem(rule: string, text: string): FileFault {
  const table = /\b(?:index|table|tree) ([a-z_]+)/i.exec(text)?.[1] ?? ''
  const row = /\brow(?:id)? (\d+)/i.exec(text)?.[1] ?? ''
  return { check: 'integrity', rule, table, row, expected: soundAnswer, found: text.slice(0, 300) }
}

function ask(db: ReadDb, pragma: string): FileFault | undefined {
  try {
    const answer = String(db.$client.pragma(pragma, { simple: true }))
    return answer === soundAnswer ? undefined : problem(readable(answer), answer)
  } catch (error) {
    return problem('unreadable', error instanceof Error ? error.message : String(error))
  }
}

/** A row that an index does not know is a fault of one row; a page that is no page makes the rest unreadable. */
function readable(answer: string): string {
  return /missing from index|NULL value|non-unique|CHECK constraint|wrong # of entries/i.test(answer)
    ? 'row'
    : 'unreadable'
}

/** The first thing wrong with the file itself: every page, every row against every index. */
export function integrityProblem(db: ReadDb): FileFault | undefined {
  return ask(db, 'integrity_check(1)')
}

interface Dangling {
  readonly table: string
  readonly rowid: number | null
  readonly parent: string
}

/** The first row that points at one which is not there. */
export function brokenKey(db: ReadDb): FileFault | undefined {
  // Read one at a time: where many are broken, all of them would not fit into memory.
  for (const row of db.$client.prepare('PRAGMA foreign_key_check').iterate()) {
    const { table, rowid, parent } = row as Dangling
    const found = parent
    return { check: 'foreign_keys', rule: 'dangling', table, row: String(rowid ?? ''), expected: '', found }
  }
  return undefined
}
