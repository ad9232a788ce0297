import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupSettings } from '#contract/backups.ts'
import { AppError } from '#core/app.ts'
import { contentStore, dropUnusedKeys } from './content-store.ts'
import { backupsIn } from './newest-good.ts'
import { archiveHead } from './read-archive.ts'
import { backupsToDrop } from './retention.ts'
import { keyName, type BackupKey } from './seal.ts'
import type { BackupStatus } from './status.ts'

export interface TidyOptions {
  readonly folder: string
  readonly place: 'own' | 'second'
  /** What copies in the folder are sealed with now. */
  readonly key: BackupKey | null
  readonly counts: Pick<BackupSettings, 'daily' | 'weekly' | 'monthly'>
  readonly timeZone: string
  readonly status: BackupStatus
}

/** Removes the backups of a folder that are not kept any longer, then the pictures none of the others needs. */
export async function tidyBackups(options: TidyOptions): Promise<void> {
  const { folder, place, status } = options
  const files = status.newestFirst(await backupsIn(folder))
  const known = files.map(({ name, at, kind }) => {
    return { name, at, kind, state: status.checkOf(place, name)?.state ?? 'unchecked' }
  })
  const drop = backupsToDrop(known, options.counts, options.timeZone)
  if (drop.length === 0) return
  for (const name of drop) await rm(join(folder, name), { force: true })
  await status.forget(place, drop)
  await tidyFiles(options)
}

/** Only where every list can be read: a picture is not removed because somebody has forgotten a passphrase. */
async function tidyFiles({ folder, key }: TidyOptions): Promise<void> {
  const needed = { plain: new Set<string>(), sealed: new Set<string>() }
  let readable = true
  for (const { path } of await backupsIn(folder)) {
    try {
      const head = await archiveHead(path, { key, passphrase: null })
      const list = head.sealedWith ? needed.sealed : needed.plain
      for (const { sha256 } of head.attachments) list.add(sha256)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      readable = false
    }
  }
  if (!readable) return
  await contentStore(folder, null).sweep(needed.plain)
  if (key) await contentStore(folder, key).sweep(needed.sealed)
  await dropUnusedKeys(folder, new Set(key ? [keyName(key)] : []))
}
