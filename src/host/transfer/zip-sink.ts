import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { measured, type ExportSink } from './sink.ts'

/** The usual 6 takes a quarter longer for a twentieth less. */
const level = 4
const largestPiece = 1 << 16

/**
 * yazl looks through the files of an archive from the first one whenever one is added or done, which of a hundred
 * thousand pictures takes many minutes. Those that are done are kept from it until it writes the directory of all.
 */
class LongZip extends ZipFile {
  declare entries: unknown[]
  private done: unknown[] = []

  /** The file added last has been read, so that those before it are done. */
  setAside(): void {
    for (const entry of this.entries.splice(0, this.entries.length - 1)) this.done.push(entry)
  }

  override end(): void {
    this.entries = [...this.done, ...this.entries]
    this.done = []
    super.end()
  }
}

/**
 * An export as one ZIP of any size, each file of it dated `at` (UTC epoch ms). Pictures go in as they are: they are
 * packed already.
 */
export function zipSink(path: string, at: number): ExportSink {
  const zip = new LongZip()
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  const arrived = pipeline(zip.outputStream, target)
  // Whoever adds or closes hears of it; nobody may be there at the moment it happens.
  arrived.catch(() => {})
  zip.on('error', (error) => target.destroy(error instanceof Error ? error : undefined))

  async function add(name: string, open: () => Readable, compress: boolean): Promise<void> {
    // How long a table will be is not known before, so each file may be one of more than four gigabytes.
    const about = {
      mtime: new Date(at),
      mode: 0o100600,
      compressionLevel: compress ? level : 0,
      forceZip64Format: true,
    }
    const read = new Promise<void>((resolve, reject) => {
      zip.addReadStreamLazy(name, about, (give) => {
        const source = open()
        finished(source).then(resolve, reject)
        give(null, source)
      })
    })
    // A full disk stops the taking of pieces, so that the source alone would never end.
    await Promise.race([read, arrived])
    zip.setAside()
  }

  return {
    async file(name, source) {
      const { pieces, written } = measured(source)
      await add(name, () => Readable.from(pieces, { objectMode: false }), true)
      return written()
    },
    async copy(name, source) {
      const { size } = await stat(source)
      // A stream takes the room for a whole piece each time it reads, which for small pictures is mostly waste.
      const highWaterMark = Math.min(size + 1, largestPiece)
      await add(name, () => createReadStream(source, { highWaterMark }), false)
      return size
    },
    async close() {
      zip.end()
      await arrived
    },
    async abandon() {
      target.destroy()
      await arrived.catch(() => {})
    },
  }
}
