import { eq, lt, sql } from 'drizzle-orm'
import { statement, type WriteDb } from '../db/handles.ts'
import { auditLog, commands, outbox } from '../db/schema/system.ts'

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

export const insertOutbox = statement((db: WriteDb) =>
  db
    .insert(outbox)
    .values({
      uid: placeholder('uid'),
      at: placeholder('at'),
      entity: placeholder('entity'),
      entityUid: placeholder('entityUid'),
      entityVersion: placeholder('entityVersion'),
      type: placeholder('type'),
      payload: placeholder('payload'),
    })
    .prepare(),
)

/** Forgets commands done before `at`: no seat resends that late. Answers how many. */
export function deleteCommandsBefore(db: WriteDb, at: number): number {
  return db.delete(commands).where(lt(commands.at, at)).run().changes
}
