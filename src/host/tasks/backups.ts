import { randomUUID } from 'node:crypto'
import { access, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BackupOverview, BackupRow, Rehearsal } from '#contract/backups.ts'
import { AppError } from '#core/app.ts'
import type { WireUnsealing } from '../backup/backup-thread.ts'
import { summaryOfStaged } from '../backup/rehearsal.ts'
import { backupsIn, type BackupFile } from '../backup/newest-good.ts'
import { clearLeftOvers } from '../backup/left-overs.ts'
import { readBackupName } from '../backup/manifest.ts'
import { archiveIsSealed } from '../backup/read-archive.ts'
import { newBackupKey } from '../backup/seal.ts'
import { chooseSecond } from '../backup/second-folder.ts'
import { backupService, type BackupDeps } from '../backup/service.ts'
import { dropStaged, type Staged } from '../backup/stage-restore.ts'
import { planSwap, replacedFolder, replacedFolders, swapIsPlanned } from '../backup/swap.ts'
import { toWire } from '../backup/backup-thread.ts'
import type { TaskContext, TaskHandlers } from './tasks.ts'

type BackupTaskName = Extract<keyof TaskHandlers, `backups.${string}`>

export interface BackupTasks {
  readonly handlers: Pick<TaskHandlers, BackupTaskName>
  readonly service: ReturnType<typeof backupService>
  /** What an earlier host left unfinished is gone; before that nothing is begun that looks like it. */
  readonly cleared: Promise<void>
  close(): Promise<void>
}

interface Rehearsed {
  readonly staged: Staged
  readonly shown: Rehearsal
}

interface Parts {
  readonly deps: BackupDeps
  readonly service: BackupTasks['service']
  readonly rehearsals: ReturnType<typeof keepRehearsal>
  /** Begins work whose outcome is told by `overview`; what goes wrong is kept there. */
  begin(work: () => Promise<unknown>): Ok
}
type Ok = { readonly ok: true }
const ok: Ok = { ok: true }

/** `restart`: closes the host and starts it again; it must not be waited for. */
export function createBackupTasks(deps: BackupDeps, restart: (() => void) | undefined): BackupTasks {
  const { app } = deps
  const service = backupService(deps)
  const cleared = clearLeftOvers(deps.folder).catch((error: unknown) => {
    app.log.warn({ err: error }, 'unfinished backups could not be tidied away')
  })
  service.jobs.startAfter(cleared)
  const begin = (work: () => Promise<unknown>): Ok => {
    if (service.jobs.running() || swapIsPlanned(deps.folder.path)) throw new AppError('backup.running')
    work().catch((error: unknown) => {
      if (!(error instanceof AppError)) app.log.error({ err: error }, 'work on backups failed')
    })
    return ok
  }
  const parts = { deps, service, rehearsals: keepRehearsal(deps, service), begin }
  return {
    handlers: { ...makingTasks(parts), ...restoreTasks(parts, restart), ...secondTasks(parts) },
    service,
    cleared,
    async close() {
      await service.jobs.stop()
      // Whoever opens the folder next may unpack a backup in it at once.
      await cleared
    },
  }
}

/** The one rehearsal that can be decided on. */
function keepRehearsal({ app, folder, migrations, shopKey }: BackupDeps, service: BackupTasks['service']) {
  let rehearsed: Rehearsed | null = null
  const drop = async () => {
    if (rehearsed) await dropStaged(folder.path, rehearsed.staged.incoming)
    rehearsed = null
    app.announce('backups', [])
  }
  return {
    now: () => rehearsed,
    drop,
    /** It is going to take the shop's place: nobody drops it any more. */
    taken() {
      rehearsed = null
    },
    async rehearse(path: string, unsealing: WireUnsealing) {
      await drop()
      const uid = randomUUID()
      const name = basename(path)
      const data = { path: folder.path, database: folder.database, attachments: folder.attachments }
      const options = { path, data, migrations, uid }
      const key = shopKey.toString('base64')
      const { staged } = await service.jobs.act(name, { act: 'rehearse', options, shopKey: key, unsealing })
      if (staged) rehearsed = { staged, shown: summaryOfStaged(uid, name, staged) }
    },
  }
}

function makingTasks({ deps, service, rehearsals, begin }: Parts) {
  return {
    'backups.overview': async () => await overview(deps, service, () => rehearsals.now()?.shown ?? null),
    'backups.make': async (ctx) => begin(() => service.make('manual', ctx.actor)),
    async 'backups.check'(ctx, { place, name }) {
      await pathOf(deps, service, { place, name })
      return begin(() => service.check(place, name, ctx.actor))
    },
  } satisfies Partial<TaskHandlers>
}

