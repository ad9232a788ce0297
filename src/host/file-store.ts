import { createHash, randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { diskError } from './disk-errors.ts'

/** Of these hashes (hex), the ones some record points at. */
export type Referenced = (sha256: readonly string[]) => readonly string[]

/** Pictures kept beside the database under their SHA-256: the same bytes are kept once, and never changed. */
export interface FileStore {
  /**
   * Keeps the bytes safely on disk, then has them written down by `record`, which gets their hash (hex) and must
   * not wait for anything. What could not be written down goes again, unless another record needs the same bytes.
   */
  keep<T>(bytes: Uint8Array, record: (sha256: string) => T): Promise<T>
  read(sha256: string): Promise<Buffer>
  /** Removes what no record points at and nobody is just keeping; answers how many files that were. */
  sweep(): Promise<number>
}

export function createFileStore(folder: string, referenced: Referenced): FileStore {
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  // Bytes that are on disk, or on their way there, before their record is.
  const arriving = new Map<string, number>()
  const arrive = (sha256: string, more: 1 | -1) => {
    const count = (arriving.get(sha256) ?? 0) + more
    if (count === 0) arriving.delete(sha256)
    else arriving.set(sha256, count)
  }
  /** Asks and removes in one go, so that nothing can be written down in between. */
  const removeUnneeded = (names: readonly string[]): number => {
    const idle = names.filter((name) => !arriving.has(hashIn(name)))
    const needed = new Set(referenced(idle))
    const unneeded = idle.filter((name) => !needed.has(name))
    for (const name of unneeded) rmSync(place(name), { force: true })
    return unneeded.length
  }
  return {
    async keep(bytes, record) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      arrive(sha256, 1)
      let recorded = false
      try {
        await write(place(sha256), bytes).catch((error: unknown) => {
          throw diskError(error)
        })
        const answer = record(sha256)
        recorded = true
        return answer
      } finally {
        arrive(sha256, -1)
        if (!recorded) removeUnneeded([sha256])
      }
    },
    read: (sha256) => readFile(place(sha256)),
    async sweep() {
      let removed = 0
      // A file that a system has left here (.DS_Store, desktop.ini) is no folder to look into.
      const parts = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
      for (const { name: part } of parts) {
        const names = (await readdir(join(folder, part))).filter((name) => hashIn(name) !== '')
        for (let at = 0; at < names.length; at += batch) {
          removed += removeUnneeded(names.slice(at, at + batch))
        }
      }
      return removed
    },
  }
}

const batch = 500

/** The hash a file is named by, finished or not; empty for what is none of ours. */
function hashIn(name: string): string {
  return /^([0-9a-f]{64})(?:\.[0-9a-f-]+\.part)?$/.exec(name)?.[1] ?? ''
}

/** Written, synced, then renamed: a record never points at half a picture. */
async function write(target: string, bytes: Uint8Array): Promise<void> {
  if (existsSync(target)) return
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const temporary = `${target}.${randomUUID()}.part`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
  } catch (error) {
    // On a full disk half a picture would take the last of the room.
    await rm(temporary, { force: true })
    throw error
  }
}
