import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { AppError } from '#core/app.ts'
import { attachmentPath, manifestName, type Manifest } from './manifest.ts'
import { readManifest } from './read-export.ts'
import { zipEntries, type ZipEntry } from './zip-directory.ts'

type Migrations = Parameters<typeof readManifest>[1]

/** A manifest names a hundred tables; a larger one is none. */
const largestManifest = 64 * 1024 * 1024
const picturePattern = /^attachments\/[0-9a-f]{2}\/([0-9a-f]{64})$/

/**
 * Unpacks the ZIP of an export into `target`, a folder that is not there yet: what its manifest names and pictures,
 * and of these not one byte more than the manifest says. Nothing else in it is looked at, so that no name leads out of
 * the folder. It may have been packed again with everything in one folder.
 * Errors: those of `readManifest`, `export.damaged` {file}, `database.full`.
 */
export async function unpackExport(path: string, target: string, migrations: Migrations): Promise<void> {
  const entries = inOneFolder(zipEntries(path))
  const head = entries.get(manifestName)
  if (!head || head.bytes > largestManifest) throw new AppError('export.not_one', { file: manifestName })
  await mkdir(target, { recursive: true, mode: 0o700 })
  await unpackEntry(path, head, join(target, manifestName))
  const wanted = namedBy(readManifest(target, migrations), entries)
  const { bavail, bsize } = await statfs(target)
  const bytes = wanted.reduce((sum, { entry }) => sum + entry.bytes, 0)
  if (bytes > bavail * bsize) throw new AppError('database.full')
  for (const { name, entry } of wanted) {
    await mkdir(dirname(join(target, name)), { recursive: true, mode: 0o700 })
    await unpackEntry(path, entry, join(target, name))
  }
}

/** The files by their names in the export, where that is all there is or lies in one folder. */
function inOneFolder(entries: readonly ZipEntry[]): Map<string, ZipEntry> {
  const manifests = entries.map(({ name }) => name).filter((name) => `/${name}`.endsWith(`/${manifestName}`))
  const [shortest = manifestName] = manifests.toSorted((a, b) => a.length - b.length)
  const folder = shortest.slice(0, -manifestName.length)
  const inside = entries.filter(({ name }) => name.startsWith(folder))
  return new Map(inside.map((entry) => [entry.name.slice(folder.length), entry]))
}

/** What is to be unpacked. Error: `export.damaged` {file} for what is missing or of another size than it should be. */
function namedBy({ tables, readme, attachments }: Manifest, entries: ReadonlyMap<string, ZipEntry>) {
  const files = [...tables, { ...readme, file: 'README.txt' }].map(({ file, bytes }) => {
    const entry = entries.get(file)
    if (entry?.bytes !== bytes) throw new AppError('export.damaged', { file })
    return { name: file, entry }
  })
  const pictures = [...entries]
    .filter(([name]) => name === attachmentPath(picturePattern.exec(name)?.[1] ?? ''))
    .map(([name, entry]) => ({ name, entry }))
  const bytes = pictures.reduce((sum, { entry }) => sum + entry.bytes, 0)
  if (bytes > attachments.bytes) throw new AppError('export.damaged', { file: 'attachments' })
  return [...files, ...pictures]
}

/** The bytes as they come out, an error as soon as they are more than was said, and at the end when they are others. */
async function* exactly(source: AsyncIterable<Buffer>, entry: ZipEntry): AsyncGenerator<Buffer> {
  const damaged = () => new AppError('export.damaged', { file: entry.name })
  let [bytes, crc] = [0, 0]
  for await (const piece of source) {
    bytes += piece.length
    if (bytes > entry.bytes) throw damaged()
    crc = crc32(piece, crc)
    yield piece
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw damaged()
}

async function unpackEntry(path: string, entry: ZipEntry, target: string): Promise<void> {
  const { from, packed, method } = entry
  const bytes =
    packed === 0 ? Readable.from([]) : createReadStream(path, { start: from, end: from + packed - 1 })
  const checked = (source: AsyncIterable<Buffer>) => exactly(source, entry)
  const file = createWriteStream(target, { flags: 'wx', mode: 0o600 })
  try {
    if (method === 'stored') await pipeline(bytes, checked, file)
    else await pipeline(bytes, createInflateRaw(), checked, file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // What cannot be unpacked at all, zlib says in its own words.
    throw /^(?:Z_|ERR_STREAM_PREMATURE)/.test(code)
      ? new AppError('export.damaged', { file: entry.name })
      : error
  }
}
