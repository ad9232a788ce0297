import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { contentStore } from './content-store.ts'
import { onFiles } from './errors.ts'
import { placeProved, type Made } from './place-proved.ts'
import { repack } from './read-archive.ts'
import type { BackupKey } from './seal.ts'
import { requireSecond } from './second-folder.ts'
import { silently, type Migration } from './types.ts'

export interface CopyOptions {
  /** A plain backup of this shop. */
  readonly path: string
  /** The second folder, and whose it is by its mark. */
  readonly folder: string
  readonly shop: string
  /** Seals the copy; without it the copy does not hold the shop's key. */
  readonly key: BackupKey | null
  readonly migrations: readonly Migration[]
  /** Where nobody else reads: unpacked copies never lie in the second folder. */
  readonly work: string
}

const unprovenPrefix = '.unproven-'

/** Removes what a program that was killed left of unfinished copies and of pictures on their way. */
export async function clearUnproven(folder: string, key: BackupKey | null): Promise<void> {
  await contentStore(folder, key).clearUnfinished()
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith(unprovenPrefix)) await rm(join(folder, name), { force: true })
}

/** Brings a backup into a second folder with the pictures it needs, and proves it there. Errors as `makeBackup` and `requireSecond`. */
export async function copyBackup(options: CopyOptions, onProgress = silently): Promise<Made> {
  const { path, folder, shop, key, migrations, work } = options
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
    const place = { unproven, folder, name, migrations, work, key }
    // A disk pulled out meanwhile may have left an empty folder in its place.
    const atLast = () => requireSecond(folder, shop)
    try {
      return await placeProved({ ...place, content, atLast }, onProgress)
    } finally {
      await rm(unproven, { force: true })
    }
  })
}
