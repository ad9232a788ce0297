import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, constants, link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

const readAtOnce = 1 << 20

/** The bytes of a file, a megabyte at a time. */
export function bytesOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: readAtOnce })
}

/** What was renamed in a folder is on disk afterwards; Windows has no such thing and does it by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  // Some network shares refuse to sync a folder; the file itself is synced.
  await handle.sync().catch(() => undefined)
  await handle.close()
}

async function putInPlace(temporary: string, target: string): Promise<void> {
  await rename(temporary, target)
  await syncFolder(dirname(target))
}

/** Names of files that were not finished end so; whatever has such a name may go. */
export const unfinished = '.part'

/** Gives a file its name only when all of it is on disk; whatever goes wrong leaves none of that name. */
async function finishing(target: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const temporary = `${target}.${randomUUID()}${unfinished}`
  try {
    await write(temporary)
    await putInPlace(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Writes a file whole or not at all. */
export async function writeWhole(target: string, source: AsyncIterable<Buffer>): Promise<void> {
  await finishing(target, async (temporary) => {
    await pipeline(source, createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }))
  })
}

export async function writeText(target: string, text: string): Promise<void> {
  await finishing(target, async (temporary) => {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}

/**
 * The same bytes under a second name: where the disk can, without taking their space again. What is kept under its
 * hash is never changed, so both names may share it.
 */
export async function sameBytes(from: string, target: string): Promise<void> {
  await finishing(target, async (temporary) => {
    const linked = await link(from, temporary).then(
      () => true,
      () => false,
    )
    if (linked) return
    await copyFile(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    const handle = await open(temporary, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}
