import type { Actor } from '../context.ts'
import { statement, type WriteDb } from '../db/handles.ts'
import { insertLine } from './store.ts'

export { inputLog, taskInput, withTouched, type InputLog } from './logged-input.ts'

const alone = statement((db: WriteDb) =>
  db.$client.transaction((line: Parameters<typeof insertLine>[1]) => insertLine(db, line)),
)

/** Writes one act into the log: within the transaction of the act, or in one of its own. */
export function writeAudit(
  db: WriteDb,
  row: {
    readonly now: number
    readonly actor: Pick<Actor, 'userId' | 'seatId'>
    readonly method: string
    readonly commandId: string | null
    readonly input: string
    readonly result: string
  },
): void {
  const { now, actor, method, commandId, input, result } = row
  const line = { at: now, userId: actor.userId, seatId: actor.seatId, method, commandId, input, result }
  // What was read of the end of the chain must still be its end when the row is written.
  if (db.$client.inTransaction) insertLine(db, line)
  else alone(db).immediate(line)
}
