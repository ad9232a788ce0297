import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { createApp, manualClock, secretBox, type App } from '#core/app.ts'
import type { ReadDb } from '#core/db/handles.ts'
import { openDatabase } from '#core/db/open.ts'
import { loadExport } from '#host/transfer/load-export.ts'
import type { Manifest } from '#host/transfer/manifest.ts'
import { writeExport, type ExportProgress } from '#host/transfer/write-export.ts'
import { migrations } from '../kit/app.ts'

export const root = join(import.meta.dirname, '..', '..')
export const quiet = { info: () => {}, warn: () => {}, error: () => {} }

/** A folder for one test's files. */
export interface Place {
  readonly path: string
  of(...parts: string[]): string
  clear(): void
}

export function place(): Place {
  const path = mkdtempSync(join(tmpdir(), 'benchside-export-'))
  return {
    path,
    of: (...parts) => join(path, ...parts),
    clear: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Exports a shop that lives in memory, as the program exports its file. */
export function exportOf(
  shop: { readonly sql: Database.Database },
  at: Place,
  name = 'out',
): Promise<Manifest> {
  const database = at.of(`${name}.db`)
  writeFileSync(database, shop.sql.serialize())
  return exportFile(database, at, at.of(name))
}

export function exportFile(
  database: string,
  at: Place,
  target: string,
  progress: (so: ExportProgress) => void = () => {},
): Promise<Manifest> {
  return writeExport(
    {
      database,
      attachments: at.of('attachments'),
      target,
      zip: target.endsWith('.zip'),
      program: 'test',
      migrations,
      now: Date.UTC(2026, 2, 2),
    },
    progress,
  )
}

export function load(at: Place, from = 'out', data = 'in') {
  return loadExport({ from: at.of(from), data: at.of(data), root, log: quiet })
}

/** The imported shop at work, and its file. */
export function openShop(at: Place, data = 'in'): { app: App; sql: Database.Database; read: ReadDb } {
  const database = openDatabase({ source: at.of(data, 'shop.db'), migrations })
  const clock = manualClock(Date.UTC(2026, 2, 2, 2))
  const app = createApp({ database, clock, log: quiet, box: secretBox(Buffer.alloc(32, 7)) })
  return { app, sql: database.write.$client, read: database.read }
}
