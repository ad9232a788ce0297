import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { NeededFile } from '#core/db/backup.ts'
import { AppError } from '#core/app.ts'
import { byteReader, type ByteReader } from './byte-reader.ts'
import { damaged, onFiles } from './errors.ts'
import { readManifest, type Manifest } from './manifest.ts'
import { isSealed, keyOf, unseal, type BackupKey, type Unsealing } from './seal.ts'
import { blockBytes, paddingAfter, readTarHeader } from './tar.ts'
import { entryNames as names, type Content } from './write-archive.ts'

const firstName = Buffer.from(names.manifest)
/** Files of the tar that are read into memory as a whole; a shop with a million pictures needs 80 MB for its list. */
const largestText = 512 * 1024 * 1024

/** Error: `backup.damaged`. */
function readAttachmentList(bytes: Buffer): NeededFile[] {
  const lines = bytes.toString('ascii').split('\n')
  if (lines.pop() !== '') throw damaged(names.attachments)
  return lines.map((line) => {
    const [, sha256, size] = /^([0-9a-f]{64}) (\d{1,15})$/.exec(line) ?? []
    if (sha256 === undefined || size === undefined) throw damaged(names.attachments)
    return { sha256, size: Number(size) }
  })
}

/** The first part of a backup, without the database. */
export interface ArchiveHead {
  readonly manifest: Manifest
  readonly attachments: readonly NeededFile[]
  readonly key: Buffer | null
  /** The key it is sealed with; null for a plain one. */
  readonly sealedWith: BackupKey | null
}

async function startOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const start = Buffer.alloc(blockBytes)
    const { bytesRead } = await handle.read(start, 0, blockBytes, 0)
    return start.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** True for a file that is sealed; false for a plain backup. Error: `backup.not_a_backup`. */
export async function archiveIsSealed(path: string): Promise<boolean> {
  const start = await onFiles(path, () => startOf(path))
  if (isSealed(start)) return true
  const looksLikeOne =
    start.subarray(0, firstName.length).equals(firstName) || start.toString('ascii', 257, 262) === 'ustar'
  if (!looksLikeOne) throw new AppError('backup.not_a_backup')
  return false
}

interface Reading {
  readonly reader: ByteReader
  readonly sealedWith: BackupKey | null
  readonly close: () => void
}

async function openArchive(path: string, given: Unsealing): Promise<Reading> {
  const sealed = await archiveIsSealed(path)
  const sealedWith = sealed ? await keyOf(await startOf(path), given) : null
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const plain: AsyncIterable<Buffer> = sealedWith ? unseal(file, sealedWith) : file
  return { reader: byteReader(plain), sealedWith, close: () => file.destroy() }
}

interface Started {
  readonly name: string
  readonly size: number
}

async function nextEntry(reader: ByteReader): Promise<Started> {
  const entry = readTarHeader(await reader.take(blockBytes))
  if (!entry) throw damaged('header')
  return entry
}

async function endEntry(reader: ByteReader, size: number): Promise<void> {
  if ((await reader.take(paddingAfter(size))).some((byte) => byte !== 0)) throw damaged('padding')
}

type Sums = string[]

async function readText(reader: ByteReader, entry: Started, name: string, sums: Sums): Promise<Buffer> {
  if (entry.name !== name || entry.size > largestText) throw damaged(name)
  const bytes = await reader.take(entry.size)
  await endEntry(reader, entry.size)
  sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
  return bytes
}

interface HeadRead extends ArchiveHead {
  readonly sums: Sums
  /** The entry after the head: the database. */
  readonly next: Started
}

async function readHead(reading: Reading): Promise<HeadRead> {
  const { reader, sealedWith } = reading
  const sums: Sums = []
  const manifest = readManifest(await readText(reader, await nextEntry(reader), names.manifest, sums))
  const list = await readText(reader, await nextEntry(reader), names.attachments, sums)
  const attachments = readAttachmentList(list)
  let next = await nextEntry(reader)
  let key: Buffer | null = null
  if (manifest.key.included) {
    key = await readText(reader, next, names.key, sums)
    next = await nextEntry(reader)
  }
  return { manifest, attachments, key, sealedWith, sums, next }
}

