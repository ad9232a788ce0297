import { readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { checkBackup } from './check-backup.ts'
import { contentStore } from './content-store.ts'
import { onFiles } from './errors.ts'
import type { Made } from './make-backup.ts'
import { repack } from './read-archive.ts'
import { syncFolder } from './safe-file.ts'
import type { BackupKey } from './seal.ts'
import { silently, type Migration } from './types.ts'
import { writeArchive } from './write-archive.ts'

export interface CopyOptions {
  /** A plain backup of this shop. */
  readonly path: string
  /** The second folder. */
  readonly folder: string
  /** Seals the copy; without it the copy does not hold the shop's key. */
  readonly key: BackupKey | null
  readonly migrations: readonly Migration[]
  /** Where nobody else reads: unpacked copies never lie in the second folder. */
  readonly work: string
}

const unprovenPrefix = '.unproven-'

/** What a program that was killed left of unfinished copies. */
export async function clearUnproven(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith(unprovenPrefix)) await rm(join(folder, name), { force: true })
}

/** Brings a backup into a second folder with the pictures it needs, and proves it there. Errors as `makeBackup`. */
export async function copyBackup(options: CopyOptions, onProgress = silently): Promise<Made> {
  const { path, folder, key, migrations, work } = options
  const name = basename(path)
  return await onFiles(folder, async () => {
    const content = await repack(path, join(work, 'copy.gz'), key !== null)
    const from = contentStore(dirname(path), null)
    const store = contentStore(folder, key)
    for (const [index, file] of content.attachments.entries()) {
      if (!(await store.has(file))) await store.add(file, from.path(file.sha256))
      onProgress({ step: 'files', done: index + 1, total: content.attachments.length })
    }
    const unproven = join(folder, `${unprovenPrefix}${name}`)
    try {
      await writeArchive(unproven, content, key)
      await rm(content.packed.path)
      const unsealing = { key, passphrase: null }
      const check = { path: unproven, folder, unsealing, migrations, work, thorough: false }
      const checked = await checkBackup(check, onProgress)
      const { size } = await stat(unproven)
      await rename(unproven, join(folder, name))
      await syncFolder(folder)
      return { ...checked, name, bytes: size }
    } finally {
      await rm(unproven, { force: true })
    }
  })
}
