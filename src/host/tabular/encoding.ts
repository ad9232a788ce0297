import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

import { TabularError } from './errors.ts'
import { looksBinary, utf16WithoutMark } from './sniff.ts'
import type { TableEncoding } from './table.ts'
import { Utf8Check } from './utf8.ts'

/** Bytes read at a time; also the most that is ever held of a text file, besides one record. */
const chunkBytes = 1 << 18
const headBytes = 1 << 16

/** A part of the file turned into UTF-8, and how far into the file it reaches. */
export interface TextChunk {
  readonly bytes: Buffer
  readonly bytesDone: number
}

export interface TextFile {
  readonly path: string
  readonly encoding: TableEncoding
  /** Length of the byte order mark. */
  readonly markBytes: number
  /** Some characters cannot be read: rows that hold one are rejected. */
  readonly damaged: boolean
  /** The file ends inside a character: it was cut off. */
  readonly cutAtEnd: boolean
  /** The last line has no line end. */
  readonly endsOpen: boolean
  /** Line feeds in the file (carriage returns when it has no line feed). */
  readonly lines: number
  readonly bytes: number
  readonly sha256: string
}

/** The first bytes of the file; `import.file_missing` when it cannot be opened, `import.file_empty` when it is empty. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch(() => {
    throw new TabularError('import.file_missing')
  })
  try {
    if (!(await file.stat()).isFile()) throw new TabularError('import.file_missing')
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    if (bytesRead === 0) throw new TabularError('import.file_empty')
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function readBytes(path: string, start = 0): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: chunkBytes, start })
}

function count(bytes: Buffer, byte: number): number {
  let found = 0
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found++
  return found
}

interface Survey {
  readonly utf8: Utf8Check
  readonly feeds: number
  readonly returns: number
  readonly bytes: number
  readonly endsOpen: boolean
  readonly sha256: string
}

async function survey(path: string): Promise<Survey> {
  const hash = createHash('sha256')
  const utf8 = new Utf8Check()
  let [feeds, returns, bytes] = [0, 0, 0]
  let endsOpen = false
  for await (const chunk of readBytes(path)) {
    hash.update(chunk)
    utf8.push(chunk)
    feeds += count(chunk, 10)
    if (feeds === 0) returns += count(chunk, 13)
    bytes += chunk.length
    // In UTF-16 the line end's zero byte may come last.
    endsOpen = !chunk.subarray(-2).some((byte) => byte === 10 || byte === 13)
  }
  return { utf8, feeds, returns, bytes, endsOpen, sha256: hash.digest('hex') }
}

/**
 * True when the bytes, taken as GB18030, read like Chinese. Western text in an old code page is
 * often valid GB18030 by chance, but its accented letters are followed by plain ones, whereas nearly all
 * characters in use have both bytes above 0xA0 (the GB 2312 plane).
 */
async function readsAsChinese(path: string): Promise<boolean> {
  let [common, rare] = [0, 0]
  let lead = -1
  for await (const chunk of readBytes(path)) {
    for (const byte of chunk) {
      if (lead < 0) {
        if (byte > 0x80) lead = byte
        continue
      }
      if (lead > 0xa0 && byte > 0xa0) common++
      else rare++
      lead = -1
    }
  }
  return common > 0 && common >= rare
}

/** Whether every byte can be read in the encoding; `cut` when only the last character lacks its end. */
async function decodes(path: string, encoding: TableEncoding): Promise<'all' | 'cut' | 'no'> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of readBytes(path)) decoder.decode(chunk, { stream: true })
  } catch {
    return 'no'
  }
  try {
    decoder.decode()
    return 'all'
  } catch {
    return 'cut'
  }
}

function markOf(head: Buffer): { encoding: TableEncoding; markBytes: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  return null
}

interface Reading {
  readonly encoding: TableEncoding
  readonly damaged: boolean
  readonly cutAtEnd: boolean
}

async function tryReading(path: string, encoding: TableEncoding): Promise<Reading | null> {
  const result = await decodes(path, encoding)
  return result === 'no' ? null : { encoding, damaged: false, cutAtEnd: result === 'cut' }
}

async function detect(path: string, head: Buffer, { utf8 }: Survey): Promise<Reading> {
  const unmarked = utf16WithoutMark(head)
  const wide = unmarked && (await tryReading(path, unmarked))
  if (wide) return wide
  if (looksBinary(head, utf8.invalid === 0)) throw new TabularError('import.not_a_table', { kind: 'binary' })
  // Other encodings hardly ever form UTF-8 sequences by chance, so a file with many good ones and a few
  // bad is UTF-8 with damaged rows. This is asked before GB18030, which would accept most of it as mojibake.
  const damaged = utf8.invalid > 0
  if (!damaged || utf8.multibyte >= utf8.invalid * 4) {
    return { encoding: 'utf-8', damaged, cutAtEnd: utf8.cutAtEnd }
  }
  const chinese = (await readsAsChinese(path)) && (await tryReading(path, 'gb18030'))
  if (chinese) return chinese
  throw new TabularError('import.encoding_unknown', { byte: utf8.firstInvalid })
}

async function readAs(path: string, encoding: TableEncoding, { utf8 }: Survey): Promise<Reading> {
  if (encoding === 'utf-8') return { encoding, damaged: utf8.invalid > 0, cutAtEnd: utf8.cutAtEnd }
  return (await tryReading(path, encoding)) ?? { encoding, damaged: true, cutAtEnd: false }
}

/**
 * Reads the whole file once to learn its encoding, lines and hash, without keeping any of it.
 * UTF-8 and UTF-16 are known by their mark; else strict UTF-8, else plausible GB18030, else
 * `import.encoding_unknown`; `import.not_a_table` for bytes that are no text at all.
 */
export async function examineText(path: string, head: Buffer, forced?: TableEncoding): Promise<TextFile> {
  const seen = await survey(path)
  const mark = markOf(head)
  const known = forced ?? mark?.encoding
  const reading = known === undefined ? await detect(path, head, seen) : await readAs(path, known, seen)
  return {
    ...reading,
    path,
    markBytes: mark?.encoding === reading.encoding ? mark.markBytes : 0,
    lines: seen.feeds === 0 ? seen.returns : seen.feeds,
    bytes: seen.bytes,
    endsOpen: seen.endsOpen,
    sha256: seen.sha256,
  }
}

/** The file's text as UTF-8, a chunk at a time, without its byte order mark. */
export async function* readText(file: TextFile): AsyncGenerator<TextChunk> {
  let bytesDone = file.markBytes
  const decoder = file.encoding === 'utf-8' ? null : new TextDecoder(file.encoding, { ignoreBOM: true })
  for await (const chunk of readBytes(file.path, file.markBytes)) {
    bytesDone += chunk.length
    yield { bytes: decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk, bytesDone }
  }
  const rest = decoder?.decode() ?? ''
  if (rest !== '') yield { bytes: Buffer.from(rest), bytesDone }
}
