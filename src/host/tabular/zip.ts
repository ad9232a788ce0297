import { createInflateRaw, inflateRawSync } from 'node:zlib'

import { TabularError } from './errors.ts'

/** One file inside a ZIP archive (APPNOTE.TXT §4.3.12), as its central directory declares it. */
interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: Buffer
  readonly declaredBytes: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const damaged = (): TabularError => new TabularError('import.not_a_table', { kind: 'xlsx_damaged' })

function locateEnd(zip: Buffer): number {
  const lowest = Math.max(0, zip.length - 22 - 0xffff)
  for (let at = zip.length - 22; at >= lowest; at--) if (zip.readUInt32LE(at) === endMark) return at
  throw damaged()
}

function readEntry(zip: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (zip.readUInt32LE(at) !== entryMark) throw damaged()
  const packedBytes = zip.readUInt32LE(at + 20)
  const [nameBytes, extraBytes, commentBytes] = [
    zip.readUInt16LE(at + 28),
    zip.readUInt16LE(at + 30),
    zip.readUInt16LE(at + 32),
  ]
  const local = zip.readUInt32LE(at + 42)
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const entry: ZipEntry = {
    name: zip.toString('utf8', at + 46, at + 46 + nameBytes),
    method: zip.readUInt16LE(at + 10),
    packed: zip.subarray(start, start + packedBytes),
    declaredBytes: zip.readUInt32LE(at + 24),
  }
  return { entry, next: at + 46 + nameBytes + extraBytes + commentBytes }
}

/** The archive's files; `import.not_a_table` when it is damaged or cut off. */
export function readZip(zip: Buffer): ZipEntry[] {
  try {
    const end = locateEnd(zip)
    const entries: ZipEntry[] = []
    let at = zip.readUInt32LE(end + 16)
    for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
      const { entry, next } = readEntry(zip, at)
      entries.push(entry)
      at = next
    }
    return entries
  } catch (error) {
    // Reading outside the buffer means that the directory points outside the file.
    if (error instanceof RangeError) throw damaged()
    throw error
  }
}

/** The text of one small file of the archive; null when it is not there. */
export function unzipText(entries: readonly ZipEntry[], name: string, maxBytes: number): string | null {
  const entry = entries.find((candidate) => candidate.name === name)
  if (!entry) return null
  try {
    return entry.method === 0
      ? entry.packed.toString('utf8')
      : inflateRawSync(entry.packed, { maxOutputLength: maxBytes }).toString('utf8')
  } catch {
    throw damaged()
  }
}

/** Inflates without keeping anything, to learn the true size; stops as soon as it passes `maxBytes`. */
function inflatedBytes(entry: ZipEntry, maxBytes: number): Promise<number> {
  if (entry.method === 0) return Promise.resolve(entry.packed.length)
  return new Promise((resolve, reject) => {
    const inflate = createInflateRaw()
    let bytes = 0
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBytes) return
      inflate.destroy()
      resolve(bytes)
    })
    inflate.on('end', () => resolve(bytes))
    inflate.on('error', () => reject(damaged()))
    inflate.end(entry.packed)
  })
}

/**
 * Refuses an archive that unpacks to more than `maxBytes`: a spreadsheet is unpacked in memory, and a few
 * kilobytes can be made to unpack to gigabytes. What the archive declares is not believed.
 */
export async function refuseLargeArchive(entries: readonly ZipEntry[], maxBytes: number): Promise<void> {
  const tooLarge = (): TabularError => new TabularError('import.file_too_large', { maxBytes })
  if (entries.reduce((sum, entry) => sum + entry.declaredBytes, 0) > maxBytes) throw tooLarge()
  let total = 0
  for (const entry of entries) {
    total += await inflatedBytes(entry, maxBytes - total)
    if (total > maxBytes) throw tooLarge()
  }
}
