import { appendFileSync, mkdirSync, openSync, closeSync, readSync, statSync, writeFileSync } from 'node:fs'
import { rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { maxPhotoBytes } from '#contract/intake.ts'
import { pieceBytes } from '#contract/takeover-limits.ts'
import { AppError } from '#core/app.ts'
import { filesFolder } from '../backup/content-store.ts'
import { stagingPrefix } from '../backup/stage-restore.ts'
import { onDisk } from '../disk-errors.ts'

/** Sealing adds a little to each portion of a picture. */
const largestPicture = maxPhotoBytes * 2

/** A file that arrives in pieces on the shop's own disk, with the pictures that lie beside it. */
export interface BroughtFile {
  readonly uid: string
  /** As it is called where it comes from. */
  readonly name: string
  readonly size: number
  readonly path: string
  received(): number
  /** Takes a piece that goes on from `at`, for a picture one of its own; answers how much of it is there. */
  take(at: number, piece: File, picture: string | undefined): Promise<number>
  /** A ZIP is an export, whatever its name; anything else has to be a backup. */
  kind(): 'backup' | 'export'
  remove(): Promise<void>
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Makes room for a file in the data folder, under a name that each start of the host tidies away. Errors:
 * `database.full`, `database.read_only`; of `take` also `request.too_large` for more than was announced.
 */
export async function beginFile(
  dataPath: string,
  { uid, name, size }: Pick<BroughtFile, 'uid' | 'name' | 'size'>,
): Promise<BroughtFile> {
  const { bavail, bsize } = await statfs(dataPath)
  if (size > bavail * bsize) throw new AppError('database.full')
  const folder = join(dataPath, `${stagingPrefix}${uid}-brought`)
  const path = join(folder, 'file')
  onDisk(() => {
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(path, '', { mode: 0o600 })
  })
  return {
    uid,
    name,
    size,
    path,
    received: () => sizeOf(path),
    async take(at, piece, picture) {
      if (piece.size > pieceBytes) throw new AppError('request.too_large')
      const bytes = new Uint8Array(await piece.arrayBuffer())
      const target = picture === undefined ? path : join(filesFolder(folder), picture)
      // From here on nothing is waited for: two pieces at once cannot both go on from the same place.
      const received = sizeOf(target)
      if (at !== received) return received
      const total = received + bytes.length
      if (total > (picture === undefined ? size : largestPicture)) throw new AppError('request.too_large')
      return onDisk(() => {
        if (picture !== undefined) mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
        appendFileSync(target, bytes, { mode: 0o600 })
        return total
      })
    },
    kind: () => (startOf(path).equals(Buffer.from('PK\u0003\u0004')) ? 'export' : 'backup'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function startOf(path: string): Buffer {
  const start = Buffer.alloc(4)
  if (sizeOf(path) === 0) return start
  const handle = openSync(path, 'r')
  try {
    readSync(handle, start, 0, start.length, 0)
  } finally {
    closeSync(handle)
  }
  return start
}
