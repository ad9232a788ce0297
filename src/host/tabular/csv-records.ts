import { CsvError, parse as parseStream, type InfoRecord, type Parser } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'

import type { ErrorCode } from '#contract/errors.ts'
import { breaksIn, parserOptions, type CsvLayout } from './csv-layout.ts'

/** A record longer than this is an opening quote that never closes; it bounds what is held in memory. */
const maxRecordBytes = 1 << 20
/** How much of a broken line is kept, so that a person can see and mend it. */
const shownBytes = 8192

/** A record as it stands in the file; `fault` when its quotes are broken, with its first line as the only cell. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: ErrorCode
}

function faultOf(error: unknown): string {
  if (error instanceof CsvError) return error.code
  throw error
}

/**
 * Turns UTF-8 text, fed in pieces, into records. csv-parse stops at the first broken quote; this goes on:
 * the line on which the broken record began is given up, and a new parser begins on the line below. The
 * bytes since the last whole record are kept for that, never more than one record and one piece.
 */
export class CsvRecords {
  readonly #layout: CsvLayout
  readonly #eol: number
  #records: CsvRecord[] = []
  #parser: Parser
  /** Bytes fed since `#offset`, the end of the last whole record. */
  #held: Buffer[] = []
  #heldBytes = 0
  #offset = 0
  #offsetOfLast = 0
  /** Offset at which the present parser began. */
  #base = 0
  #line: number
  #blankLines = 0
  /** Set while the end of a broken line has not been seen yet. */
  #broken: string | null = null
  /** Set while the rest of an endless line is passed over. */
  #skipping = false

  constructor(layout: CsvLayout) {
    this.#layout = layout
    this.#eol = layout.lineEnd.charCodeAt(0)
    this.#line = layout.dataLine
    this.#parser = this.#newParser()
  }

  /** Feeds a piece and gives the records it completed. */
  async feed(piece: Buffer): Promise<CsvRecord[]> {
    const wanted = this.#skipping ? this.#afterLineEnd(piece) : piece
    if (wanted.length === 0) return []
    this.#hold(wanted)
    let error = this.#broken ?? (await this.#write(wanted))
    while (error !== null) error = await this.#goOn(error, false)
    return this.#take()
  }

  /** Gives what is left; a record cut off by the end of the file carries a fault. */
  async end(): Promise<CsvRecord[]> {
    let error = this.#broken ?? (await this.#finish())
    while (error !== null) error = (await this.#goOn(error, true)) ?? (await this.#finish())
    return this.#take()
  }

  #afterLineEnd(piece: Buffer): Buffer {
    const end = piece.indexOf(this.#eol)
    this.#skipping = end < 0
    return piece.subarray(end < 0 ? piece.length : end + 1)
  }

  #take(): CsvRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }

  #hold(piece: Buffer): void {
    this.#held.push(piece)
    this.#heldBytes += piece.length
  }

