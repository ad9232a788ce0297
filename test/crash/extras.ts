import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHeads } from '#host/audit/heads.ts'
import { verifyFile } from '#host/audit/verify-file.ts'
import { backupsIn, newestGoodBackup } from '#host/backup/index.ts'
import { openDataFolder, readMigrations } from '#host/data-folder.ts'
import type { Seat } from '../kit/host.ts'
import type { Sent } from './cash.ts'

/** What was acknowledged of pictures, and how many backups were begun. */
export interface FileBook {
  /** Pictures by their SHA-256, with their uid. */
  readonly pictures: Map<string, string>
  backups: number
}

export function newFileBook(): FileBook {
  return { pictures: new Map(), backups: 0 }
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A picture of its own: bytes after the end of a PNG are no part of what it shows. */
export function photo(book: FileBook, repairId: number): Sent {
  const commandId = randomUUID()
  const bytes = Buffer.concat([pixel, Buffer.from(commandId.repeat(2000))])
  return {
    commandId,
    async run(seat) {
      const file = new File([new Uint8Array(bytes)], 'crash.png')
      const kept = await seat.client.attachments.upload({
        commandId,
        file,
        kind: 'photo',
        repairId,
        draftUid: null,
      })
      book.pictures.set(createHash('sha256').update(bytes).digest('hex'), kept.uid)
    },
  }
}

/** Begins a backup; it is made on a thread of the host, and the power may go under it. */
export async function backUp(book: FileBook, seat: Seat): Promise<void> {
  await seat.client.backups.make({})
  book.backups++
}

const root = join(import.meta.dirname, '..', '..')

/** Acknowledged pictures that are not on the disk with their own bytes. */
export function lostPictures(data: string, book: FileBook): string[] {
  return [...book.pictures.keys()].filter((sha256) => {
    const place = join(data, 'attachments', sha256.slice(0, 2), sha256)
    return !existsSync(place) || createHash('sha256').update(readFileSync(place)).digest('hex') !== sha256
  })
}

/** The audit chain, both ledgers, foreign keys and the file itself, as `npm run verify` finds them. */
export function shopFaults(data: string): string[] {
  const folder = openDataFolder(data)
  const migrations = readMigrations(root)
  const { faults } = verifyFile({ database: folder.database, migrations, heads: readHeads(folder) })
  return faults.map(({ check, rule, table, row }) => `${check} ${rule} ${table} ${row}`)
}

/** Nothing has a backup's name that was not proved: of those that are there, the newest can be restored. */
export async function backupFaults(data: string): Promise<string[]> {
  const backups = join(data, 'backups')
  const [newest] = await backupsIn(backups)
  if (!newest) return []
  const good = await newestGoodBackup(backups, readMigrations(root))
  return good?.name === newest.name ? [] : [`backup ${newest.name} is none`]
}
