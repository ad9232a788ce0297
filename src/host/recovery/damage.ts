import { stat } from 'node:fs/promises'
import type { Migration } from '../backup/types.ts'
import { newestGoodBackup, restoreBackup } from '../backup/index.ts'
import { changedSince, type Changed } from '#core/db/backup.ts'
import { openDataFolder } from '../data-folder.ts'
import { finishSwap } from '../backup/swap.ts'
import { lockFolder } from '../host-lock.ts'
import { trusted } from './suspicion.ts'

/** What there is to say about a shop's file that cannot be read any more. */
export interface Damage {
  /** UTC epoch ms of the file's last writing; null when it is not even there. */
  readonly writtenAt: number | null
  readonly backup: {
    readonly name: string
    readonly at: number
    readonly repairs: number
    readonly newestRepair: string | null
    /** What the damaged file still shows of what came after it; null for what cannot be counted. */
    readonly lost: Changed
  } | null
}

/** Looks for the newest backup that is proved good, and for what came after it. Changes nothing. */
export async function examineDamage(data: string, migrations: readonly Migration[]): Promise<Damage> {
  const folder = openDataFolder(data)
  const writtenAt = await stat(folder.database).then(
    (found) => found.mtimeMs,
    () => null,
  )
  const good = await newestGoodBackup(folder.backups, migrations)
  if (!good) return { writtenAt, backup: null }
  // Its name knows whole seconds only.
  const { name, summary, head } = good
  const { at } = head.manifest
  const { repairs, newestRepair } = summary
  return { writtenAt, backup: { name, at, repairs, newestRepair, lost: changedSince(folder.database, at) } }
}

/**
 * Puts the newest good backup in the place of the damaged file, which is kept aside. Answers the folder it is kept in;
 * null when there is no good backup. Errors: `database.in_use`, those of `restoreBackup`.
 */
export async function restoreNewest(
  data: string,
  migrations: readonly Migration[],
  by: { readonly at: number; readonly by: string },
): Promise<string | null> {
  const folder = openDataFolder(data)
  const unlock = lockFolder(folder.path)
  try {
    // A restore that was decided before the power went is completed first; it may be all that is needed.
    finishSwap(folder.path)
    const good = await newestGoodBackup(folder.backups, migrations)
    if (!good) return null
    const { aside } = await restoreBackup({ folder, path: good.path, migrations, ...by })
    trusted(folder.path)
    return aside
  } finally {
    unlock()
  }
}
