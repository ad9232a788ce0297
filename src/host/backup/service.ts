import { join } from 'node:path'
import type { BackupState } from '#contract/backups.ts'
import { AppError, type Actor, type App } from '#core/app.ts'
import type { DataFolder } from '../data-folder.ts'
import { program } from '../program.ts'
import { fromWire, toWire, type BackupResult, type BackupWork } from './backup-thread.ts'
import { clearUnproven } from './copy-backup.ts'
import { backupJobs, troubleOf } from './jobs.ts'
import type { BackupKind } from './manifest.ts'
import { backupsIn, type BackupFile } from './newest-good.ts'
import type { BackupKey } from './seal.ts'
import { requireSecond } from './second-folder.ts'
import { backupStatus } from './status.ts'
import { tidyBackups } from './tidy.ts'
import type { Migration } from './types.ts'

export interface BackupDeps {
  readonly app: App
  readonly folder: DataFolder
  readonly shopKey: Buffer
  readonly migrations: readonly Migration[]
  readonly programVersion: string
}

export interface Second {
  readonly path: string | null
  readonly key: BackupKey | null
  /** What tells this shop from all others, also after a restore. */
  readonly shop: string
}

/** What making, copying and checking have in common: the thread, the notes kept and the tidying. */
function bookkeeping({ app, folder }: BackupDeps) {
  const jobs = backupJobs(app)
  const status = backupStatus(folder.backups)
  const second = (): Second => {
    const { path, key, shop } = app.run('recovery.second', {})
    return { path, key: fromWire(key), shop }
  }
  const tidy = async (place: 'own' | 'second', path: string, key: BackupKey | null) => {
    const { settings } = app.run('settings.get', {}, program)
    const { backup: counts, timeZone } = settings
    await tidyBackups({ folder: path, place, key, counts, timeZone, status })
  }
  /** Does an act that proves a backup, and keeps how it was found. */
  const prove = async (place: 'own' | 'second', name: string, work: BackupWork): Promise<BackupResult> => {
    const at = app.clock.now()
    try {
      const result = await jobs.act(name, work)
      const state = result.ledgerFaults === 0 ? 'good' : 'faulty'
      await status.noteCheck(place, result.name || name, { state, at, code: null, params: {} })
      return result
    } catch (error) {
      const isDamage = error instanceof AppError && damage.has(error.code)
      if (isDamage && work.act === 'check')
        await status.noteCheck(place, name, { state: 'damaged', at, ...troubleOf(app, error) })
      throw error
    }
  }
  const newest = async (serves: (state: BackupState) => boolean): Promise<BackupFile | undefined> => {
    const files = status.newestFirst(await backupsIn(folder.backups))
    return files.find(({ name }) => serves(status.checkOf('own', name)?.state ?? 'unchecked'))
  }
  const newestGood = () => newest((state) => state === 'good')
  /** Writes down how an act went, for Today and the audit log. */
  const note = async (
    act: 'make' | 'copy' | 'check',
    name: string,
    error: unknown,
    actor: Actor | undefined,
  ) => {
    const problem = error === null ? null : troubleOf(app, error)
    const lastGoodAt = (await newestGood())?.at ?? null
    app.run('recovery.noted', { commandId: crypto.randomUUID(), act, name, lastGoodAt, problem }, actor)
  }
  return { jobs, status, second, tidy, prove, newest, newestGood, note }
}

/** Brings backups to the second folder. */
function copier({ app, folder, migrations }: BackupDeps, books: ReturnType<typeof bookkeeping>) {
  const { status, prove, tidy } = books
  return async (name: string, { path, key, shop }: Second): Promise<void> => {
    if (path === null) return
    const at = app.clock.now()
    try {
      await requireSecond(path, shop)
      await clearUnproven(path, key)
      const options = { path: join(folder.backups, name), folder: path, shop, migrations }
      await prove('second', name, { act: 'copy', options, workIn: folder.backups, key: toWire(key) })
      await status.noteSecond(null)
      await tidy('second', path, key)
    } catch (error) {
      // A disk that is not there is said, and made up for when it is; the backup itself was made.
      await status.noteSecond({ at, ...troubleOf(app, error) })
      app.announce('backups', [])
    }
  }
}

/** Makes, copies, checks and tidies the backups of a running host. */
export function backupService(deps: BackupDeps) {
  const { app, folder, migrations } = deps
  const books = bookkeeping(deps)
  const { jobs, status, second, tidy, prove, newest, newestGood, note } = books
  const copy = copier(deps, books)
  const make = async (kind: BackupKind, actor?: Actor): Promise<void> => {
    const options = {
      kind,
      at: app.clock.now(),
      database: folder.database,
      attachments: folder.attachments,
      folder: folder.backups,
      programVersion: deps.programVersion,
      migrations,
    }
    try {
      const work = { act: 'make', options, shopKey: deps.shopKey.toString('base64') } as const
      const { name, ledgerFaults } = await jobs.act(kind, work)
      await note('make', name, ledgerFaults === 0 ? null : new AppError('ledger.unbalanced'), actor)
      await tidy('own', folder.backups, null)
      await copy(name, second())
    } catch (error) {
      await note('make', kind, error, actor)
      throw error
    }
  }
  const check = async (place: 'own' | 'second', name: string, actor: Actor): Promise<void> => {
    const { path: secondPath, key } = second()
    const where = place === 'own' ? folder.backups : secondPath
    if (where === null) throw new AppError('not_found', { entity: 'backup' })
    const options = { path: join(where, name), migrations, thorough: true }
    const unsealing = { key: toWire(key), passphrase: null }
    const work = { act: 'check', options, workIn: folder.backups, unsealing } as const
    try {
      const { ledgerFaults } = await prove(place, name, work)
      await note('check', name, ledgerFaults === 0 ? null : new AppError('ledger.unbalanced'), actor)
    } catch (error) {
      await note('check', name, error, actor)
      throw error
    }
  }
  return {
    jobs,
    status,
    second,
    /** The backup made last, of those not known to be damaged. */
    newest: () => newest((state) => state !== 'damaged'),
    /** Makes a backup, proves it, brings it to the second folder and tidies both. */
    make: (kind: BackupKind, actor?: Actor) => jobs.undertake('make', kind, () => make(kind, actor)),
    /** Reads a backup with every picture. */
    check: (place: 'own' | 'second', name: string, actor: Actor) =>
      jobs.undertake('check', name, () => check(place, name, actor)),
    /** Brings the newest backup to the second folder, when it is there and has it not yet. */
    async catchUp(): Promise<void> {
      const target = second()
      const newest = await newestGood()
      if (target.path === null || !newest || jobs.running()) return
      const has = (await backupsIn(target.path)).some(({ name }) => name === newest.name)
      const usable = await requireSecond(target.path, target.shop).then(
        () => true,
        () => false,
      )
      if (usable && !has) await jobs.undertake('copy', newest.name, () => copy(newest.name, target))
    },
  }
}
export type BackupService = ReturnType<typeof backupService>

/** What says that a backup cannot be restored; everything else may be over tomorrow. */
const damage = new Set(['backup.damaged', 'backup.not_a_backup', 'backup.files_missing'])
