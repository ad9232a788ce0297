import { lt } from 'drizzle-orm'
import { sqlStatement, type WriteDb } from '../db/handles.ts'
import { commands } from '../db/schema/system.ts'

// Plain SQL: every command writes these rows, and Drizzle's mapping costs more than SQLite's own work.

export interface DoneCommand {
  readonly inputHash: string
  readonly result: string
  readonly userId: number | null
}

export function findCommand(db: WriteDb, commandId: string): DoneCommand | undefined {
  const text = 'SELECT input_hash AS inputHash, result, user_id AS userId FROM commands WHERE command_id = ?'
  return sqlStatement(db, text).get(commandId) as DoneCommand | undefined
}

const commandText =
  'INSERT INTO commands (command_id, method, input_hash, result, user_id, at) VALUES (?, ?, ?, ?, ?, ?)'

export function insertCommand(
  db: WriteDb,
  row: DoneCommand & { readonly commandId: string; readonly method: string; readonly now: number },
): void {
  const { commandId, method, inputHash, result, userId, now } = row
  sqlStatement(db, commandText).run(commandId, method, inputHash, result, userId, now)
}

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