/** What a backup says of itself, without its database being looked at. Errors as `unpackArchive`. */
export async function archiveHead(path: string, given: Unsealing): Promise<ArchiveHead> {
  return await onFiles(path, async () => {
    const reading = await openArchive(path, given)
    try {
      const { manifest, attachments, key, sealedWith } = await readHead(reading)
      return { manifest, attachments, key, sealedWith }
    } finally {
      reading.close()
    }
  })
}

async function* counted(
  source: AsyncIterable<Buffer>,
  hash: Hash,
  largest: number,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  let total = 0
  for await (const part of source) {
    total += part.length
    // What would unpack to more than it says is not unpacked to the end of the disk.
    if (total > largest) throw damaged(names.database)
    hash.update(part)
    onBytes(part.length)
    yield part
  }
}

async function unpackDatabase(
  reader: ByteReader,
  head: HeadRead,
  target: string,
  onBytes: (count: number) => void,
): Promise<void> {
  const { next, manifest, sums } = head
  if (next.name !== names.database) throw damaged(names.database)
  const packed = createHash('sha256')
  const plain = createHash('sha256')
  const { bytes } = manifest.database
  try {
    await pipeline(
      counted(reader.stream(next.size), packed, next.size, () => {}),
      createGunzip(),
      (source: AsyncIterable<Buffer>) => counted(source, plain, bytes, onBytes),
      createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }),
    )
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw code.startsWith('Z_') ? damaged(names.database) : error
  }
  await endEntry(reader, next.size)
  sums.push(`${packed.digest('hex')}  ${names.database}\n`)
  if (plain.digest('hex') !== manifest.database.sha256 || (await stat(target)).size !== bytes)
    throw damaged(names.database)
}

async function readEnd(reader: ByteReader, sums: Sums): Promise<void> {
  const expected = sums.join('')
  const found = await readText(reader, await nextEntry(reader), names.checksums, [])
  if (found.toString('utf8') !== expected) throw damaged(names.checksums)
  if ((await reader.take(2 * blockBytes)).some((byte) => byte !== 0)) throw damaged('end')
  if ((await reader.some(1)).length > 0) throw damaged('end')
}

/**
 * Reads a backup to its last bit and writes its database to `target`, which must not exist. Errors:
 * `backup.not_a_backup`, `backup.damaged` {what}, `backup.passphrase_required`, `backup.wrong_passphrase`, `backup.no_space`.
 */
export async function unpackArchive(
  path: string,
  given: Unsealing,
  target: string,
  onBytes: (count: number) => void = () => {},
): Promise<ArchiveHead> {
  return await onFiles(path, async () => {
    const reading = await openArchive(path, given)
    try {
      const head = await readHead(reading)
      await unpackDatabase(reading.reader, head, target, onBytes)
      await readEnd(reading.reader, head.sums)
      const { manifest, attachments, key, sealedWith } = head
      return { manifest, attachments, key, sealedWith }
    } finally {
      reading.close()
    }
  })
}

/**
 * The database of a plain backup as it is packed there, for a copy with or without the shop's key. What is copied is
 * proved when the copy is.
 */
export async function repack(path: string, target: string, withKey: boolean): Promise<Content> {
  const reading = await openArchive(path, { key: null, passphrase: null })
  try {
    const head = await readHead(reading)
    const { manifest, attachments, next } = head
    if (next.name !== names.database) throw damaged(names.database)
    await pipeline(reading.reader.stream(next.size), createWriteStream(target, { flags: 'wx', mode: 0o600 }))
    const key = withKey ? head.key : null
    return {
      manifest: { ...manifest, key: { ...manifest.key, included: key !== null } },
      attachments,
      key,
      packed: { path: target, bytes: next.size },
    }
  } finally {
    reading.close()
  }
}
