import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createApp, manualClock, secretBox, type App } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { makeBackup } from '#host/backup/make-backup.ts'
import { openDataFolder, shopKey, type DataFolder } from '#host/data-folder.ts'
import { createFileStore, type FileStore } from '#host/file-store.ts'
import { program } from '#host/program.ts'
import { migrations } from './app.ts'
import { plainCategory, walkIn } from './intake.ts'

export const passcode = '2468-geheim'
export const backupAt = Date.UTC(2026, 2, 2, 2, 0, 0)

/** A shop in a data folder of its own, without a host: what a backup is made of. */
export interface BackupShop {
  readonly folder: DataFolder
  readonly app: App
  readonly files: FileStore
  /** Receives so many repairs, the first with a passcode and a picture. */
  receive(count: number): Promise<void>
  backup(at?: number, kind?: 'manual' | 'migration'): ReturnType<typeof makeBackup>
  /** Closes the shop's file; the folder stays. */
  close(): void
  remove(): void
}

export function backupShop(): BackupShop {
  const folder = openDataFolder(mkdtempSync(join(tmpdir(), 'benchside-shop-')))
  const database = openDatabase({ source: folder.database, migrations })
  const key = shopKey(folder)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const app = createApp({ database, clock: manualClock(backupAt), log, box: secretBox(key) })
  app.run('founding.commit', {
    commandId: randomUUID(),
    demo: false,
    shop: {
      name: '街角维修',
      code: 'S1',
      country: 'CN',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      languages: ['zh-CN', 'en'],
      defaultLanguage: 'zh-CN',
    },
    owner: { login: 'owner', name: '王店主', passwordHash: 'x', pinHash: null },
  })
  const files = createFileStore(folder.attachments, (sha256) =>
    app.run('files.referenced', { sha256: [...sha256] }),
  )
  const entries = app.run('dictionaries.list', { kinds: ['device_category', 'test_item'] }, program)
  const categoryId = plainCategory(entries)
  const picture = async (repairId: number) => {
    const bytes = randomBytes(70_000)
    await files.keep(bytes, (sha256) =>
      app.run('files.register', {
        commandId: randomUUID(),
        kind: 'photo',
        repairId,
        draftUid: null,
        name: 'photo.jpg',
        mime: 'image/jpeg',
        size: bytes.length,
        sha256,
      }),
    )
  }
  return {
    folder,
    app,
    files,
    async receive(count) {
      for (let index = 0; index < count; index++) {
        const intake = walkIn(categoryId)
        const secret = index === 0 ? { passcode, passcodeKind: 'text' as const } : {}
        const items = intake.items.map((item) => ({ ...item, ...secret }))
        const { repairs } = app.run('repairs.receive', { commandId: randomUUID(), ...intake, items }, program)
        if (index === 0) await picture(repairs[0]?.id ?? 0)
      }
    },
    backup: (at = backupAt, kind = 'manual') =>
      makeBackup({
        kind,
        at,
        database: folder.database,
        attachments: folder.attachments,
        folder: folder.backups,
        shopKey: key,
        programVersion: '0.0.0',
        migrations,
      }),
    close: () => app.close(),
    remove: () => rmSync(folder.path, { recursive: true, force: true }),
  }
}

/** A digest of each table's rows and of each picture: the same for shops that hold the same. */
export function digestOf(folder: Pick<DataFolder, 'database' | 'attachments'>): Record<string, string> {
  const file = new Database(folder.database, { readonly: true })
  try {
    const tables = file
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%' ORDER BY 1",
      )
      .pluck()
      .all() as string[]
    const rows = tables.map((table) => {
      const text = JSON.stringify(file.prepare(`SELECT * FROM "${table}"`).all())
      return [table, createHash('sha256').update(text).digest('hex')]
    })
    return { ...Object.fromEntries(rows), pictures: picturesOf(folder.attachments) }
  } finally {
    file.close()
  }
}

function picturesOf(attachments: string): string {
  const hash = createHash('sha256')
  const names = readdirSync(attachments, { recursive: true, encoding: 'utf8' }).toSorted()
  for (const name of names.filter((one) => statSync(join(attachments, one)).isFile()))
    hash.update(name).update(readFileSync(join(attachments, name)))
  return hash.digest('hex')
}
