import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { AppError } from '#core/app.ts'

/** A file of a ZIP as its directory names it; where its bytes begin, says the head before them. */
export interface ZipEntry {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  readonly crc: number
  readonly packed: number
  readonly bytes: number
  /** Where its packed bytes begin. */
  readonly from: number
}

const headMark = 0x04034b50
const entryMark = 0x02014b50
const end64Mark = 0x06064b50
const locatorMark = 0x07064b50
const endMark = 0x06054b50
const see64 = 0xffffffff
const encryptedFlag = 1
/** An end, with the longest remark that can follow it. */
const endReach = 22 + 0xffff
/** Millions of pictures have a directory of half a gigabyte; nothing larger is read into memory. */
const largestDirectory = 512 * 1024 * 1024

/** Reads exactly so many bytes; undefined where the file does not have them. */
type Read = (at: number, length: number) => Buffer | undefined

interface Directory {
  readonly at: number
  readonly bytes: number
  readonly count: number
}

/**
 * The files of a ZIP (APPNOTE.TXT §4.3, with ZIP64), whoever made it: stored or deflated, each name once, none of
 * them encrypted and no two sharing bytes, which is how a small ZIP pretends to hold a large one. Nothing is unpacked.
 * Errors: `export.not_one` {file} for what is no ZIP, `export.damaged` {file} with the name of a file in it.
 */
export function zipEntries(path: string): ZipEntry[] {
  const handle = openSync(path, 'r')
  try {
    const { size } = fstatSync(handle)
    const read: Read = (at, length) => {
      if (at < 0 || length < 0 || at + length > size) return undefined
      const piece = Buffer.alloc(length)
      let done = 0
      for (let got = 1; got > 0 && done < length; done += got)
        got = readSync(handle, piece, done, length - done, at + done)
      return done === length ? piece : undefined
    }
    const directory = findDirectory(read, size)
    const found = directory && listed(read, directory)
    if (!found) throw new AppError('export.not_one', { file: path })
    requireApart(found)
    return found
  } finally {
    closeSync(handle)
  }
}

function findDirectory(read: Read, size: number): Directory | undefined {
  const reach = Math.min(size, endReach)
  const tail = read(size - reach, reach)
  const place = tail?.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1')) ?? -1
  if (!tail || place < 0 || place + 22 > tail.length || tail.readUInt32LE(place) !== endMark) return undefined
  const end = tail.subarray(place)
  const plain = { count: end.readUInt16LE(10), bytes: end.readUInt32LE(12), at: end.readUInt32LE(16) }
  if (plain.count !== 0xffff && plain.bytes !== see64 && plain.at !== see64) return plain
  const locator = read(size - reach + place - 20, 20)
  if (locator?.readUInt32LE(0) !== locatorMark) return undefined
  const end64 = read(Number(locator.readBigUInt64LE(8)), 56)
  if (end64?.readUInt32LE(0) !== end64Mark) return undefined
  const number = (offset: number) => Number(end64.readBigUInt64LE(offset))
  return { count: number(32), bytes: number(40), at: number(48) }
}

function listed(read: Read, { at, bytes, count }: Directory): ZipEntry[] | undefined {
  if (bytes > largestDirectory || count * 46 > bytes) return undefined
  const directory = read(at, bytes)
  if (!directory) return undefined
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  for (let place = 0, left = count; left > 0; left--) {
    if (place + 46 > bytes || directory.readUInt32LE(place) !== entryMark) return undefined
    const lengths = [28, 30, 32].map((offset) => directory.readUInt16LE(place + offset))
    const [nameLength = 0, extraLength = 0, remarkLength = 0] = lengths
    const next = place + 46 + nameLength + extraLength + remarkLength
    if (next > bytes) return undefined
    const fields = directory.subarray(place, place + 46)
    const name = directory.toString('utf8', place + 46, place + 46 + nameLength)
    const extra = directory.subarray(place + 46 + nameLength, place + 46 + nameLength + extraLength)
    place = next
    // A folder has no bytes of its own.
    if (name.endsWith('/')) continue
    const entry = entryOf(read, name, fields, extra)
    if (!entry || names.has(name)) throw new AppError('export.damaged', { file: name })
    names.add(name)
    entries.push(entry)
  }
  return entries
}

function entryOf(read: Read, name: string, fields: Buffer, extra: Buffer): ZipEntry | undefined {
  const method = ({ 0: 'stored', 8: 'deflated' } as const)[fields.readUInt16LE(10)]
  const large = largeNumbers(extra)
  const number = (offset: number): number | undefined => {
    const said = fields.readUInt32LE(offset)
    return said === see64 ? large.shift() : said
  }
  const [bytes, packed, at] = [number(24), number(20), number(42)]
  if (!method || bytes === undefined || packed === undefined || at === undefined) return undefined
  if ((fields.readUInt16LE(8) & encryptedFlag) !== 0 || (method === 'stored' && packed !== bytes))
    return undefined
  const head = read(at, 30)
  if (head?.readUInt32LE(0) !== headMark) return undefined
  const from = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  return { name, method, crc: fields.readUInt32LE(16), packed, bytes, from }
}

/** The numbers of the ZIP64 field, in the order in which the plain ones point at it. */
function largeNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    const field = extra.subarray(at + 4, at + 4 + length)
    if (extra.readUInt16LE(at) === 1)
      return Array.from({ length: Math.floor(field.length / 8) }, (_, one) =>
        Number(field.readBigUInt64LE(one * 8)),
      )
    at += 4 + length
  }
  return []
}

function requireApart(entries: readonly ZipEntry[]): void {
  const ordered = entries.toSorted((a, b) => a.from - b.from)
  for (const [index, { name, from, packed }] of ordered.entries()) {
    const next = ordered[index + 1]
    // Between two of them stands the head of the second.
    if (next && from + packed + 30 > next.from) throw new AppError('export.damaged', { file: name })
  }
}
