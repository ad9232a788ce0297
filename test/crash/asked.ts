import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readHeads } from '#host/audit/heads.ts'
import { verifyFile } from '#host/audit/verify-file.ts'
import { openDataFolder, readMigrations } from '#host/data-folder.ts'
import type { Seat } from '../kit/host.ts'
import { draftContent, type Book } from './book.ts'

const root = join(import.meta.dirname, '..', '..')

export const migrations = readMigrations(root)

/** What a restarted shop, asked as a seat asks it, no longer knows of what it had acknowledged. */
export async function lostForSeats(seat: Seat, book: Book): Promise<string[]> {
  const lost: string[] = []
  for (const [number, { uid }] of book.received) {
    const found = await seat.client.repairs.get({ uid }).catch(() => null)
    if (found?.number !== number) lost.push(`repair ${number}`)
  }
  for (const [uid, known] of book.drafts) {
    const found = await seat.client.drafts.get({ uid }).catch(() => null)
    if (!found || found.version < known.version) lost.push(`draft ${uid}`)
    // A newer one was sent and not answered: what it holds is what that one said.
    else if (found.version === known.version && found.title !== known.title) lost.push(`draft ${known.title}`)
    else if (!isDeepStrictEqual(found.content, draftContent(found.title)))
      lost.push(`content of draft ${found.title}`)
  }
  for (const [uid, amountMinor] of book.receipts) {
    const found = await seat.client.payments.get({ uid }).catch(() => null)
    if (found?.amountMinor !== amountMinor) lost.push(`receipt ${uid}`)
  }
  for (const [uid, number] of book.invoices) {
    const found = await seat.client.invoices.get({ uid }).catch(() => null)
    if (found?.number !== number) lost.push(`invoice ${number}`)
  }
  const lines = new Map<number, Set<string>>()
  for (const [uid, repairId] of book.issued) {
    const known =
      lines.get(repairId) ?? new Set((await seat.client.stock.ofRepair({ repairId })).map((one) => one.uid))
    lines.set(repairId, known)
    if (!known.has(uid)) lost.push(`part line ${uid}`)
  }
  return lost
}

/** What the shop itself finds wrong with its ledgers. */
export async function ledgerFaults(seat: Seat): Promise<string[]> {
  const { faults } = await seat.client.ledgers.verify({})
  return faults.map(({ rule, row, expected, found }) => `ledger ${rule} at ${row}: ${found}, not ${expected}`)
}

/** The audit chain, both ledgers, foreign keys and the file itself, as `npm run verify` finds them. */
export function shopFaults(data: string): string[] {
  const folder = openDataFolder(data)
  const { faults } = verifyFile({ database: folder.database, migrations, heads: readHeads(folder) })
  return faults.map(({ check, rule, table, row }) => `${check} ${rule} ${table} ${row}`)
}

/** Acknowledged pictures that are not on the disk with their own bytes. */
export function lostPictures(data: string, book: Book): string[] {
  return [...book.pictures.keys()]
    .filter((sha256) => {
      const place = join(data, 'attachments', sha256.slice(0, 2), sha256)
      return !existsSync(place) || createHash('sha256').update(readFileSync(place)).digest('hex') !== sha256
    })
    .map((sha256) => `picture ${sha256} on the disk`)
}
