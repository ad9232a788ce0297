import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError, createApp, secretBox, systemClock, type Logger } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { openLoader, openSearchLoader, type ShopLoader, type TransferTable } from '#core/db/transfer.ts'
import { openDataFolder, readMigrations, shopKey, type DataFolder } from '../data-folder.ts'
import { diskError } from '../disk-errors.ts'
import { lockFolder } from '../host-lock.ts'
import { hashPassword } from '../passwords.ts'
import { countsOf } from './export-shelf.ts'
import { attachmentPath, type Manifest } from './manifest.ts'
import { picturesIn, readManifest, requireWhole, tableRows } from './read-export.ts'
import { sha256Of } from './sink.ts'
import { unpackExport } from './unpack-zip.ts'
import { csvPieces } from './write-export.ts'

export interface LoadRequest {
  /** The export: its folder, or its ZIP. */
  readonly from: string
  /** The data folder to be: empty, or not there yet. */
  readonly data: string
  /** The program's own folder. */
  readonly root: string
  readonly log: Logger
  readonly progress?: (words: string) => void
}

export interface LoadResult {
  readonly manifest: Manifest
  readonly repairs: number
  /** The owner's login and new password; null when the shop has no owner who is active. */
  readonly owner: { readonly login: string; readonly password: string } | null
}

/** These come with the complete schema, not with its migrations. */
const ofSearch = new Set(['search_keys', 'search_words'])

function requireEmpty(path: string): void {
  if (existsSync(path) && readdirSync(path).length > 0)
    throw new AppError('export.folder_not_empty', { path })
}

/**
 * Makes a shop of a full export: every hash is checked before anything is written, and every table is compared with
 * what it came from before the shop's file gets its name. What fails leaves the folder empty again. A ZIP is unpacked
 * there first and needs the room for it meanwhile.
 * Errors: `export.*`, `database.changed_migration`, `database.full`, `database.read_only`.
 */
export async function loadExport(request: LoadRequest): Promise<LoadResult> {
  const migrations = readMigrations(request.root)
  requireEmpty(request.data)
  try {
    const isZip = statSync(request.from, { throwIfNoEntry: false })?.isFile() ?? false
    return await (isZip ? loadZip(request, migrations) : loadFolder(request, migrations))
  } catch (error) {
    throw diskError(error)
  }
}

const unpackedIn = (data: string): string => join(data, '.unpacked')

async function loadZip(request: LoadRequest, migrations: Migrations): Promise<LoadResult> {
  const from = unpackedIn(request.data)
  request.progress?.('unpacking')
  try {
    await unpackExport(request.from, from, migrations)
    return await loadFolder({ ...request, from }, migrations)
  } finally {
    rmSync(from, { recursive: true, force: true })
  }
}

async function loadFolder(request: LoadRequest, migrations: Migrations): Promise<LoadResult> {
  const manifest = readManifest(request.from, migrations)
  request.progress?.('checking')
  requireWhole(request.from, manifest)
  const folder = openDataFolder(request.data)
  const unlock = lockFolder(folder.path)
  let whole = false
  try {
    const result = await fill(request, folder, manifest, migrations)
    whole = true
    return result
  } finally {
    unlock()
    if (!whole)
      for (const name of readdirSync(folder.path)) rmSync(join(folder.path, name), { recursive: true })
  }
}

type Migrations = ReturnType<typeof readMigrations>

async function fill(
  request: LoadRequest,
  folder: DataFolder,
  manifest: Manifest,
  migrations: Migrations,
): Promise<LoadResult> {
  const making = `${folder.database}.importing`
  const before = migrations.slice(0, manifest.schema.version)
  const tables = manifest.tables.map(({ name }) => name)
  loadTables(
    request,
    manifest,
    openLoader(making, before),
    tables.filter((name) => !ofSearch.has(name)),
  )
  // The search index and the triggers; and what a younger program has added since.
  openDatabase({ source: making, migrations }).close()
  loadTables(
    request,
    manifest,
    openSearchLoader(making),
    tables.filter((name) => ofSearch.has(name)),
  )
  takePictures(request, folder, manifest)
  request.progress?.('search')
  const finished = await finish(request, folder, manifest, migrations, making)
  renameSync(making, folder.database)
  return { manifest, ...finished }
}

/** Loads tables and compares each with the export: the same rows give the same bytes, or nothing is imported. */
function loadTables(
  request: LoadRequest,
  manifest: Manifest,
  loader: ShopLoader,
  names: readonly string[],
): void {
  try {
    const known = new Map(loader.tables.map((table) => [table.name, table]))
    for (const name of names) {
      request.progress?.(name)
      const file = `tables/${name}.csv`
      const table = known.get(name)
      const mark = manifest.tables.find((one) => one.name === name)
      if (!table || !mark) throw new AppError('export.damaged', { file })
      loadTable(request, loader, table)
      if (sha256Of(csvPieces(loader.lines(table)).pieces) !== mark.sha256)
        throw new AppError('export.damaged', { file })
    }
    loader.finish()
  } finally {
    loader.close()
  }
}

function loadTable(request: LoadRequest, loader: ShopLoader, table: TransferTable): void {
  const rows = tableRows(request.from, table.name)
  const heading = rows
    .next()
    .value?.map(({ text }) => text)
    .join()
  if (heading !== table.columns.map(({ name }) => name).join())
    throw new AppError('export.damaged', { file: `tables/${table.name}.csv` })
  loader.load(table, rows)
}

/** Pictures that were unpacked beside the shop's file are moved: a second time they would not have the room. */
function takePictures({ from, data }: LoadRequest, folder: DataFolder, manifest: Manifest): void {
  const take = from === unpackedIn(data) ? renameSync : copyFileSync
  const missing = new Set(manifest.attachments.missing)
  for (const hash of picturesIn(from)) {
    if (missing.has(hash)) continue
    const target = join(folder.attachments, hash.slice(0, 2), hash)
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    take(join(from, attachmentPath(hash)), target)
  }
}

/** The search index again, a password for the owner, and the line about it in the audit log. */
async function finish(
  { log }: LoadRequest,
  folder: DataFolder,
  manifest: Manifest,
  migrations: Migrations,
  path: string,
): Promise<Pick<LoadResult, 'repairs' | 'owner'>> {
  const password = randomBytes(9).toString('base64url')
  const ownerPasswordHash = await hashPassword(password)
  const database = openDatabase({ source: path, migrations })
  const app = createApp({ database, clock: systemClock, log, box: secretBox(shopKey(folder)) })
  try {
    const { at, program } = manifest
    const { login, repairs } = app.run('transfer.imported', {
      commandId: randomUUID(),
      at,
      program,
      ownerPasswordHash,
      ...countsOf(manifest),
    })
    return { repairs, owner: login === null ? null : { login, password } }
  } finally {
    app.close()
  }
}
