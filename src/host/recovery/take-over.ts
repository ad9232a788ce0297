import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { OutputOf } from '#contract/method-types.ts'
import type { TakeoverFound } from '#contract/takeover.ts'
import { AppError, type App } from '#core/app.ts'
import { onBackupThread, type BackupThread } from '../backup/backup-thread.ts'
import { troubleOf } from '../backup/jobs.ts'
import { dropStaged, stagingPrefix } from '../backup/stage-restore.ts'
import { planSwap } from '../backup/swap.ts'
import type { Migration } from '../backup/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { beginFile, type BroughtFile } from './brought-file.ts'

export interface TakeoverDeps {
  readonly app: App
  readonly folder: DataFolder
  readonly shopKey: Buffer
  readonly migrations: readonly Migration[]
  /** The program's own folder. */
  readonly root: string
  /** When what an earlier host left is gone: it is known by its name, which what comes now has too. */
  readonly cleared: Promise<void>
}

type Standing = OutputOf<'takeover.standing'>

/** One file that is brought, from its first piece to the exchange. */
export interface Takeover {
  readonly file: BroughtFile
  standing(): Standing
  /** Begins to try it out. Errors: `backup.running`, `setup.broken_off` while a part is missing. */
  rehearse(passphrase: string | null): Promise<void>
  /** Decides the exchange for what was tried out; at once, so that nothing comes between. Error: `not_found`. */
  decide(): void
  /** Breaks off what is under way and removes all of it. */
  drop(): Promise<void>
}

/** Begins to bring a file. Errors: those of `beginFile`. */
export async function beginTakeover(
  deps: TakeoverDeps,
  about: { readonly name: string; readonly size: number },
): Promise<Takeover> {
  const { app, folder } = deps
  await deps.cleared
  const file = await beginFile(folder.path, { uid: randomUUID(), ...about })
  let running: Standing['running'] = null
  let problem: Standing['problem'] = null
  let found: TakeoverFound | null = null
  /** The folder that is to take the place of the empty shop, from when it may be there. */
  let incoming: string | undefined
  let thread: BackupThread | undefined
  let work: Promise<void> = Promise.resolve()
  const forget = async () => {
    const left = incoming
    incoming = undefined
    found = null
    if (left !== undefined) await dropStaged(folder.path, left)
  }
  const tryOut = async (passphrase: string | null) => {
    try {
      await forget()
      incoming = `${stagingPrefix}${randomUUID()}`
      thread = onBackupThread(workOn(deps, file, incoming, passphrase), (progress) => (running = progress))
      const { staged, imported } = await thread.result
      if (imported) found = { kind: 'export', secretsLost: false, ...imported }
      if (staged) {
        const { manifest, after: counts, ledgerFaults, missingFiles, secretsLost } = staged
        const { shopName, programVersion, at } = manifest
        const said = { shopName, programVersion, at, counts, ledgerFaults, missingFiles, secretsLost }
        found = { kind: 'backup', owner: null, ...said }
      }
    } catch (error) {
      problem = toldPlainly(troubleOf(app, error))
      await forget()
    } finally {
      running = null
    }
  }
  return {
    file,
    standing: () => ({ received: file.received(), running, problem, found }),
    async rehearse(passphrase) {
      if (running) throw new AppError('backup.running')
      if (file.received() !== file.size) throw new AppError('setup.broken_off')
      running = { step: 'pack', done: 0, total: 0 }
      problem = null
      work = tryOut(passphrase)
    },
    decide() {
      if (!found || incoming === undefined) throw new AppError('not_found', { entity: 'backup' })
      const { kind: brought, at: dataAt, secretsLost } = found
      const why = { what: 'restored', by: 'set-up page', from: file.name, dataAt, secretsLost } as const
      const note = { commandId: randomUUID(), ...why, brought }
      planSwap(folder.path, { incoming, at: app.clock.now(), note })
      // Nobody drops it any more.
      incoming = undefined
      found = null
    },
    async drop() {
      await thread?.stop()
      await work
      await forget()
      await file.remove()
    },
  }
}

function workOn(
  { folder, shopKey, migrations, root }: TakeoverDeps,
  file: BroughtFile,
  incoming: string,
  passphrase: string | null,
): Parameters<typeof onBackupThread>[0] {
  if (file.kind() === 'export')
    return { act: 'import', options: { from: file.path, data: join(folder.path, incoming), root } }
  const { path, database, attachments } = folder
  return {
    act: 'rehearse',
    options: {
      path: file.path,
      data: { path, database, attachments },
      migrations,
      uid: incoming.slice(stagingPrefix.length),
    },
    shopKey: shopKey.toString('base64'),
    unsealing: { key: null, passphrase },
  }
}

/** Which of the two kinds a file is not says nothing to whoever chose it; nor does where the host has put it. */
function toldPlainly(found: ReturnType<typeof troubleOf>): ReturnType<typeof troubleOf> {
  if (found.code === 'backup.not_a_backup' || found.code === 'export.not_one')
    return { code: 'setup.not_ours', params: {} }
  return found.code === 'backup.no_space' ? { code: 'database.full', params: {} } : found
}
