import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { shopKey, type DataFolder } from '../data-folder.ts'
import { stageRestore, type Staged } from './stage-restore.ts'
import { finishSwap, planSwap } from './swap.ts'
import { silently, type Migration } from './types.ts'

export interface RestoreOptions {
  readonly folder: DataFolder
  /** The backup file. */
  readonly path: string
  readonly migrations: readonly Migration[]
  readonly passphrase?: string
}

/** Rehearses a restore while no host has the folder open; the caller holds its lock. Errors as `stageRestore`. */
export async function rehearseRestore(options: RestoreOptions, onProgress = silently): Promise<Staged> {
  const { folder, path, migrations, passphrase = null } = options
  const key = existsSync(join(folder.path, 'shop.key')) ? shopKey(folder) : null
  const unsealing = { key: null, passphrase }
  return await stageRestore(
    { path, unsealing, data: folder, shopKey: key, migrations, uid: randomUUID() },
    onProgress,
  )
}

/** Exchanges the shop for what was rehearsed. Answers the folder in which what was there is kept. */
export function replaceShop(
  folder: DataFolder,
  path: string,
  staged: Staged,
  at: number,
  by: string,
): string {
  const { incoming, manifest, secretsLost } = staged
  const from = basename(path)
  const note = {
    commandId: randomUUID(),
    what: 'restored',
    by,
    from,
    dataAt: manifest.at,
    secretsLost,
  } as const
  const aside = planSwap(folder.path, { incoming, at, note })
  finishSwap(folder.path)
  return aside
}

/**
 * Restores a backup before a host can open the shop's file: rehearses and replaces in one go. The next start of the
 * host writes into the audit log who did it and ends all sessions.
 */
export async function restoreBackup(
  options: RestoreOptions & { readonly at: number; readonly by: string },
): Promise<{ readonly staged: Staged; readonly aside: string }> {
  const staged = await rehearseRestore(options)
  return { staged, aside: replaceShop(options.folder, options.path, staged, options.at, options.by) }
}
