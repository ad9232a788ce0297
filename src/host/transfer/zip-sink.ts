import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { measured, type ExportSink } from './sink.ts'

/** The usual 6 takes a quarter longer for a twentieth less. */
const level = 4

/**
 * An export as one ZIP of any size, each file of it dated `at` (UTC epoch ms). Pictures go in as they are: they are
 * packed already.
 */
export function zipSink(path: string, at: number): ExportSink {
  const zip = new ZipFile()
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  const arrived = pipeline(zip.outputStream, target)
  // Whoever adds or closes hears of it; nobody may be there at the moment it happens.
  arrived.catch(() => {})
  zip.on('error', (error) => target.destroy(error instanceof Error ? error : undefined))

  async function add(name: string, source: Readable, compress: boolean): Promise<void> {
    // How long a table will be is not known before, so each file may be one of more than four gigabytes.
    const about = {
      mtime: new Date(at),
      mode: 0o100600,
      compressionLevel: compress ? level : 0,
      forceZip64Format: true,
    }
    zip.addReadStream(source, name, about)
    // A full disk stops the taking of pieces, so that the source alone would never end.
    await Promise.race([finished(source), arrived])
  }

  return {
    async file(name, source) {
      const { pieces, written } = measured(source)
      await add(name, Readable.from(pieces, { objectMode: false }), true)
      return written()
    },
    async copy(name, source) {
      const { size } = await stat(source)
      await add(name, createReadStream(source), false)
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
