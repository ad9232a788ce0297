import type { ReadDb } from '../db/handles.ts'
import { keptNote } from '../settings/steps.ts'

/** Where it is kept when a backup last took the place of the shop's data. */
export const restoredKey = 'backups.restored'

/** When a backup last took the place of the shop's data, in UTC epoch ms; null when none ever did. */
export function restoredAt(db: ReadDb): number | null {
  const { at = null } = (keptNote(db, restoredKey) as { at: number } | undefined) ?? {}
  return at
}
