import { open, type FileHandle } from 'node:fs/promises'

import type { MappingError } from './map-rows.ts'
import { toCsv } from './write-csv.ts'

export interface Reject {
  readonly line: number
  readonly errors: readonly MappingError[]
  readonly cells: readonly string[]
}

export interface RejectsOptions {
  /** Goes on with a file broken off earlier: everything after this many bytes is cut off first. */
  readonly resumeAt?: number
  /** Over the columns of our own, in another language: line, field, code, values, reason. */
  readonly headings?: readonly string[]
  /** Writes the reason in words beside the code; without it only codes are written. */
  readonly describe?: (error: MappingError) => string
}

/** They stand first; the word before them keeps them apart from the columns of any file. */
const ownColumns = ['rejected line', 'rejected field', 'rejected code', 'rejected params', 'rejected reason']

function joined(errors: readonly MappingError[], part: (error: MappingError) => string): string {
  return errors.map(part).join(' | ')
}

/**
 * The rejects of an import as CSV: one line for each rejected row, with its line in the file, field, code,
 * values and (when described) reason, then the row's own cells under their own headings. A person can
 * correct the cells and import this very file, for headings of ours are nobody's fields.
 */
export class RejectsFile {
  readonly #file: FileHandle
  readonly #width: number
  readonly #describe: ((error: MappingError) => string) | undefined
  #bytes: number

  private constructor(file: FileHandle, width: number, bytes: number, options: RejectsOptions) {
    this.#file = file
    this.#width = width
    this.#bytes = bytes
    this.#describe = options.describe
  }

  /** Begins a new file, or goes on with one at `resumeAt`. */
  static async open(
    path: string,
    columns: readonly string[],
    options: RejectsOptions = {},
  ): Promise<RejectsFile> {
    const resumeAt = options.resumeAt ?? 0
    const file = await open(path, resumeAt > 0 ? 'r+' : 'w')
    await file.truncate(resumeAt)
    const rejects = new RejectsFile(file, columns.length, resumeAt, options)
    if (resumeAt === 0) await rejects.#write([[...(options.headings ?? ownColumns), ...columns]], true)
    return rejects
  }

  /** Length of the file so far: what `resumeAt` takes once the rows up to here are known to be done. */
  get bytes(): number {
    return this.#bytes
  }

  /** Appends the rejects; they are on their way to the disk when the promise is kept. */
  async add(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length > 0)
      await this.#write(
        rejects.map((reject) => this.#row(reject)),
        false,
      )
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  #row({ line, errors, cells }: Reject): string[] {
    const describe = this.#describe
    return [
      String(line),
      joined(errors, (error) => error.field),
      joined(errors, (error) => error.code),
      joined(errors, (error) => JSON.stringify(error.params)),
      describe ? joined(errors, describe) : '',
      ...Array.from({ length: Math.max(this.#width, cells.length) }, (_, index) => cells[index] ?? ''),
    ]
  }

  async #write(rows: readonly (readonly string[])[], bom: boolean): Promise<void> {
    for await (const piece of toCsv(rows, { bom })) {
      const { bytesWritten } = await this.#file.write(piece, this.#bytes)
      this.#bytes += bytesWritten
    }
  }
}
