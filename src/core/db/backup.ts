import type Database from 'better-sqlite3'

/** A consistent copy of an open file, while it is used; `target` is a path that must not exist yet. */
export async function backupTo(file: Database.Database, target: string): Promise<void> {
  await file.backup(target)
}
