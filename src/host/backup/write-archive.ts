import { createHash } from 'node:crypto'
import type { NeededFile } from '#core/db/backup.ts'
import { onFiles } from './errors.ts'
import { writeManifest, type Manifest } from './manifest.ts'
import { bytesOf, writeWhole } from './safe-file.ts'
import { seal, type BackupKey } from './seal.ts'
import { blockBytes, paddingAfter, tarHeader } from './tar.ts'

/**
 * One backup file: a tar of `manifest.json`, `attachments.txt` (hash and size of each file it needs), `shop.key`
 * when it may be in here, `shop.db.gz` and `checksums.txt` over all of them; sealed as a whole when it is encrypted.
 * A reader takes nothing that would not have been written exactly so: any other bit is damage.
 */

/** What goes into a backup; the database packed in a file of its own already. */
export interface Content {
  readonly manifest: Manifest
  readonly attachments: readonly NeededFile[]
  readonly key: Buffer | null
  readonly packed: { readonly path: string; readonly bytes: number }
}

/** Names of the files in a backup, in their order. */
export const entryNames = {
  manifest: 'manifest.json',
  attachments: 'attachments.txt',
  key: 'shop.key',
  database: 'shop.db.gz',
  checksums: 'checksums.txt',
} as const

export function attachmentList(files: readonly NeededFile[]): Buffer {
  return Buffer.from(files.map(({ sha256, size }) => `${sha256} ${size}\n`).join(''))
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function* archiveBytes(content: Content): AsyncGenerator<Buffer> {
  const { manifest, attachments, key, packed } = content
  const seconds = Math.floor(manifest.at / 1000)
  const sums: string[] = []
  async function* entry(name: string, size: number, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield tarHeader({ name, size, seconds })
    const hash = createHash('sha256')
    for await (const part of body) {
      hash.update(part)
      yield part
    }
    yield Buffer.alloc(paddingAfter(size))
    sums.push(`${hash.digest('hex')}  ${name}\n`)
  }
  const whole = (name: string, bytes: Buffer) => entry(name, bytes.length, once(bytes))
  yield* whole(entryNames.manifest, writeManifest(manifest))
  yield* whole(entryNames.attachments, attachmentList(attachments))
  if (key) yield* whole(entryNames.key, key)
  yield* entry(entryNames.database, packed.bytes, bytesOf(packed.path))
  yield* whole(entryNames.checksums, Buffer.from(sums.join('')))
  yield Buffer.alloc(2 * blockBytes)
}

/** Writes a backup, whole or not at all. Errors: `backup.no_space`, `backup.not_writable`, `backup.folder_missing`. */
export async function writeArchive(target: string, content: Content, key: BackupKey | null): Promise<void> {
  const bytes = archiveBytes(content)
  await onFiles(target, () => writeWhole(target, key ? seal(bytes, key) : bytes))
}
