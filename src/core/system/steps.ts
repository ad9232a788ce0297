import { writeAudit } from '../audit/steps.ts'
import type { Change } from '../context.ts'
import type { WriteDb } from '../db/handles.ts'
import { outboxPayload } from './outbox-payload.ts'
import { deleteCommandsBefore, findCommand, insertCommand, insertOutbox } from './store.ts'

export { drawNumber, lastNumber, passNumber } from './series.ts'

/** Rows that every command writes: idempotency, audit, outbox. */
export const systemStore = {
  commandDone: (db: WriteDb, commandId: string) => findCommand(db, commandId),
  commandRun(
    db: WriteDb,
    row: {
      commandId: string
      method: string
      inputHash: string
      result: string
      userId: number | null
      now: number
    },
  ): void {
    insertCommand(db, row)
  },
  audit: writeAudit,
  outbox(db: WriteDb, uid: string, at: number, change: Change): void {
    insertOutbox(db, {
      uid,
      at,
      entity: change.entity,
      entityUid: change.uid,
      entityVersion: change.version,
      type: change.type,
      payload: outboxPayload(change),
    })
  },
  forgetCommands: deleteCommandsBefore,
}
