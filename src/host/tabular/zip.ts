import { buffer } from 'node:stream/consumers'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'

import { TabularError } from './errors.ts'

const damaged = (): TabularError => new TabularError('import.not_a_table', { kind: 'xlsx_damaged' })

/** A ZIP archive held in memory, and the files its directory names. */
export interface Archive {
  readonly zip: ZipFile
  readonly entries: readonly Entry[]
}

/** The archive's files; `import.not_a_table` when it is damaged or cut off. */
export async function readZip(bytes: Buffer): Promise<Archive> {
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true })
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) entries.push(entry)
    return { zip, entries }
  } catch {
    throw damaged()
  }
}

/** The text of one small file of the archive; null when it is not there. */
export async function unzipText(
  { zip, entries }: Archive,
  name: string,
  maxBytes: number,
): Promise<string | null> {
  const entry = entries.find(({ fileName }) => fileName === name)
  if (!entry) return null
  if (entry.uncompressedSize > maxBytes) throw damaged()
  try {
    return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')
  } catch {
    throw damaged()
  }
}

/**
 * Refuses an archive that unpacks to more than `maxBytes`: a spreadsheet is unpacked in memory, and a few kilobytes
 * can be made to unpack to gigabytes. What the archive declares is not believed: each file is unpacked without being
 * kept, and one that is longer or shorter than declared is damaged.
 */
export async function refuseLargeArchive({ zip, entries }: Archive, maxBytes: number): Promise<void> {
  if (entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > maxBytes)
    throw new TabularError('import.file_too_large', { maxBytes })
  for (const entry of entries)
    try {
      const nowhere = new Writable({ write: (_piece, _encoding, done) => done() })
      await pipeline(await zip.openReadStreamPromise(entry), nowhere)
    } catch {
      throw damaged()
    }
}
