import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Language } from '#contract/fields.ts'
import { createApp, secretBox, systemClock, type App, type Clock } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { exportLog } from './audit/export-log.ts'
import { startAuditRounds } from './audit/audit-rounds.ts'
import { finishSwap, recordedSwap, type SwapNote } from './backup/index.ts'
import { backupStandingStill } from './backup/before-migration.ts'
import { watchClock } from './backup/retention.ts'
import { keepToOneself, openDataFolder, readMigrations, shopKey, type DataFolder } from './data-folder.ts'
import { createDocuments } from './documents/index.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { onDisk } from './disk-errors.ts'
import { lockFolder } from './host-lock.ts'
import { openLog } from './log.ts'
import { createLoginLimits } from './login-limits.ts'
import { hashPassword } from './passwords.ts'
import { startBackupRounds } from './jobs/backup-rounds.ts'
import { startMailRounds } from './jobs/mail-round.ts'
import { startSchedule } from './jobs/schedule.ts'
import { program } from './program.ts'
import { isSuspected, suspectDamage, trusted } from './recovery/suspicion.ts'
import { refuseCutPage } from './recovery/whole-pages.ts'
import { createTaskRunner, type TaskHandlers, type TaskRunner } from './tasks/tasks.ts'
import { createBackupTasks } from './tasks/backups.ts'
import * as attachments from './tasks/attachments.ts'
import { renderDocument } from './tasks/documents.ts'
import { createImportTasks } from './tasks/imports.ts'
import * as session from './tasks/session.ts'
import { createExportTasks } from './tasks/exports.ts'
import { createPaperTasks } from './tasks/papers.ts'
import { testMail } from './tasks/mail.ts'
import { createTakeoverTasks } from './tasks/takeover.ts'
import * as users from './tasks/users.ts'
import type { Connection } from './transport/connection.ts'
import { reportBase, usualLanPort } from './transport/lan.ts'
import { createRouter } from './transport/router.ts'
import { createNetwork, type Network } from './transport/sharing.ts'

export interface StartOptions {
  readonly data: string
  /** The program's own folder: holds drizzle/, resources/ and out/renderer. */
  readonly root: string
  readonly version: string
  readonly clock?: Clock
  /** The shop's key, where the desktop program has it from the system's key store. */
  readonly key?: Buffer | undefined
  /** Closes this host and starts it again, for a restore; without it there is none. */
  readonly restart?: (() => void) | undefined
}

export interface Host {
  readonly app: App
  readonly router: ReturnType<typeof createRouter>
  readonly folder: DataFolder
  readonly files: FileStore
  /** The shop's network; the port is known when HTTP is up. */
  readonly network: Network
  /** The service report of a repair as PDF, for the customer's own link. */
  serviceReport(repairUid: string, language: Language): Promise<Uint8Array>
  /** A proved backup before the program itself is replaced. Throws when there is none. */
  backUpForUpdate(): Promise<void>
  close(): Promise<void>
}

const nobody: Connection = { tokenHash: () => null, seatUid: () => null, keep: () => {} }

/** Opens a shop's data folder and puts everything together; transports are attached by the caller. */
export function startHost(options: StartOptions): Host {
  return onDisk(() => {
    const folder = openDataFolder(options.data)
    const unlock = lockFolder(folder.path)
    try {
      return compose(options, folder, unlock)
    } catch (error) {
      unlock()
      throw error
    }
  })
}

/** Tasks that need nothing of this one host. */
const plainTasks = {
  'session.login': session.login,
  'session.switchByPin': session.switchByPin,
  'session.logout': session.logout,
  'setup.create': session.setupShop,
  'users.create': users.createUser,
  'users.setPassword': users.setPassword,
  'users.setPin': users.setPin,
  'users.changeOwn': users.changeOwn,
  'attachments.upload': attachments.upload,
  'attachments.read': attachments.read,
  'notices.testMail': testMail,
} satisfies Partial<TaskHandlers>

