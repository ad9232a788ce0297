import { AppError } from '../kernel/app-error.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

// The change that made a save stale is among the newest; reading stops long before the whole past of the shop.
const lastChange = `
  SELECT o.at AS at, u.name AS name
  FROM (SELECT at FROM outbox WHERE id > (SELECT max(id) FROM outbox) - 100000 AND entity_uid = :uid
        ORDER BY id DESC LIMIT 1) o
  LEFT JOIN (SELECT at, user_id FROM audit_log
             WHERE id > (SELECT max(id) FROM audit_log) - 100000 AND result = 'ok') a ON a.at = o.at
  LEFT JOIN users u ON u.id = a.user_id
  LIMIT 1`

/**
 * The refusal of a save that started from an older version: says which kind of record, who changed it and when
 * (`by` and `at` are null when the program did, or it was too long ago).
 */
export function stale(db: ReadDb, entity: string, uid: string): AppError {
  const row = sqlStatement(db, lastChange).get({ uid }) as { at: number; name: string | null } | undefined
  return new AppError('stale', { entity, by: row?.name ?? null, at: row?.at ?? null })
}
