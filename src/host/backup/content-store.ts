import { createHash, createHmac } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { NeededFile } from '#core/db/backup.ts'
import { onFiles } from './errors.ts'
import { bytesOf, sameBytes, unfinished, writeWhole } from './safe-file.ts'
import { keyName, seal, sealedSize, unseal, type BackupKey } from './seal.ts'

/**
 * Pictures and documents of all backups of one folder, each kept once under its hash: a second backup copies only
 * what is new. Sealed ones lie under names that say nothing of what they hold, apart for each key.
 */
export interface ContentStore {
  /** Where the file lies. */
  path(sha256: string): string
  /** There with the right size; its bytes are not looked at. */
  has(file: NeededFile): Promise<boolean>
  /** Takes a file in, its bytes checked against its hash. False when the file given is not what it should be. */
  add(file: NeededFile, from: string): Promise<boolean>
  /** Puts the bytes at a place of their own, checked against their hash. False when they are damaged or not there. */
  take(file: NeededFile, target: string): Promise<boolean>
  /** Reads the bytes and compares their hash. */
  sound(file: NeededFile): Promise<boolean>
  /** Removes what none of these needs; answers how many. */
  sweep(needed: Iterable<string>): Promise<number>
  /** Removes what was never finished; nothing may be being added. */
  clearUnfinished(): Promise<number>
}

const plainName = 'plain'

/** The folder of the pictures beside the backups of a folder. */
export function filesFolder(folder: string): string {
  return join(folder, 'files')
}

export function contentStore(folder: string, key: BackupKey | null): ContentStore {
  const root = join(filesFolder(folder), key ? keyName(key) : plainName)
  const nameOf = (sha256: string) =>
    key ? createHmac('sha256', key.key).update(sha256).digest('hex') : sha256
  const place = (sha256: string) => {
    const name = nameOf(sha256)
    return join(root, name.slice(0, 2), name)
  }
  const bytes = (sha256: string): AsyncIterable<Buffer> =>
    key ? unseal(bytesOf(place(sha256)), key) : bytesOf(place(sha256))
  return {
    path: place,
    has: ({ sha256, size }) => hasSize(place(sha256), key ? sealedSize(size) : size),
    async add(file, from) {
      if (!(await hashesTo(bytesOf(from), file))) return false
      const target = place(file.sha256)
      await onFiles(folder, () =>
        key ? writeWhole(target, seal(bytesOf(from), key)) : sameBytes(from, target),
      )
      return true
    },
    async take(file, target) {
      if (!(await hashesTo(bytes(file.sha256), file))) return false
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await onFiles(target, async () => {
        if (key) await pipeline(bytes(file.sha256), createWriteStream(target, { mode: 0o600, flush: true }))
        else await sameBytes(place(file.sha256), target)
      })
      return true
    },
    sound: (file) => hashesTo(bytes(file.sha256), file),
    sweep(needed) {
      const keep = new Set([...needed].map(nameOf))
      return sweepUnder(root, (name) => !keep.has(name) || name.endsWith(unfinished))
    },
    clearUnfinished: () => sweepUnder(root, (name) => name.endsWith(unfinished)),
  }
}

async function hasSize(path: string, size: number): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile() && found.size === size,
    () => false,
  )
}

async function hashesTo(source: AsyncIterable<Buffer>, file: NeededFile): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const part of source) hash.update(part)
  } catch {
    return false
  }
  return hash.digest('hex') === file.sha256
}

async function sweepUnder(root: string, isUnneeded: (name: string) => boolean): Promise<number> {
  let removed = 0
  for (const part of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, part)).catch(() => [])) {
      const ours = /^[0-9a-f]{64}(?:\.[0-9a-f-]+\.part)?$/.test(name)
      if (!ours || !isUnneeded(name)) continue
      await rm(join(root, part, name), { force: true })
      removed++
    }
  }
  return removed
}

/** Removes the pictures sealed with keys no backup of the folder is sealed with any more. */
export async function dropUnusedKeys(folder: string, used: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(filesFolder(folder)).catch(() => [])) {
    const isKey = /^[0-9a-f]{32}$/.test(name)
    if (isKey && !used.has(name)) await rm(join(filesFolder(folder), name), { recursive: true, force: true })
  }
}
