import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFacts } from '#core/db/backup.ts'
import { summaryOf, type Summary } from '../backup/check-backup.ts'
import { proveShop } from '../backup/prove-shop.ts'
import type { OnProgress } from '../backup/types.ts'
import { readMigrations } from '../data-folder.ts'
import { loadExport, type LoadResult } from './load-export.ts'

export interface ImportOptions {
  /** The export's ZIP. */
  readonly from: string
  /** A folder that is not there yet, on the disk of the shop to be. */
  readonly data: string
  /** The program's own folder. */
  readonly root: string
}

export interface Imported {
  readonly shopName: string
  readonly programVersion: string
  readonly at: number
  readonly counts: Summary
  readonly ledgerFaults: number
  readonly missingFiles: number
  readonly owner: LoadResult['owner']
}

/** Words of `loadExport` that are no table's name. */
const stepOf = new Map([
  ['unpacking', 'pack'],
  ['checking', 'check'],
  ['search', 'check'],
] as const)

/** All of an import but the exchange: a whole shop in a folder of its own, proved as a backup is. Errors: those of `loadExport`. */
export async function rehearseImport(options: ImportOptions, onProgress: OnProgress): Promise<Imported> {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const progress = (words: string): void => {
    const step = [...stepOf].find(([said]) => said === words)?.[1] ?? 'copy'
    onProgress({ step, done: 0, total: 0 })
  }
  const { manifest, owner } = await loadExport({ ...options, log, progress })
  const database = join(options.data, 'shop.db')
  onProgress({ step: 'check', done: 0, total: 0 })
  const ledgerFaults = proveShop(database, readMigrations(options.root))
  // Nothing in an export is sealed: the computer's own key stays, which the system may keep.
  await rm(join(options.data, 'shop.key'), { force: true })
  return {
    shopName: manifest.shop.name,
    programVersion: manifest.program,
    at: Date.parse(manifest.at),
    counts: summaryOf(fileFacts(database)),
    ledgerFaults,
    missingFiles: manifest.attachments.missing.length,
    owner,
  }
}
