import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What a file that was written is known by. */
export interface WrittenFile {
  readonly bytes: number
  readonly sha256: string
}

/**
 * Where an export goes: a folder or one ZIP. It is written piece by piece, one file after the other, so that its size
 * does not matter.
 */
export interface ExportSink {
  /** A file of these pieces; they are taken one after the other and not kept. */
  file(path: string, pieces: Iterable<Buffer>): Promise<WrittenFile>
  /** The bytes of a file on this computer, as they are. Answers their number. */
  copy(path: string, source: string): Promise<number>
  /** Ends it; before that it is not whole. */
  close(): Promise<void>
  /** Lets go of what is open, when it will not be whole. */
  abandon(): Promise<void>
}

/** Pieces to hand on, and what they were once all of them have been taken. */
export function measured(source: Iterable<Buffer>): { pieces: Iterable<Buffer>; written(): WrittenFile } {
  const hash = createHash('sha256')
  let bytes = 0
  const pieces = (function* () {
    for (const piece of source) {
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  })()
  return { pieces, written: () => ({ bytes, sha256: hash.digest('hex') }) }
}

/** The hash of pieces that go nowhere. */
export function sha256Of(pieces: Iterable<Buffer>): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

/** An export as a folder that a person can look into. */
export function folderSink(folder: string): ExportSink {
  const place = async (path: string): Promise<string> => {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    return target
  }
  return {
    async file(path, source) {
      const { pieces, written } = measured(source)
      const target = createWriteStream(await place(path), { flags: 'wx', mode: 0o600 })
      await pipeline(Readable.from(pieces, { objectMode: false }), target)
      return written()
    },
    async copy(path, source) {
      const target = await place(path)
      await copyFile(source, target)
      return (await stat(target)).size
    },
    close: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  }
}
