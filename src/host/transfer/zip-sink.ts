import { closeSync, ftruncateSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { measured, writeAll, type ExportSink } from './sink.ts'

/** A file of the archive as its directory names it (APPNOTE.TXT §4.3.12). */
interface Entry {
  readonly name: Buffer
  readonly method: number
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly bytes: number
}

const headMark = 0x04034b50
const entryMark = 0x02014b50
const end64Mark = 0x06064b50
const locatorMark = 0x07064b50
const endMark = 0x06054b50
/** Says "look into the ZIP64 field", which every entry has: an archive may grow beyond four gigabytes. */
const see64 = 0xffffffff
const utf8Names = 0x0800
const version64 = 45
const stored = 0
const deflated = 8
/** 1980-01-01, the beginning of the format's time: an export of the same shop is the same bytes. */
const dosDate = 0x0021
const pieceBytes = 1 << 20

function head(entry: Entry): Buffer {
  const fields = Buffer.alloc(30)
  fields.writeUInt32LE(headMark, 0)
  fields.writeUInt16LE(version64, 4)
  fields.writeUInt16LE(utf8Names, 6)
  fields.writeUInt16LE(entry.method, 8)
  fields.writeUInt16LE(dosDate, 12)
  fields.writeUInt32LE(entry.crc, 14)
  fields.writeUInt32LE(see64, 18)
  fields.writeUInt32LE(see64, 22)
  fields.writeUInt16LE(entry.name.length, 26)
  const extra = Buffer.alloc(20)
  fields.writeUInt16LE(extra.length, 28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(BigInt(entry.bytes), 4)
  extra.writeBigUInt64LE(BigInt(entry.packed), 12)
  return Buffer.concat([fields, entry.name, extra])
}

function directoryEntry(entry: Entry): Buffer {
  const fields = Buffer.alloc(46)
  fields.writeUInt32LE(entryMark, 0)
  fields.writeUInt16LE(version64, 4)
  fields.writeUInt16LE(version64, 6)
  fields.writeUInt16LE(utf8Names, 8)
  fields.writeUInt16LE(entry.method, 10)
  fields.writeUInt16LE(dosDate, 14)
  fields.writeUInt32LE(entry.crc, 16)
  fields.writeUInt32LE(see64, 20)
  fields.writeUInt32LE(see64, 24)
  fields.writeUInt16LE(entry.name.length, 28)
  const extra = Buffer.alloc(28)
  fields.writeUInt16LE(extra.length, 30)
  fields.writeUInt32LE(see64, 42)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(entry.bytes), 4)
  extra.writeBigUInt64LE(BigInt(entry.packed), 12)
  extra.writeBigUInt64LE(BigInt(entry.at), 20)
  return Buffer.concat([fields, entry.name, extra])
}

function ending(count: number, at: number, bytes: number): Buffer {
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(end64Mark, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(version64, 12)
  end64.writeUInt16LE(version64, 14)
  end64.writeBigUInt64LE(BigInt(count), 24)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(bytes), 40)
  end64.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(locatorMark, 0)
  locator.writeBigUInt64LE(BigInt(at + bytes), 8)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endMark, 0)
  end.writeUInt16LE(Math.min(count, 0xffff), 8)
  end.writeUInt16LE(Math.min(count, 0xffff), 10)
  end.writeUInt32LE(see64, 12)
  end.writeUInt32LE(see64, 16)
  return Buffer.concat([end64, locator, end])
}

/** Each piece is packed of its own and ends at a whole byte; one after the other they are one packed stream. */
function pack(piece: Buffer): Buffer {
  return deflateRawSync(piece, { finishFlush: constants.Z_SYNC_FLUSH, level: 6 })
}

/** What ends a packed stream: an empty last block. */
const packedEnd = Buffer.from([0x03, 0x00])

function* piecesOf(source: string): Generator<Buffer, void, undefined> {
  const handle = openSync(source, 'r')
  try {
    for (;;) {
      const piece = Buffer.alloc(pieceBytes)
      const read = readSync(handle, piece)
      if (read === 0) return
      yield piece.subarray(0, read)
    }
  } finally {
    closeSync(handle)
  }
}

/** An export as one ZIP (with ZIP64, for any size). Pictures go in as they are: they are packed already. */
export function zipSink(path: string): ExportSink {
  const handle = openSync(path, 'wx', 0o600)
  const entries: Entry[] = []
  let at = 0
  let isOpen = true
  const append = (piece: Buffer): void => {
    writeAll(handle, piece)
    at += piece.length
  }
  const add = (name: string, method: number, pieces: Iterable<Buffer>) => {
    const blank: Entry = { name: Buffer.from(name), method, at, crc: 0, packed: 0, bytes: 0 }
    append(head(blank))
    const begun = at
    let crc = 0
    const written = measured(pieces, (piece) => {
      crc = crc32(piece, crc)
      append(method === stored ? piece : pack(piece))
    })
    if (method === deflated) append(packedEnd)
    const entry: Entry = { ...blank, crc, packed: at - begun, bytes: written.bytes }
    const finished = head(entry)
    // What is known only now is written over what was left blank.
    writeSync(handle, finished, 0, finished.length, entry.at)
    entries.push(entry)
    return written
  }
  const abandon = (): void => {
    if (isOpen) closeSync(handle)
    isOpen = false
  }
  return {
    file: (name, pieces) => add(name, deflated, pieces),
    copy: (name, source) => add(name, stored, piecesOf(source)).bytes,
    close() {
      const directory = at
      for (const entry of entries) append(directoryEntry(entry))
      append(ending(entries.length, directory, at - directory))
      ftruncateSync(handle, at)
      fsyncSync(handle)
      abandon()
    },
    abandon,
  }
}
