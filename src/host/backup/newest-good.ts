import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#core/app.ts'
import { checkBackup, summaryOf, type Checked, type Summary } from './check-backup.ts'
import { inWorkFolder } from './make-backup.ts'
import { readBackupName, type BackupKind } from './manifest.ts'
import { backupStatus } from './status.ts'
import type { Migration } from './types.ts'

/** A backup as its folder shows it. */
export interface BackupFile {
  readonly name: string
  readonly path: string
  readonly at: number
  readonly kind: BackupKind
  readonly bytes: number
}

/** The backups of a folder by their names, the newest first; none of a folder that is not there. */
export async function backupsIn(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch(() => [])
  const files: BackupFile[] = []
  for (const name of names) {
    const known = readBackupName(name)
    if (!known) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile()) files.push({ name, path, ...known, bytes: found.size })
  }
  return files.toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
}

export interface GoodBackup extends BackupFile, Checked {
  readonly summary: Summary
}

/**
 * The newest backup of a folder that can be restored, found by proving one after the other; null when there is none.
 * Needs no shop that can be opened: this is where one that cannot is led to. Sealed backups are passed over, as their
 * passphrase is not known here (those of the data folder never are).
 */
export async function newestGoodBackup(
  folder: string,
  migrations: readonly Migration[],
): Promise<GoodBackup | null> {
  for (const file of backupStatus(folder).newestFirst(await backupsIn(folder))) {
    const unsealing = { key: null, passphrase: null }
    try {
      const checked = await inWorkFolder(folder, (work) =>
        checkBackup({ path: file.path, unsealing, migrations, work, thorough: false }),
      )
      if (checked.ledgerFaults === 0)
        return { ...file, ...checked, summary: summaryOf(checked.head.manifest) }
    } catch (error) {
      // One that is damaged, from a newer program or not readable is not a good one; an older one may be.
      if (!(error instanceof AppError)) throw error
    }
  }
  return null
}
