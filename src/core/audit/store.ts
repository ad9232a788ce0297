import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { beginInput, beginMethod, genesis, hashOf, type AuditLine } from './chain.ts'

// Plain SQL: every command writes a row, and Drizzle's mapping costs more than SQLite's own work.

export type ChainedLine = AuditLine & { readonly hash: string | null }

const columns =
  'id, at, user_id AS userId, seat_id AS seatId, method, command_id AS commandId, input, result, hash'

const lastText = 'SELECT id, at, hash FROM audit_log ORDER BY id DESC LIMIT 1'

/** The newest row of the log. */
export function lastLine(db: ReadDb): { id: number; at: number; hash: string | null } | undefined {
  return sqlStatement(db, lastText).get() as { id: number; at: number; hash: string | null } | undefined
}

const insertText = `INSERT INTO audit_log (id, at, user_id, seat_id, method, command_id, input, result, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Puts a row behind the hash before it; answers its own. */
function append(db: WriteDb, before: string, line: AuditLine): string {
  const own = hashOf(before, line)
  const { id, at, userId, seatId, method, commandId, input, result } = line
  sqlStatement(db, insertText).run(id, at, userId, seatId, method, commandId, input, result, own)
  return own
}

/**
 * Writes a row behind the newest one. The newest is read each time: a hash kept in memory would outlive a transaction
 * that is taken back. The caller holds the transaction.
 */
export function insertLine(db: WriteDb, line: Omit<AuditLine, 'id'>): void {
  const last = lastLine(db)
  if (last?.hash) {
    append(db, last.hash, { ...line, id: last.id + 1 })
    return
  }
  const known = newestHash(db)
  const lastId = last?.id ?? 0
  if (known === undefined) begin(db, lastId, line)
  // A row without a hash behind rows that have one is nobody's doing but a forger's: it stays a gap for all to see.
  else append(db, known, { ...line, id: lastId + 1 })
}

function newestHash(db: ReadDb): string | undefined {
  // Only a file that began its chain has such a row, and it is found by its index however long the log is.
  const began = sqlStatement(db, 'SELECT 1 FROM audit_log WHERE method = ? LIMIT 1').get(beginMethod)
  if (began === undefined) return undefined
  const text = 'SELECT hash FROM audit_log WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1'
  return sqlStatement(db, text).pluck().get() as string | undefined
}

/** The first chained row of a file says how many rows are older and what they were, which covers them too. */
function begin(db: WriteDb, lastId: number, line: Omit<AuditLine, 'id'>): void {
  let digest = genesis
  let older = 0
  for (const row of linesFrom(db, 0)) {
    digest = hashOf(digest, row)
    older++
  }
  const opening = {
    id: lastId + 1,
    at: line.at,
    userId: null,
    seatId: null,
    method: beginMethod,
    commandId: null,
    input: beginInput(older, digest),
    result: 'ok',
  }
  append(db, append(db, digest, opening), { ...line, id: lastId + 2 })
}

/** Every row behind an id, oldest first, one at a time: a log has millions. */
export function linesFrom(db: ReadDb, afterId: number): IterableIterator<ChainedLine> {
  const text = `SELECT ${columns} FROM audit_log WHERE id > ? ORDER BY id`
  return sqlStatement(db, text).iterate(afterId) as IterableIterator<ChainedLine>
}

/** The hash of one row; undefined when there is no such row. */
export function hashOfLine(db: ReadDb, id: number): string | null | undefined {
  const text = 'SELECT hash FROM audit_log WHERE id = ?'
  return sqlStatement(db, text).pluck().get(id) as string | null | undefined
}

/** About how many rows the log has: ids follow each other without a gap. */
export function lineCount(db: ReadDb): number {
  return lastLine(db)?.id ?? 0
}