function restoreTasks({ deps, service, rehearsals, begin }: Parts, restart: (() => void) | undefined) {
  const { app, folder } = deps
  type Note = Parameters<typeof planSwap>[1]['note']
  const swapWith = (
    ctx: TaskContext,
    incoming: string,
    note: Omit<Note, 'commandId' | 'by' | 'second'>,
  ): Ok => {
    if (!restart || service.jobs.running()) throw new AppError('backup.running')
    const { name } = app.run('recovery.person', { userId: ctx.actor.userId })
    const second = app.run('recovery.secondKept', {})
    const at = app.clock.now()
    planSwap(folder.path, { incoming, at, note: { commandId: randomUUID(), by: name, second, ...note } })
    rehearsals.taken()
    app.announce('restored', [])
    // The answer and the news go out first.
    setTimeout(restart, 300)
    return ok
  }
  return {
    async 'backups.rehearse'(_ctx, { passphrase = null, ...source }) {
      const path = await pathOf(deps, service, source)
      // A passphrase that was given is tried even where the key is at hand: it is how one tries what one wrote down.
      const key = passphrase === null ? toWire(service.second().key) : null
      const unsealing = { key, passphrase }
      const work = () => rehearsals.rehearse(path, unsealing)
      return begin(() => service.jobs.undertake('rehearse', basename(path), work))
    },
    async 'backups.dropRehearsal'() {
      await rehearsals.drop()
      return ok
    },
    async 'backups.restore'(ctx, { uid }) {
      const rehearsed = rehearsals.now()
      if (rehearsed?.shown.uid !== uid) throw new AppError('not_found', { entity: 'backup' })
      const { name: from, backupAt: dataAt, secretsLost } = rehearsed.shown
      return swapWith(ctx, rehearsed.staged.incoming, { what: 'restored', from, dataAt, secretsLost })
    },
    async 'backups.undo'(ctx, { name }) {
      replacedFolder(folder.path, name)
      return swapWith(ctx, name, { what: 'undone', from: name, dataAt: null, secretsLost: false })
    },
    async 'backups.dropReplaced'(_ctx, { name }) {
      // Another owner may just have decided to bring it back.
      if (swapIsPlanned(folder.path)) throw new AppError('backup.running')
      await rm(replacedFolder(folder.path, name), { recursive: true, force: true })
      app.announce('backups', [])
      return ok
    },
  } satisfies Partial<TaskHandlers>
}

function secondTasks({ deps: { app, folder }, service }: Parts) {
  return {
    async 'backups.setSecond'(ctx, { path }) {
      if (path !== null) await chooseSecond(path, folder, service.second().shop)
      app.run('recovery.setSecond', { commandId: randomUUID(), path }, ctx.actor)
      await service.status.noteSecond(null)
      service.catchUp().catch((error: unknown) => app.log.error({ err: error }, 'the second folder failed'))
      return ok
    },
    async 'backups.setPassphrase'(ctx, { passphrase }) {
      const key = passphrase === null ? null : toWire(await newBackupKey(passphrase))
      app.run('recovery.setKey', { commandId: randomUUID(), key }, ctx.actor)
      return ok
    },
  } satisfies Partial<TaskHandlers>
}

async function pathOf(
  deps: BackupDeps,
  service: BackupTasks['service'],
  source: { place?: 'own' | 'second' | undefined; name?: string | undefined; path?: string | undefined },
): Promise<string> {
  const { place, name = '', path } = source
  if (place === undefined) {
    if (path === undefined) throw new AppError('not_found', { entity: 'backup' })
    await access(path).catch(() => {
      throw new AppError('backup.folder_missing', { path })
    })
    return path
  }
  const folder = place === 'own' ? deps.folder.backups : service.second().path
  // A name is never a way out of the folder.
  if (folder === null || !readBackupName(name)) throw new AppError('not_found', { entity: 'backup' })
  const file = join(folder, name)
  await access(file).catch(() => {
    throw new AppError('not_found', { entity: 'backup' })
  })
  return file
}

async function overview(
  deps: BackupDeps,
  service: BackupTasks['service'],
  rehearsal: () => Rehearsal | null,
): Promise<BackupOverview> {
  const { backups } = deps.folder
  const { path, key } = service.second()
  const row = async (place: 'own' | 'second', file: BackupFile): Promise<BackupRow> => {
    const { name, at, kind, bytes } = file
    const note = service.status.checkOf(place, name)
    const encrypted = place === 'second' && (await archiveIsSealed(file.path).catch(() => false))
    const { state = 'unchecked', at: checkedAt = null, code = null, params = {} } = note ?? {}
    return { place, name, at, kind, bytes, encrypted, state, checkedAt, code, params }
  }
  const own = (await backupsIn(backups)).map((file) => ({ place: 'own' as const, ...file }))
  const there = path === null ? [] : await backupsIn(path)
  const copies = there.map((file) => ({ place: 'second' as const, ...file }))
  const files = service.status.newestFirst([...own, ...copies])
  return {
    folder: backups,
    backups: await Promise.all(files.map(({ place, ...file }) => row(place, file))),
    replaced: replacedFolders(deps.folder.path).map(({ name, at, by, from }) => ({ name, at, by, from })),
    second: { path, problem: service.status.second(), encrypted: key !== null },
    running: service.jobs.running(),
    // Read together, after all that was waited for: whoever sees an end sees what came of it.
    last: service.jobs.last(),
    rehearsal: rehearsal(),
  }
}