function compose(options: StartOptions, folder: DataFolder, unlock: () => void): Host {
  const { log, close: closeLog } = openLog(folder.logs)
  const clock = options.clock ?? systemClock
  // A restore that was decided is completed before anything is opened.
  const swapped = finishSwap(folder.path)
  const key = shopKey(folder, options.key)
  const migrations = readMigrations(options.root)
  const about = { programVersion: options.version, migrations }
  refuseCutPage(folder.database)
  const database = openDatabase({
    source: folder.database,
    migrations,
    thorough: isSuspected(folder.path),
    beforeMigrate: () => backupBeforeMigration(folder, { ...about, at: clock.now(), key }),
  })
  trusted(folder.path)
  keepToOneself(folder)
  const app = createApp({ database, clock, log, box: secretBox(key) })
  // Before this start writes an act of its own: it says whether the clock was set back since.
  const backupClock = watchClock(lastActAt(app))
  if (swapped) recordSwap(app, folder, swapped)
  const audit = startAuditRounds(app, folder, migrations)
  const closing = new AbortController()
  const documents = createDocuments({ fontsDir: join(options.root, 'resources', 'fonts') })
  const imports = createImportTasks(app, folder, options.root)
  const exports = createExportTasks(app, folder, { program: options.version, migrations })
  const network = createNetwork(app, folder.path, usualLanPort)
  const deps = { app, folder, shopKey: key, root: options.root, ...about }
  const backups = createBackupTasks(deps, options.restart)
  const takeover = createTakeoverTasks({ ...deps, cleared: backups.cleared }, options.restart)
  const handlers: TaskHandlers = {
    ...plainTasks,
    'seats.sharing': async () => network.status(),
    'documents.render': renderDocument(documents, (settings) => reportBase(settings, network.usualPort)),
    ...createPaperTasks(documents, (settings) => reportBase(settings, network.usualPort)),
    ...imports.handlers,
    ...exports.handlers,
    ...backups.handlers,
    ...takeover.handlers,
    'audit.check': () => audit.check(),
    'audit.export': (ctx, input) => exportLog(app, ctx.actor, input),
  }
  const files = filesOf(app, folder)
  const limits = createLoginLimits(clock)
  const tasks = createTaskRunner(handlers, { app, files, folder, root: options.root, limits })
  const router = createRouter({
    app,
    tasks,
    closing: closing.signal,
    onDamage: () => suspectDamage(folder.path),
  })
  const backupRounds = startBackupRounds(app, backups.service, backupClock)
  const rounds = [startSchedule(app, files), startMailRounds(app), backupRounds]
  return {
    app,
    router,
    folder,
    files,
    network,
    serviceReport: (uid, language) => reportOf(tasks, uid, language),
    backUpForUpdate: () => backups.service.make('update', program),
    async close() {
      closing.abort()
      for (const stop of rounds) stop()
      for (const one of [takeover, backups, imports, exports, audit]) await one.close()
      app.close()
      closeLog()
      unlock()
    },
  }
}

/** When the newest act in the shop's file was done; 0 where there is no shop yet. */
function lastActAt(app: App): number {
  return app.run('session.state', {}).setUp ? (app.run('trail.head', {})?.at ?? 0) : 0
}

function filesOf(app: App, folder: DataFolder): FileStore {
  return createFileStore(folder.attachments, (sha256) => app.run('files.referenced', { sha256: [...sha256] }))
}

async function reportOf(tasks: TaskRunner, uid: string, language: Language): Promise<Uint8Array> {
  const asked = { kind: 'service_report', uid, language }
  const file = await tasks.run('documents.ofRepair', asked, { kind: 'host', actor: program }, nobody)
  return new Uint8Array(await (file as File).arrayBuffer())
}

/** The file was exchanged by a restore: everybody signs in again, and its audit log says who did it. */
function recordSwap(app: App, folder: DataFolder, swapped: SwapNote): void {
  // A shop that was never set up has nobody to sign out and no log to write to.
  const { brought, ...note } = swapped
  if (brought !== 'export' && app.run('session.state', {}).setUp) app.run('recovery.swapped', note)
  recordedSwap(folder.path)
}

/** Nothing is migrated that was not backed up and proved just before. Errors are those of `makeBackup`. */
function backupBeforeMigration(
  folder: DataFolder,
  about: { programVersion: string; migrations: ReturnType<typeof readMigrations>; at: number; key: Buffer },
): void {
  const { key, ...rest } = about
  const { database, attachments, backups } = folder
  const options = { kind: 'migration', database, attachments, folder: backups, ...rest } as const
  backupStandingStill({ act: 'make', options, shopKey: key.toString('base64') })
}

/**
 * Makes a shop on an empty folder, for the command line: history may be brought in before anybody has sat down
 * at the wizard. Answers false when there is a shop already.
 */
export async function foundEmptyShop(host: Host, ownerPassword: string): Promise<boolean> {
  if (host.app.run('session.state', {}).setUp) return false
  host.app.run('founding.commit', {
    commandId: randomUUID(),
    demo: false,
    shop: {
      name: 'Benchside',
      code: 'S1',
      country: 'CN',
      currency: 'CNY',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      languages: ['zh-CN', 'en'],
      defaultLanguage: 'en',
    },
    owner: { login: 'owner', name: 'Owner', passwordHash: await hashPassword(ownerPassword), pinHash: null },
  })
  return true
}
