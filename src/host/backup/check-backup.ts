import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#core/app.ts'
import { fileFacts, neededFiles, proveFile, type NeededFile } from '#core/db/backup.ts'
import { contentStore, type ContentStore } from './content-store.ts'
import { damaged } from './errors.ts'
import type { Manifest } from './manifest.ts'
import { proveShop } from './prove-shop.ts'
import { unpackArchive, type ArchiveHead } from './read-archive.ts'
import type { Unsealing } from './seal.ts'
import { silently, type Migration, type OnProgress } from './types.ts'
import { attachmentList } from './write-archive.ts'

export interface CheckOptions {
  readonly path: string
  /** Where its `files` lie; beside it when not said. */
  readonly folder?: string
  readonly unsealing: Unsealing
  readonly migrations: readonly Migration[]
  /** An empty folder of its own for the unpacked copy. */
  readonly work: string
  /** Reads every picture too; otherwise only looks whether they are there with the right size. */
  readonly thorough: boolean
  /**
   * Leaves the copy at its own schema and does not look into the ledgers. Before a migration: it would be proved by
   * the very migration that may fail, and then there would be no backup just when one is needed.
   */
  readonly asItIs?: boolean
}

export interface Checked {
  readonly head: ArchiveHead
  /** Rules of the ledgers that do not hold in it: the copy is true, the books are not. */
  readonly ledgerFaults: number
}

/**
 * Proves that a backup can be restored by doing nearly all of it: reads it to its last bit, unpacks it, compares it
 * with what it says of itself, and opens it as a shop. Errors: those of `unpackArchive`, `backup.damaged` {what},
 * `backup.files_missing` {count}, `database.newer`.
 */
export async function checkBackup(options: CheckOptions, onProgress = silently): Promise<Checked> {
  const { path, unsealing, migrations, work, thorough } = options
  const unpacked = join(work, 'check.db')
  const unpack = async () => {
    let done = 0
    return await unpackArchive(path, unsealing, unpacked, (count) => {
      done += count
      onProgress({ step: 'check', done, total: 0 })
    })
  }
  try {
    const head = await unpack()
    compareWithManifest(unpacked, head)
    const store = contentStore(options.folder ?? dirname(path), head.sealedWith)
    const missing = await missingFiles(store, head.attachments, thorough, onProgress)
    if (missing > 0) throw new AppError('backup.files_missing', { count: missing })
    return { head, ledgerFaults: options.asItIs ? 0 : proveShop(unpacked, migrations) }
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(`${unpacked}${end}`, { force: true })
  }
}

/** A file that cannot be opened, or that is not the one that was packed. */
export function compareWithManifest(unpacked: string, head: ArchiveHead): void {
  const { manifest } = head
  asDamage(() => proveFile(unpacked))
  const facts = asDamage(() => fileFacts(unpacked))
  const same =
    JSON.stringify(facts.tables) === JSON.stringify(manifest.tables) &&
    JSON.stringify(facts.auditHead) === JSON.stringify(manifest.auditHead) &&
    facts.schemaVersion === manifest.schemaVersion
  if (!same) throw damaged('manifest.json')
  const needed = neededFiles(unpacked)
  if (needed.length !== head.attachments.length + manifest.attachments.missing)
    throw damaged('attachments.txt')
  const all = new Set(needed.map((file) => attachmentList([file]).toString()))
  if (!head.attachments.every((file) => all.has(attachmentList([file]).toString())))
    throw damaged('attachments.txt')
}

function asDamage<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    throw error instanceof AppError ? damaged('shop.db') : error
  }
}

async function missingFiles(
  store: ContentStore,
  files: readonly NeededFile[],
  thorough: boolean,
  onProgress: OnProgress,
): Promise<number> {
  let missing = 0
  for (const [index, file] of files.entries()) {
    const there = thorough ? await store.sound(file) : await store.has(file)
    if (!there) missing++
    onProgress({ step: 'files', done: index + 1, total: files.length })
  }
  return missing
}

/** The newest change and the number of rows of what people count in, for lists and for comparing. */
export interface Summary {
  readonly customers: number
  readonly repairs: number
  readonly invoices: number
  readonly payments: number
  readonly parts: number
  readonly newestRepair: string | null
  readonly lastChangeAt: number | null
}

export function summaryOf(facts: Pick<Manifest, 'tables' | 'newestRepair' | 'lastChangeAt'>): Summary {
  const rows = (table: string) => facts.tables[table] ?? 0
  return {
    customers: rows('customers'),
    repairs: rows('repairs'),
    invoices: rows('invoices'),
    payments: rows('payments'),
    parts: rows('parts'),
    newestRepair: facts.newestRepair,
    lastChangeAt: facts.lastChangeAt,
  }
}
