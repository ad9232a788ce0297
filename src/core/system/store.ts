import { eq, lt, sql } from 'drizzle-orm'
import { sqlStatement, statement, type WriteDb } from '../db/handles.ts'
import { auditLog, commands } from '../db/schema/system.ts'

const placeholder = sql.placeholder

export const findCommand = statement((db: WriteDb) =>
  db
    .select({ inputHash: commands.inputHash, result: commands.result, userId: commands.userId })
    .from(commands)
    .where(eq(commands.commandId, placeholder('commandId')))
    .prepare(),
)

export const insertCommand = statement((db: WriteDb) =>
  db
    .insert(commands)
    .values({
      commandId: placeholder('commandId'),
      method: placeholder('method'),
      inputHash: placeholder('inputHash'),
      result: placeholder('result'),
      userId: placeholder('userId'),
      at: placeholder('now'),
    })
    .prepare(),
)

export const insertAudit = statement((db: WriteDb) =>
  db
    .insert(auditLog)
    .values({
      at: placeholder('now'),
      userId: placeholder('userId'),
      seatId: placeholder('seatId'),
      method: placeholder('method'),
      commandId: placeholder('commandId'),
      input: placeholder('input'),
      result: placeholder('result'),
    })
    .prepare(),
)

// Plain SQL: an import writes two of these for each of its rows, and Drizzle's mapping costs more than SQLite's work.
const outboxText = `INSERT INTO outbox (uid, at, entity, entity_uid, entity_version, type, payload)
  VALUES (?, ?, ?, ?, ?, ?, ?)`

export function insertOutbox(
  db: WriteDb,
  row: {
    readonly uid: string
    readonly at: number
    readonly entity: string
    readonly entityUid: string
    readonly entityVersion: number
    readonly type: string
    readonly payload: string
  },
): void {
  const { uid, at, entity, entityUid, entityVersion, type, payload } = row
  sqlStatement(db, outboxText).run(uid, at, entity, entityUid, entityVersion, type, payload)
}

/** Forgets commands done before `at`: no seat resends that late. Answers how many. */
export function deleteCommandsBefore(db: WriteDb, at: number): number {
  return db.delete(commands).where(lt(commands.at, at)).run().changes
}
