import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  migrationMarks,
  openSnapshot,
  rowsIn,
  tableLines,
  transferTables,
  type TransferTable,
} from '#core/db/transfer.ts'
import { diskError } from '../disk-errors.ts'
import { folderSink, type ExportSink, type WrittenFile } from './sink.ts'
import { attachmentPath, exportFormat, exportFormatVersion, manifestName, type Manifest } from './manifest.ts'
import { readmeText } from './readme.ts'
import { zipSink } from './zip-sink.ts'

export interface ExportRequest {
  readonly database: string
  readonly attachments: string
  /** A folder that does not exist yet or is empty, or the path of a ZIP. */
  readonly target: string
  readonly zip: boolean
  readonly program: string
  readonly migrations: readonly { readonly name: string; readonly sql: string }[]
  /** UTC epoch ms. */
  readonly now: number
}

export interface ExportProgress {
  /** Rows and then pictures done, of so many of both. */
  readonly done: number
  readonly of: number
}

/** The CSV of a table in pieces of about a megabyte, and before each how many rows it has up to its end. */
function csvOf(lines: Iterable<string>, counted: (rows: number) => void): Iterable<Buffer> {
  return (function* () {
    let text = ''
    let rows = -1
    for (const line of lines) {
      rows++
      text += `${line}\r\n`
      if (text.length < pieceLength) continue
      counted(rows)
      yield Buffer.from(text)
      text = ''
    }
    counted(rows)
    if (text !== '') yield Buffer.from(text)
  })()
}

const pieceLength = 1 << 20

/** The bytes a table's CSV has, or would have, and the rows in those that were taken so far. */
export function csvPieces(lines: Iterable<string>): { pieces: Iterable<Buffer>; rows(): number } {
  let rows = 0
  return { pieces: csvOf(lines, (counted) => (rows = counted)), rows: () => rows }
}

/**
 * Writes everything of a shop as one moment of it (decision 015). Its reading and packing hold the thread it runs on,
 * which is one of its own or a program of its own. Something that went wrong leaves an export without a manifest,
 * which is none. Errors: `database.full`, `database.read_only`.
 */
export async function writeExport(
  request: ExportRequest,
  progress: (so: ExportProgress) => void,
): Promise<Manifest> {
  const sink = request.zip ? zipSink(request.target, request.now) : folderSink(request.target)
  const file = openSnapshot(request.database)
  try {
    const tables = transferTables(file)
    const hashes = file
      .prepare('SELECT DISTINCT sha256 FROM attachments ORDER BY sha256')
      .pluck()
      .all() as string[]
    const of = tables.reduce((sum, table) => sum + rowsIn(file, table), 0) + hashes.length
    let done = 0
    const written: Manifest['tables'] = []
    for (const table of tables) {
      const { pieces, rows } = csvPieces(tableLines(file, table))
      const noted = onEach(pieces, () => progress({ done: done + rows(), of }))
      const about = await sink.file(`tables/${table.name}.csv`, noted)
      done += rows()
      written.push(tableMark(table, about, rows()))
    }
    const attachments = await copyAttachments(request, sink, hashes, (copied) =>
      progress({ done: done + copied, of }),
    )
    const text = Buffer.from(readmeText(tables))
    const manifest: Manifest = {
      format: exportFormat,
      formatVersion: exportFormatVersion,
      program: request.program,
      schema: { version: request.migrations.length, migrations: migrationMarks(request.migrations) },
      at: new Date(request.now).toISOString(),
      shop: shopIn(file.prepare("SELECT value FROM settings WHERE key = 'shop'").pluck().get()),
      tables: written,
      attachments,
      readme: { file: 'README.txt', ...(await sink.file('README.txt', [text])) },
    }
    await sink.file(manifestName, [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)])
    await sink.close()
    return manifest
  } catch (error) {
    throw diskError(error)
  } finally {
    await sink.abandon()
    file.close()
  }
}

function* onEach<T>(items: Iterable<T>, note: () => void): Generator<T, void, undefined> {
  for (const item of items) {
    note()
    yield item
  }
}

function tableMark(table: TransferTable, file: WrittenFile, rows: number): Manifest['tables'][number] {
  const withheld = table.columns.filter((column) => column.withheld).map(({ name }) => name)
  const { name } = table
  return { name, file: `tables/${name}.csv`, rows, ...file, withheld, rowsWithheld: table.only !== null }
}

/** Pictures whose bytes are not there any more are named in the manifest; everything else still goes out. */
async function copyAttachments(
  request: ExportRequest,
  sink: ExportSink,
  hashes: readonly string[],
  progress: (done: number) => void,
): Promise<Manifest['attachments']> {
  const missing: string[] = []
  let bytes = 0
  for (const [at, hash] of hashes.entries()) {
    const source = join(request.attachments, hash.slice(0, 2), hash)
    if (existsSync(source)) bytes += await sink.copy(attachmentPath(hash), source)
    else missing.push(hash)
    if (at % 100 === 99 || at === hashes.length - 1) progress(at + 1)
  }
  return { files: hashes.length - missing.length, bytes, missing }
}

function shopIn(value: unknown): Manifest['shop'] {
  const settings: { name?: unknown; code?: unknown } = typeof value === 'string' ? JSON.parse(value) : {}
  return { name: String(settings.name ?? ''), code: String(settings.code ?? '') }
}
