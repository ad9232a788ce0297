import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a file that was written is known by. */
export interface WrittenFile {
  readonly bytes: number
  readonly sha256: string
}

/**
 * Where an export goes: a folder or one ZIP. It is written synchronously, piece by piece, by a thread that does nothing
 * else, so that neither its size nor the seats at work matter.
 */
export interface ExportSink {
  /** A file of these pieces; they are taken one after the other and not kept. */
  file(path: string, pieces: Iterable<Buffer>): WrittenFile
  /** The bytes of a file on this computer, as they are. Answers their number. */
  copy(path: string, source: string): number
  /** Ends it; before that it is not whole. */
  close(): void
  /** Lets go of what is open, when it will not be whole. */
  abandon(): void
}

/** Hands pieces on and learns on the way how many bytes they are and what their hash is. */
export function measured(pieces: Iterable<Buffer>, write: (piece: Buffer) => void): WrittenFile {
  const hash = createHash('sha256')
  let bytes = 0
  for (const piece of pieces) {
    hash.update(piece)
    bytes += piece.length
    write(piece)
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Writes all of a piece, however often the system takes only a part of it. */
export function writeAll(handle: number, piece: Buffer): void {
  for (let done = 0; done < piece.length;) done += writeSync(handle, piece, done)
}

/** An export as a folder that a person can look into. */
export function folderSink(folder: string): ExportSink {
  let open: number | undefined
  const place = (path: string): string => {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    return target
  }
  const abandon = (): void => {
    if (open !== undefined) closeSync(open)
    open = undefined
  }
  return {
    file(path, pieces) {
      const handle = openSync(place(path), 'wx', 0o600)
      open = handle
      const written = measured(pieces, (piece) => writeAll(handle, piece))
      abandon()
      return written
    },
    copy(path, source) {
      const target = place(path)
      copyFileSync(source, target)
      return statSync(target).size
    },
    close: abandon,
    abandon,
  }
}
