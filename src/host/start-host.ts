import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Language } from '#contract/fields.ts'
import { createApp, secretBox, systemClock, type App, type Clock } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { openDataFolder, readMigrations, shopKey, type DataFolder } from './data-folder.ts'
import { exportLog } from './audit/export-log.ts'
import { startAuditRounds } from './audit/audit-rounds.ts'
import { createDocuments } from './documents/index.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { lockFolder } from './host-lock.ts'
import { createLoginLimits } from './login-limits.ts'
import { hashPassword } from './passwords.ts'
import { startMailRounds } from './jobs/mail-round.ts'
import { startSchedule } from './jobs/schedule.ts'
import { program } from './program.ts'
import { createTaskRunner, type TaskHandlers } from './tasks/tasks.ts'
import * as attachments from './tasks/attachments.ts'
import { renderDocument } from './tasks/documents.ts'
import { createImportTasks } from './tasks/imports.ts'
import * as session from './tasks/session.ts'
import { createExportTasks } from './tasks/exports.ts'
import { createPaperTasks } from './tasks/papers.ts'
import { testMail } from './tasks/mail.ts'
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
  close(): Promise<void>
}

const nobody: Connection = { tokenHash: () => null, seatUid: () => null, keep: () => {} }

/** Opens a shop's data folder and puts everything together; transports are attached by the caller. */
export function startHost(options: StartOptions): Host {
  const folder = openDataFolder(options.data)
  const unlock = lockFolder(folder.path)
  try {
    return compose(options, folder, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function compose(options: StartOptions, folder: DataFolder, unlock: () => void): Host {
  const log = pino(
    { base: null, redact: ['*.password', '*.pin', '*.passcode', '*.token'] },
    pino.destination({ dest: join(folder.logs, 'host.log'), sync: true, mkdir: true }),
  )
  const clock = options.clock ?? systemClock
  const database = openDatabase({
    source: folder.database,
    migrations: readMigrations(options.root),
    beforeMigrate(file) {
      // The file is checkpointed first, so that one plain copy holds everything.
      file.pragma('wal_checkpoint(TRUNCATE)')
      copyFileSync(folder.database, join(folder.backups, `before-migration-${clock.now()}.db`))
    },
  })
  const app = createApp({ database, clock, log, box: secretBox(shopKey(folder, options.key)) })
  const audit = startAuditRounds(app, folder, readMigrations(options.root))
  const closing = new AbortController()
  const documents = createDocuments({ fontsDir: join(options.root, 'resources', 'fonts') })
  const imports = createImportTasks(app, folder, options.root)
  const exports = createExportTasks(app, folder, {
    program: options.version,
    migrations: readMigrations(options.root),
  })
  const network = createNetwork(app, folder.path, usualLanPort)
  const handlers: TaskHandlers = {
    'session.login': session.login,
    'session.switchByPin': session.switchByPin,
    'session.logout': session.logout,
    'setup.create': session.setupShop,
    'seats.sharing': async () => network.status(),
    'users.create': users.createUser,
    'users.setPassword': users.setPassword,
    'users.setPin': users.setPin,
    'users.changeOwn': users.changeOwn,
    'attachments.upload': attachments.upload,
    'attachments.read': attachments.read,
    'documents.render': renderDocument(documents, (settings) => reportBase(settings, network.usualPort)),
    ...createPaperTasks(documents, (settings) => reportBase(settings, network.usualPort)),
    'notices.testMail': testMail,
    ...imports.handlers,
    'audit.check': () => audit.check(),
    'audit.export': (ctx, input) => exportLog(app, ctx.actor, input),
    ...exports.handlers,
  }
  const files = createFileStore(folder.attachments, (sha256) =>
    app.run('files.referenced', { sha256: [...sha256] }),
  )
  const tasks = createTaskRunner(handlers, {
    app,
    files,
    folder,
    root: options.root,
    limits: createLoginLimits(clock),
  })
  const router = createRouter({ app, tasks, closing: closing.signal })
  const stopSchedule = startSchedule(app, files)
  const stopMail = startMailRounds(app)
  return {
    app,
    router,
    folder,
    files,
    network,
    async serviceReport(uid, language) {
      const asked = { kind: 'service_report', uid, language }
      const file = await tasks.run('documents.ofRepair', asked, { kind: 'host', actor: program }, nobody)
      return new Uint8Array(await (file as File).arrayBuffer())
    },
    async close() {
      closing.abort()
      stopSchedule()
      stopMail()
      await imports.close()
      await audit.close()
      await exports.close()
      app.close()
      unlock()
    },
  }
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
