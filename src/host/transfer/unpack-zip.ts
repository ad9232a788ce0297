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

/** What is kept of each file while all of them are looked at: of a million, more would not fit. */
interface Listing {
  /** Bytes by name as it is packed. */
  readonly sizes: ReadonlyMap<string, number>
  readonly manifests: readonly Entry[]
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
  const zip = await opened(path)
  try {
    const { sizes, manifests } = await listed(zip).catch(notOne(path))
    const head = manifests.toSorted((a, b) => a.fileName.length - b.fileName.length)[0]
    if (!head || head.uncompressedSize > largestManifest)
      throw new AppError('export.not_one', { file: manifestName })
    await mkdir(target, { recursive: true, mode: 0o700 })
    await unpackEntry(zip, head, manifestName, join(target, manifestName))
    // Everything is where the manifest is, or below.
    const folder = head.fileName.slice(0, -manifestName.length)
    const wanted = namedBy(readManifest(target, migrations), sizes, folder)
    const { bavail, bsize } = await statfs(target)
    if (bytesOf(wanted.values()) > bavail * bsize) throw new AppError('database.full')
    for (const name of new Set([...wanted.keys()].map((one) => dirname(one))))
      await mkdir(join(target, name), { recursive: true, mode: 0o700 })
    await unpackAll(path, folder, wanted, target)
  } finally {
    zip.close()
  }
}

function opened(path: string): Promise<ZipFile> {
  return openPromise(path, { lazyEntries: true, autoClose: false }).catch(notOne(path))
}

/** Goes through the ZIP once more, as it can be gone through once only. */
async function unpackAll(
  path: string,
  folder: string,
  wanted: ReadonlyMap<string, number>,
  target: string,
): Promise<void> {
  const zip = await opened(path)
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.startsWith(folder) ? entry.fileName.slice(folder.length) : ''
      if (wanted.has(name)) await unpackEntry(zip, entry, name, join(target, name))
    }
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

/** Its files; folders have no bytes of their own. Error: `export.damaged` {file} for a name that is there twice. */
async function listed(zip: ZipFile): Promise<Listing> {
  const sizes = new Map<string, number>()
  const manifests: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry
    if (fileName.endsWith('/')) continue
    if (sizes.has(fileName)) throw new AppError('export.damaged', { file: fileName })
    sizes.set(fileName, uncompressedSize)
    if (`/${fileName}`.endsWith(`/${manifestName}`)) manifests.push(entry)
  }
  return { sizes, manifests }
}

/**
 * What is to be unpacked, by its name in the export, and its bytes. Error: `export.damaged` {file} for what is missing
 * or of another size than it should be.
 */
function namedBy(
  { tables, readme, attachments }: Manifest,
  sizes: ReadonlyMap<string, number>,
  folder: string,
): Map<string, number> {
  const wanted = new Map<string, number>()
  for (const [packed, bytes] of sizes) {
    const name = packed.startsWith(folder) ? packed.slice(folder.length) : ''
    if (name !== '' && name === attachmentPath(picturePattern.exec(name)?.[1] ?? '')) wanted.set(name, bytes)
  }
  if (bytesOf(wanted.values()) > attachments.bytes)
    throw new AppError('export.damaged', { file: 'attachments' })
  for (const { file, bytes } of [...tables, { ...readme, file: 'README.txt' }]) {
    if (sizes.get(`${folder}${file}`) !== bytes) throw new AppError('export.damaged', { file })
    wanted.set(file, bytes)
  }
  return wanted
}

function bytesOf(files: Iterable<number>): number {
  let sum = 0
  for (const bytes of files) sum += bytes
  return sum
}

/** The bytes as they come out; at the end an error when they are not those that were packed. */
async function* proved(source: AsyncIterable<Buffer>, entry: Entry, name: string): AsyncGenerator<Buffer> {
  let crc = 0
  for await (const piece of source) {
    crc = crc32(piece, crc)
    yield piece
  }
  if (crc !== entry.crc32) throw new AppError('export.damaged', { file: name })
}

async function unpackEntry(zip: ZipFile, entry: Entry, name: string, target: string): Promise<void> {
  try {
    const bytes = await zip.openReadStreamPromise(entry)
    const file = createWriteStream(target, { flags: 'wx', mode: 0o600 })
    await pipeline(bytes, (source: AsyncIterable<Buffer>) => proved(source, entry, name), file)
  } catch (error) {
    throw isOfDisk(error) || error instanceof AppError
      ? error
      : new AppError('export.damaged', { file: name })
  }
}

/** The system's errors have a code; zlib's have their own, and yauzl's, about what cannot be unpacked, have none. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !/^(?:Z_|ERR_)/.test(String(error.code))
}
