import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { settings } from '../db/schema/system.ts'

interface StoredSetting {
  readonly value: string
  readonly version: number
}

// Plain SQL: each call looks whether the settings are still those it knows.
const byKey = 'SELECT value, version FROM settings WHERE key = ?'
const versionByKey = 'SELECT version FROM settings WHERE key = ?'

export const settingsStore = {
  read: (db: ReadDb, key: string) => sqlStatement(db, byKey).get(key) as StoredSetting | undefined,
  version: (db: ReadDb, key: string) =>
    (sqlStatement(db, versionByKey).pluck().get(key) as number | undefined) ?? 0,
  write(db: WriteDb, key: string, value: string, version: number): void {
    db.insert(settings)
      .values({ key, value, version })
      .onConflictDoUpdate({ target: settings.key, set: { value, version } })
      .run()
  },
}
