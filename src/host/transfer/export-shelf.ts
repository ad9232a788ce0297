import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, openAsBlob, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ShopExport } from '#contract/exports.ts'
import { AppError, type Actor, type App } from '#core/app.ts'
import { exportOnThread, type ExportThread } from './export-thread.ts'
import type { Manifest } from './manifest.ts'
import type { ExportRequest } from './write-export.ts'

/** The full exports that lie beside the database, and the one under way. */
export interface ExportShelf {
  readonly folder: string
  /** Answers at once; the same `commandId` again answers the same export. Error: `export.running`. */
  start(commandId: string, actor: Actor): ShopExport
  list(): ShopExport[]
  cancel(name: string): Promise<void>
  /** Error: `not_found`. */
  remove(name: string, actor: Actor): void
  /** A part of a finished export. Error: `not_found`. */
  part(name: string, offset: number, length: number): Promise<Blob>
  /** Ends the one under way. */
  close(): Promise<void>
}

interface Making {
  state: ShopExport
  readonly thread: ExportThread
  readonly ended: Promise<void>
}

export type ShelfRequest = Pick<ExportRequest, 'database' | 'attachments' | 'program' | 'migrations'>

const namePattern = /^benchside-[\w-]+\.zip$/

/** What a host that was killed left half-written is nobody's export. */
function tidy(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) {
    if (!namePattern.test(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** The path of a finished export. Error: `not_found`. */
function placeOf(folder: string, name: string): string {
  const path = join(folder, name)
  if (!namePattern.test(name) || !existsSync(path)) throw new AppError('not_found', { entity: 'export' })
  return path
}

/** The export under way, and how the last one that failed did. */
interface Desk {
  making: Making | null
  failed: ShopExport | null
}

export function createExportShelf(app: App, folder: string, request: ShelfRequest): ExportShelf {
  tidy(folder)
  const answered = new Map<string, string>()
  const desk: Desk = { making: null, failed: null }
  const announce = () => app.announce('exports', [])
  const list = (): ShopExport[] => {
    const names = readdirSync(folder).filter((name) => namePattern.test(name))
    const kept = names
      .toSorted()
      .reverse()
      .map((name) => finished(folder, name))
    return [desk.making?.state, desk.failed, ...kept].filter((one): one is ShopExport => !!one)
  }
  const stop = async (): Promise<void> => {
    const one = desk.making
    await one?.thread.stop()
    await one?.ended
  }
  return {
    folder,
    list,
    start(commandId, actor) {
      const before = list().find(({ name }) => name === answered.get(commandId))
      if (before) return before
      if (desk.making) throw new AppError('export.running')
      desk.failed = null
      desk.making = begin(app, desk, { folder, request, actor })
      answered.set(commandId, desk.making.state.name)
      announce()
      return desk.making.state
    },
    async cancel(name) {
      if (desk.making?.state.name === name) await stop()
    },
    remove(name, actor) {
      if (desk.failed?.name === name) desk.failed = null
      else {
        rmSync(placeOf(folder, name))
        app.run('transfer.removed', { commandId: randomUUID(), name }, actor)
      }
      announce()
    },
    async part(name, offset, length) {
      const whole = await openAsBlob(placeOf(folder, name))
      return whole.slice(offset, Math.min(offset + length, whole.size))
    },
    close: stop,
  }
}

interface Order {
  readonly folder: string
  readonly request: ShelfRequest
  readonly actor: Actor
}

function begin(app: App, desk: Desk, { folder, request, actor }: Order): Making {
  const now = app.clock.now()
  const name = `benchside-${new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replaceAll(':', '')}.zip`
  const part = join(folder, `${name}.part`)
  const thread = exportOnThread({ ...request, target: part, zip: true, now }, ({ done, of }) => {
    if (!desk.making) return
    desk.making.state = { ...desk.making.state, done, of }
    app.announce('exports', [])
  })
  const state: ShopExport = {
    name,
    state: 'running',
    done: 0,
    of: 0,
    bytes: 0,
    startedAt: now,
    problem: null,
  }
  const finish = (manifest: Manifest): void => {
    renameSync(part, join(folder, name))
    app.run('transfer.exported', { commandId: randomUUID(), name, ...countsOf(manifest) }, actor)
  }
  const giveUp = (error: unknown): void => {
    rmSync(part, { force: true })
    const code = error instanceof AppError ? error.code : 'internal'
    if (code === 'export.cancelled') return
    if (desk.making) desk.failed = { ...desk.making.state, state: 'failed', problem: code }
    app.log.warn({ err: error, name }, 'an export ended early')
  }
  const ended = thread.done
    .then(finish)
    .catch(giveUp)
    .finally(() => {
      desk.making = null
      app.announce('exports', [])
    })
  return { state, thread, ended }
}

function finished(folder: string, name: string): ShopExport {
  const { size, mtimeMs } = statSync(join(folder, name))
  return { name, state: 'done', done: 1, of: 1, bytes: size, startedAt: Math.round(mtimeMs), problem: null }
}

/** What an export is told by in the audit log. */
export function countsOf(manifest: Manifest): { tables: number; rows: number; files: number } {
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    files: manifest.attachments.files,
  }
}
