import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Pictures kept beside the database under their SHA-256: the same bytes are kept once, and never changed. */
export interface FileStore {
  /** Keeps the bytes safely on disk; answers their hash (hex). */
  put(bytes: Uint8Array): Promise<string>
  read(sha256: string): Promise<Buffer>
}

export function createFileStore(folder: string): FileStore {
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const target = place(sha256)
      if (existsSync(target)) return sha256
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      const temporary = `${target}.${randomUUID()}.part`
      // Written, synced, then renamed: a row never points at half a picture.
      const handle = await open(temporary, 'wx', 0o600)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(temporary, target).catch(async (error: unknown) => {
        await rm(temporary, { force: true })
        throw error
      })
      return sha256
    },
    read: (sha256) => readFile(place(sha256)),
  }
}
