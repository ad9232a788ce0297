import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkBackup, type Checked, type CheckOptions } from './check-backup.ts'
import { syncFolder } from './safe-file.ts'
import type { BackupKey } from './seal.ts'
import type { OnProgress } from './types.ts'
import { writeArchive, type Content } from './write-archive.ts'

export interface Made extends Checked {
  readonly name: string
  readonly bytes: number
}

export interface PlaceOptions extends Pick<CheckOptions, 'migrations' | 'work' | 'asItIs'> {
  readonly content: Content
  /** Seals it; null: it stays readable. */
  readonly key: BackupKey | null
  /** Where it lies, on the disk of `folder`, until it is proved. */
  readonly unproven: string
  /** Where it is to lie, with its pictures there already, and what it is called then. */
  readonly folder: string
  readonly name: string
  /** The last thing before it has its name; what throws here takes that from it. */
  readonly atLast: (checked: Checked) => Promise<void>
}

/** Writes a backup, reads it back and proves it, and only then gives it its name. Errors as `makeBackup`. */
export async function placeProved(options: PlaceOptions, onProgress: OnProgress): Promise<Made> {
  const { content, key, unproven, folder, name, migrations, work, asItIs = false, atLast } = options
  await writeArchive(unproven, content, key)
  await rm(content.packed.path)
  const unsealing = { key, passphrase: null }
  const check = { path: unproven, folder, unsealing, migrations, work, thorough: false, asItIs }
  const checked = await checkBackup(check, onProgress)
  const { size } = await stat(unproven)
  await atLast(checked)
  await rename(unproven, join(folder, name))
  await syncFolder(folder)
  return { ...checked, name, bytes: size }
}