  /** Forgets the bytes before `offset`. */
  #release(offset: number): void {
    let start = this.#offset
    this.#offset = offset
    let first = this.#held[0]
    while (first && start + first.length <= offset) {
      start += first.length
      this.#held.shift()
      first = this.#held[0]
    }
    if (first && start < offset) this.#held[0] = first.subarray(offset - start)
    this.#heldBytes = this.#held.reduce((sum, piece) => sum + piece.length, 0)
  }

  #newParser(): Parser {
    this.#blankLines = 0
    const parser = parseStream({
      ...parserOptions(this.#layout.delimiter, this.#layout.lineEnd),
      max_record_size: maxRecordBytes,
      on_record: (cells: string[], info: InfoRecord) => this.#onRecord(cells, info),
    })
    // The error also reaches whoever waits in #write or #finish; without a listener it would end the process.
    parser.on('error', () => undefined)
    return parser
  }

  /** Called by csv-parse while it works through a piece; null keeps the record out of the stream's own queue. */
  #onRecord(cells: string[], info: InfoRecord): null {
    this.#line += info.empty_lines - this.#blankLines
    this.#blankLines = info.empty_lines
    this.#records.push({ line: this.#line, cells })
    this.#line += 1 + breaksIn(cells, this.#layout.lineEnd)
    this.#offsetOfLast = this.#base + info.bytes
    return null
  }

  /** null, or the code of csv-parse's complaint. */
  #write(piece: Buffer): Promise<string | null> {
    return new Promise((resolve, reject) => {
      this.#parser.write(piece, (error) => {
        this.#release(this.#offsetOfLast)
        this.#settle(error, resolve, reject)
      })
    })
  }

  #finish(): Promise<string | null> {
    if (this.#heldBytes === 0) return Promise.resolve(null)
    return new Promise((resolve, reject) => {
      this.#parser.end((error?: Error | null) => {
        this.#release(this.#offsetOfLast)
        this.#settle(error, resolve, reject)
      })
    })
  }

  #settle(
    error: Error | null | undefined,
    resolve: (code: string | null) => void,
    reject: (error: unknown) => void,
  ): void {
    try {
      resolve(error ? faultOf(error) : null)
    } catch (unknown) {
      reject(unknown)
    }
  }

  /**
   * Gives up the broken line and feeds what stands below it to a new parser. Answers the next complaint,
   * or null when everything held has been worked through (or, before the end, when the broken line's own
   * end has not been read yet).
   */
  async #goOn(error: string, atEnd: boolean): Promise<string | null> {
    const text = this.#brokenText()
    const end = text.indexOf(this.#eol)
    if (end < 0 && !atEnd && text.length < maxRecordBytes) {
      this.#broken = error
      return null
    }
    this.#broken = null
    this.#skipping = end < 0
    const next = end < 0 ? text.length : end + 1
    const below = text.subarray(next)
    const cut = error === 'CSV_QUOTE_NOT_CLOSED' && !this.#beginsRecord(below)
    this.#records.push({ line: this.#line, ...this.#judge(error, text.subarray(0, next), cut) })
    this.#line++
    return this.#restart(this.#offset + (cut ? text.length : next), cut ? text.subarray(text.length) : below)
  }

  /** What is held, from the broken line on; blank lines above it are counted and let go. */
  #brokenText(): Buffer {
    const [only] = this.#held
    const text = only && this.#held.length === 1 ? only : Buffer.concat(this.#held)
    const start = this.#passBlankLines(text)
    this.#held = [text.subarray(start)]
    this.#heldBytes = text.length - start
    this.#offset += start
    return text.subarray(start)
  }

  #passBlankLines(text: Buffer): number {
    let start = 0
    for (;;) {
      if (text[start] === this.#eol) start += 1
      else if (text[start] === 13 && text[start + 1] === this.#eol) start += 2
      else return start
      this.#line++
    }
  }

  async #restart(offset: number, below: Buffer): Promise<string | null> {
    this.#parser.destroy()
    this.#offset = offset
    this.#offsetOfLast = offset
    this.#base = offset
    this.#held = below.length > 0 ? [below] : []
    this.#heldBytes = below.length
    this.#parser = this.#newParser()
    return below.length > 0 ? this.#write(below) : null
  }

  /** Whether the text's first line is a whole record of the right width: then the quote above was the fault. */
  #beginsRecord(text: Buffer): boolean {
    const end = text.indexOf(this.#eol)
    const record = this.#parseLine(end < 0 ? text : text.subarray(0, end + 1), false)
    return record !== null && this.#layout.columns.length > 1 && record.length === this.#layout.columns.length
  }

  /**
   * What to say of a broken line. A quote inside an unquoted cell (27" screen) is text as long as the line
   * has the right number of cells; programs that never quote write such files.
   */
  #judge(error: string, line: Buffer, cut: boolean): Pick<CsvRecord, 'cells' | 'fault'> {
    const cells = [line.toString('utf8', 0, shownBytes).trimEnd()]
    if (cut) return { cells, fault: 'import.csv_truncated' }
    const loose = error === 'INVALID_OPENING_QUOTE' ? this.#parseLine(line, true) : null
    if (loose?.length === this.#layout.columns.length) return { cells: loose }
    return { cells, fault: 'import.csv_malformed' }
  }

  #parseLine(line: Buffer, relaxed: boolean): string[] | null {
    try {
      const options = {
        ...parserOptions(this.#layout.delimiter, this.#layout.lineEnd),
        relax_quotes: relaxed,
      }
      const records = parseNow(line, options)
      return records.length === 1 ? (records[0] ?? null) : null
    } catch {
      return null
    }
  }
}
