import { createWriteStream } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { AppError } from '#core/app.ts'
import { attachmentPath, manifestName, type Manifest } from './manifest.ts'
import { readManifest } from './read-export.ts'

type Migrations = Parameters<typeof readManifest>[1]

/** A file of the ZIP by its name in the export. */
interface Packed {
  readonly name: string
  readonly entry: Entry
}

/** A manifest names a hundred tables; a larger one is none. */
const largestManifest = 64 * 1024 * 1024
const picturePattern = /^attachments\/[0-9a-f]{2}\/([0-9a-f]{64})$/

/**
 * Unpacks the ZIP of an export into `target`, a folder that is not there yet: what its manifest names and pictures,
 * and of these not one byte more than the manifest says. Nothing else in it is looked at. It may have been packed
 * again with everything in one folder.
 * Errors: those of `readManifest`, `export.not_one` {file} for what is no ZIP or one with names that lead out of a
 * folder, `export.damaged` {file}, `database.full`.
 */
export async function unpackExport(path: string, target: string, migrations: Migrations): Promise<void> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(notOne(path))
  try {
    const entries = inOneFolder(await listed(zip).catch(notOne(path)))
    const head = entries.get(manifestName)
    if (!head || head.uncompressedSize > largestManifest)
      throw new AppError('export.not_one', { file: manifestName })
    await mkdir(target, { recursive: true, mode: 0o700 })
    await unpackEntry(zip, { name: manifestName, entry: head }, join(target, manifestName))
    const wanted = namedBy(readManifest(target, migrations), entries)
    const { bavail, bsize } = await statfs(target)
    if (bytesOf(wanted) > bavail * bsize) throw new AppError('database.full')
    for (const folder of new Set(wanted.map(({ name }) => dirname(name))))
      await mkdir(join(target, folder), { recursive: true, mode: 0o700 })
    for (const packed of wanted) await unpackEntry(zip, packed, join(target, packed.name))
  } finally {
    zip.close()
  }
}

/** Turns what yauzl says about a ZIP into our word for it; what the disk says stays. */
function notOne(path: string): (error: unknown) => never {
  return (error) => {
    throw isOfDisk(error) || error instanceof AppError
      ? error
      : new AppError('export.not_one', { file: path })
  }
}

/** Its files by name; folders have no bytes of their own. Error: `export.damaged` {file} for a name that is there twice. */
async function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    if (entries.has(entry.fileName)) throw new AppError('export.damaged', { file: entry.fileName })
    entries.set(entry.fileName, entry)
  }
  return entries
}

/** The files by their names in the export, where that is all there is or lies in one folder. */
function inOneFolder(entries: ReadonlyMap<string, Entry>): Map<string, Entry> {
  const manifests = [...entries.keys()].filter((name) => `/${name}`.endsWith(`/${manifestName}`))
  const [shortest = manifestName] = manifests.toSorted((a, b) => a.length - b.length)
  const folder = shortest.slice(0, -manifestName.length)
  const inside = [...entries].filter(([name]) => name.startsWith(folder))
  return new Map(inside.map(([name, entry]) => [name.slice(folder.length), entry]))
}

/** What is to be unpacked. Error: `export.damaged` {file} for what is missing or of another size than it should be. */
function namedBy({ tables, readme, attachments }: Manifest, entries: ReadonlyMap<string, Entry>): Packed[] {
  const files = [...tables, { ...readme, file: 'README.txt' }].map(({ file, bytes }) => {
    const entry = entries.get(file)
    if (entry?.uncompressedSize !== bytes) throw new AppError('export.damaged', { file })
    return { name: file, entry }
  })
  const pictures = [...entries]
    .filter(([name]) => name === attachmentPath(picturePattern.exec(name)?.[1] ?? ''))
    .map(([name, entry]) => ({ name, entry }))
  if (bytesOf(pictures) > attachments.bytes) throw new AppError('export.damaged', { file: 'attachments' })
  return [...files, ...pictures]
}

function bytesOf(files: readonly Packed[]): number {
  return files.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
}

/** The bytes as they come out; at the end an error when they are not those that were packed. */
async function* proved(source: AsyncIterable<Buffer>, { name, entry }: Packed): AsyncGenerator<Buffer> {
  let crc = 0
  for await (const piece of source) {
    crc = crc32(piece, crc)
    yield piece
  }
  if (crc !== entry.crc32) throw new AppError('export.damaged', { file: name })
}

async function unpackEntry(zip: ZipFile, packed: Packed, target: string): Promise<void> {
  try {
    const bytes = await zip.openReadStreamPromise(packed.entry)
    const file = createWriteStream(target, { flags: 'wx', mode: 0o600 })
    await pipeline(bytes, (source: AsyncIterable<Buffer>) => proved(source, packed), file)
  } catch (error) {
    throw isOfDisk(error) || error instanceof AppError
      ? error
      : new AppError('export.damaged', { file: packed.name })
  }
}

/** The system's errors have a code; zlib's have their own, and yauzl's, about what cannot be unpacked, have none. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !/^(?:Z_|ERR_)/.test(String(error.code))
}
