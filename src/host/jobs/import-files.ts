import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { copyFile, link, readdir, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { AppError } from '#core/app.ts'

/** The largest file the wizard takes: an upload passes through the host's memory. The command line takes any. */
const largestMegabytes = 200
const endings = ['.csv', '.xlsx'] as const
const day = 86_400_000
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** How long files are kept, by what their names say they are. Anything else in the folder is somebody's own. */
const keptFor: readonly (readonly [name: RegExp, ms: number])[] = [
  // Uploaded and looked at, but perhaps never imported.
  [new RegExp(`^${uuid}\\.(?:csv|xlsx)$`), day],
  // Of a run that was broken off and may still go on.
  [new RegExp(`^run-${uuid}\\.(?:csv|xlsx)$`), 30 * day],
  // Sent to a seat.
  [new RegExp(`^rejects-${uuid}\\.csv$`), day / 24],
]

/** The files of imports beside the database. */
export interface ImportFiles {
  /** Keeps an upload without holding it in memory. Error: `import.file_too_large`. */
  keep(file: File): Promise<{ fileUid: string; path: string }>
  /** Path of an upload. Error: `import.file_missing`. */
  upload(fileUid: string): string
  /** Keeps an upload for as long as the run may have to go on. */
  keepForRun(path: string, runUid: string): Promise<void>
  /** Path of a run's file. Error: `import.file_missing`. */
  ofRun(runUid: string): string
  forgetRun(runUid: string): Promise<void>
  /** A new place for a file of rejected rows. */
  rejects(): string
  /** Removes what nobody came back for. */
  tidy(now: number): Promise<void>
}

export function importFiles(folder: string): ImportFiles {
  const find = (name: string): string => {
    for (const ending of endings) {
      const path = join(folder, name + ending)
      if (existsSync(path)) return path
    }
    throw new AppError('import.file_missing')
  }
  return {
    async keep(file) {
      if (file.size > largestMegabytes << 20)
        throw new AppError('import.file_too_large', { max: largestMegabytes })
      const fileUid = randomUUID()
      // The ending is for people who look into the folder; what a file is its content says.
      const ending = extname(file.name).toLowerCase() === '.xlsx' ? '.xlsx' : '.csv'
      const path = join(folder, fileUid + ending)
      const bytes = Readable.fromWeb(file.stream() as ReadableStream)
      await pipeline(bytes, createWriteStream(path, { mode: 0o600 }))
      return { fileUid, path }
    },
    upload: find,
    async keepForRun(path, runUid) {
      const target = join(folder, `run-${runUid}${extname(path)}`)
      if (existsSync(target)) return
      // A second name costs nothing; where the disk knows none, a copy does the same.
      await link(path, target).catch(() => copyFile(path, target))
    },
    ofRun: (runUid) => find(`run-${runUid}`),
    async forgetRun(runUid) {
      for (const ending of endings) await rm(join(folder, `run-${runUid}${ending}`), { force: true })
    },
    rejects: () => join(folder, `rejects-${randomUUID()}.csv`),
    tidy: (now) => tidy(folder, now),
  }
}

async function tidy(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const kept = keptFor.find(([pattern]) => pattern.test(name))
    if (!kept) continue
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > kept[1]) await rm(path, { force: true })
  }
}
