import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataFolder } from '../data-folder.ts'
import { contentStore } from './content-store.ts'
import { clearWork } from './make-backup.ts'
import { unfinished } from './safe-file.ts'
import { dropStaged, stagingPrefix } from './stage-restore.ts'

/**
 * Removes what a host that was killed left of backups: work folders, files that never got their name, and rehearsals
 * nobody can go on with. Nothing of this host's own may be under way.
 */
export async function clearLeftOvers(folder: Pick<DataFolder, 'path' | 'backups'>): Promise<void> {
  await clearWork(folder.backups)
  for (const name of await readdir(folder.backups).catch(() => []))
    if (name.endsWith(unfinished)) await rm(join(folder.backups, name), { force: true })
  await contentStore(folder.backups, null).clearUnfinished()
  for (const name of await readdir(folder.path))
    if (name.startsWith(stagingPrefix)) await dropStaged(folder.path, name)
}
