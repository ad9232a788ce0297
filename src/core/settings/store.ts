import { eq, sql } from 'drizzle-orm'
import { statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { settings } from '../db/schema/system.ts'

const byKey = statement((db: ReadDb) =>
  db
    .select({ value: settings.value, version: settings.version })
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key')))
    .prepare(),
)

const versionByKey = statement((db: ReadDb) =>
  db
    .select({ version: settings.version })
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key')))
    .prepare(),
)

export const settingsStore = {
  read: (db: ReadDb, key: string) => byKey(db).get({ key }),
  version: (db: ReadDb, key: string) => versionByKey(db).get({ key })?.version ?? 0,
  write(db: WriteDb, key: string, value: string, version: number): void {
    db.insert(settings)
      .values({ key, value, version })
      .onConflictDoUpdate({ target: settings.key, set: { value, version } })
      .run()
  },
}
