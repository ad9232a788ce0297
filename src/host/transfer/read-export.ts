import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#core/app.ts'
import { migrationMarks, type TransferCell } from '#core/db/transfer.ts'
import { csvLines } from './csv-lines.ts'
import { attachmentPath, exportFormat, exportFormatVersion, manifest, manifestName } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/** Reading an export and being sure of it before anything is made of it. */

type Migrations = readonly { readonly name: string; readonly sql: string }[]

const pieceBytes = 1 << 20

/** The bytes of a file in pieces that are used up before the next is read. */
function* piecesOf(path: string): Generator<Buffer, void, undefined> {
  const handle = openSync(path, 'r')
  // Most files are pictures, much smaller than a piece of a table.
  const piece = Buffer.allocUnsafe(Math.min(pieceBytes, fstatSync(handle).size + 1))
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      yield piece.subarray(0, read)
    }
  } finally {
    closeSync(handle)
  }
}

function fingerprint(path: string): { bytes: number; sha256: string } {
  const hash = createHash('sha256')
  let bytes = 0
  for (const piece of piecesOf(path)) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/**
 * The manifest of an export that this program can read. Errors: `export.not_one`, `export.newer`,
 * `database.changed_migration` when it was made by a program with another history of the schema.
 */
export function readManifest(folder: string, migrations: Migrations): Manifest {
  const notOne = () => new AppError('export.not_one', { file: manifestName })
  const path = join(folder, manifestName)
  if (!existsSync(path)) throw notOne()
  let found: unknown
  try {
    found = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw notOne()
  }
  // Of a later format only that is understood that it is one.
  const head = found as { format?: unknown; formatVersion?: unknown } | null
  if (head?.format !== exportFormat) throw notOne()
  if (typeof head.formatVersion === 'number' && head.formatVersion > exportFormatVersion) {
    throw new AppError('export.newer', { file: head.formatVersion, program: exportFormatVersion })
  }
  const read = manifest.safeParse(found)
  if (!read.success) throw notOne()
  const { schema } = read.data
  if (schema.version > migrations.length) {
    throw new AppError('export.newer', { file: schema.version, program: migrations.length })
  }
  const ours = migrationMarks(migrations)
  const changed = schema.migrations.find((mark, at) => ours[at]?.sha256 !== mark.sha256)
  if (changed) throw new AppError('database.changed_migration', { name: changed.name })
  return read.data
}

/** Every file of the export is there and is what its hash says. Error: `export.damaged` {file}. */
export function requireWhole(folder: string, { tables, readme, attachments }: Manifest): void {
  for (const { file, bytes, sha256 } of [...tables, readme]) {
    const path = join(folder, file)
    const is = existsSync(path) ? fingerprint(path) : undefined
    if (is?.bytes !== bytes || is.sha256 !== sha256) throw new AppError('export.damaged', { file })
  }
  const missing = new Set(attachments.missing)
  for (const hash of picturesIn(folder)) {
    const file = attachmentPath(hash)
    const path = join(folder, file)
    if (missing.has(hash)) continue
    if (!existsSync(path) || fingerprint(path).sha256 !== hash) throw new AppError('export.damaged', { file })
  }
}

/** The hashes of the pictures that the export's own table of them names, each once. */
export function picturesIn(folder: string): string[] {
  const rows = tableRows(folder, 'attachments')
  const at = rows.next().value?.findIndex(({ text }) => text === 'sha256') ?? -1
  const hashes = new Set<string>()
  for (const cells of rows) {
    const hash = cells[at]?.text ?? ''
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new AppError('export.damaged', { file: 'tables/attachments.csv' })
    hashes.add(hash)
  }
  return [...hashes]
}

/** The heading and then the rows of a table, read piece by piece. Error: `export.damaged` {file}. */
export function* tableRows(
  folder: string,
  table: string,
): Generator<readonly TransferCell[], undefined, undefined> {
  const file = `tables/${table}.csv`
  const lines = csvLines()
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for (const piece of piecesOf(join(folder, file)))
      yield* lines.take(decoder.decode(piece, { stream: true }))
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('export.damaged', { file })
    throw error
  }
  if (!lines.ended) throw new AppError('export.damaged', { file })
}
