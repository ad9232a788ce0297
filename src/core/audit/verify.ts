import type { AuditHead, FileFault } from '#contract/audit.ts'
import type { ReadDb } from '../db/handles.ts'
import { beginInput, beginMethod, genesis, hashOf } from './chain.ts'
import { hashOfLine, lastLine, linesFrom, type ChainedLine } from './store.ts'

/** What is wrong with a row of the log. */
function fault(check: 'chain' | 'heads', rule: string, row: number, expected = '', found = ''): FileFault {
  return { check, rule, table: 'audit_log', row: String(row), expected, found }
}

interface Walk {
  /** The hash before the row that comes next. */
  before: string
  /** The id of the row before. */
  id: number
  rows: number
  /** A row with a hash has been seen: from there on each must have one. */
  began: boolean
}

/** What is wrong with the row that follows, if anything. */
function stepFault(walk: Walk, line: ChainedLine): FileFault | undefined {
  if (line.id !== walk.id + 1) return fault('chain', 'row_missing', walk.id + 1, '', `#${line.id}`)
  const mustHaveOne = walk.began || line.method === beginMethod
  if (line.hash === null) return mustHaveOne ? fault('chain', 'no_hash', line.id) : undefined
  if (!walk.began) {
    const expected = beginInput(walk.rows, walk.before)
    if (line.method !== beginMethod) return fault('chain', 'no_begin', line.id, beginMethod, line.method)
    if (line.input !== expected) return fault('chain', 'older_rows', line.id, expected, line.input)
  }
  const own = hashOf(walk.before, line)
  return own === line.hash ? undefined : fault('chain', 'hash', line.id, own, line.hash)
}

function take(walk: Walk, line: ChainedLine): void {
  walk.before = line.hash ?? hashOf(walk.before, line)
  walk.began ||= line.hash !== null
  walk.id = line.id
  walk.rows++
}

/**
 * Reads the log from its first row to its last and names the first one that does not follow from those before it:
 * changed, taken out, put in or moved. A log without any hash is one that no version with a chain has written yet.
 */
export function verifyChain(db: ReadDb): { rows: number; fault: FileFault | undefined } {
  const walk: Walk = { before: genesis, id: 0, rows: 0, began: false }
  for (const line of linesFrom(db, 0)) {
    const wrong = stepFault(walk, line)
    if (wrong) return { rows: walk.rows, fault: wrong }
    take(walk, line)
  }
  return { rows: walk.rows, fault: undefined }
}

/** The same for the last rows only, from the hash of the row before them on. */
export function verifyEnd(db: ReadDb, rows: number): FileFault | undefined {
  const last = lastLine(db)
  if (!last) return undefined
  const id = last.id - rows
  const before = id > 0 ? hashOfLine(db, id) : undefined
  // So short a log, or one whose chain has only just begun, is read whole.
  if (!before) return last.id <= rows * 2 ? verifyChain(db).fault : undefined
  const walk: Walk = { before, id, rows: 0, began: true }
  for (const line of linesFrom(db, id)) {
    const wrong = stepFault(walk, line)
    if (wrong) return wrong
    take(walk, line)
  }
  return undefined
}

/**
 * A chain cannot show that its newest rows were cut off, nor that all of it was written anew; heads that were noted
 * outside of the file can. Names the first row that is not what it was.
 */
export function verifyHeads(db: ReadDb, heads: readonly AuditHead[]): FileFault | undefined {
  const last = lastLine(db)?.id ?? 0
  for (const head of heads.toSorted((a, b) => a.id - b.id)) {
    if (head.id > last) return fault('heads', 'cut_off', last + 1, `#${head.id}`, `#${last}`)
    const found = hashOfLine(db, head.id) ?? ''
    if (found !== head.hash) return fault('heads', 'rewritten', head.id, head.hash, found)
  }
  return undefined
}
