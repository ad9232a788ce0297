import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { backupsIn, newestGoodBackup, restoreBackup } from '#host/backup/index.ts'
import { checkBackup } from '#host/backup/check-backup.ts'
import { inWorkFolder } from '#host/backup/make-backup.ts'
import { openDataFolder } from '#host/data-folder.ts'
import type { Seat } from '../kit/host.ts'
import { migrations } from './asked.ts'
import { random } from './random.ts'

/** Backups as seats began them, and those that got a name in the folder and were found whole by reading them back. */
export interface BackupTally {
  begun: number
  /** How many the shop has said are made. */
  ended: number
  readonly finished: Set<string>
  /** Copies in the second folder that were found whole. */
  readonly copied: Set<string>
}

/** Begins a backup and waits until it has ended; the power may go under it. */
export async function backUp(seat: Seat, tally: BackupTally): Promise<void> {
  await seat.client.backups.make({})
  tally.begun++
  for (;;) {
    const { running, last, second } = await seat.client.backups.overview({})
    if (running === null) {
      const problem = last?.problem ?? second.problem
      if (problem) throw new Error(`a backup under load ended with ${problem.code}`)
      tally.ended++
      return
    }
    await sleep(25)
  }
}

/** A seat that backs the shop up again and again until the host dies. */
export async function backUpAll(seat: Seat, tally: BackupTally, alive: () => boolean): Promise<void> {
  while (alive()) {
    try {
      await backUp(seat, tally)
      // Two of one second would share a name.
      await sleep(1000 * random())
    } catch (error) {
      if (alive()) throw error
      return
    }
  }
}

/**
 * Nothing has a backup's name that cannot be restored, neither beside the shop nor in the second folder: each that was
 * not seen before is read to its last bit.
 */
export async function backupFaults(
  data: string,
  second: string,
  { finished, copied }: BackupTally,
): Promise<string[]> {
  const own = join(data, 'backups')
  return [...(await faultsIn(own, own, finished)), ...(await faultsIn(second, own, copied))]
}

async function faultsIn(folder: string, workIn: string, seen: Set<string>): Promise<string[]> {
  const faults: string[] = []
  for (const { name, path } of await backupsIn(folder)) {
    if (seen.has(name)) continue
    const unsealing = { key: null, passphrase: null }
    const check = (work: string) => checkBackup({ path, unsealing, migrations, work, thorough: true })
    const ledgers = await inWorkFolder(workIn, check).then(
      (checked) => checked.ledgerFaults,
      (error: unknown) => String(error),
    )
    if (ledgers === 0) seen.add(name)
    else faults.push(`backup ${name}: ${ledgers}`)
  }
  return faults
}

/** What lies in the second folder when nothing is under way and is neither a backup, nor a picture, nor its mark. */
export function strangersIn(second: string): string[] {
  return readdirSync(second, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|[\\/])\.|\.part$/.test(name))
    .map((name) => `${name} was left in the second folder`)
}

/** Whatever has no name of its own yet: work folders, files that were being written, restores that were rehearsed. */
export function leftOvers(data: string): string[] {
  return ['', 'backups', 'imports'].flatMap((place) => {
    const folder = join(data, place)
    return (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => /^\.(work|restoring|unproven)-|\.part$/.test(name))
      .map((name) => join(folder, name))
  })
}

/** What of it the started host has not swept away within some time. */
export async function notSwept(paths: readonly string[], waitMs = 20_000): Promise<string[]> {
  const until = Date.now() + waitMs
  let left = paths.filter((path) => existsSync(path))
  while (left.length > 0 && Date.now() < until) {
    await sleep(50)
    left = left.filter((path) => existsSync(path))
  }
  return left.map((path) => `${basename(path)} was not swept`)
}

/**
 * Restores the newest good backup of a shop into an empty folder, as `npm run restore` does, and gives that folder to
 * be looked at; it is gone afterwards. Null when there is no good backup.
 */
export async function inRestored<T>(data: string, look: (restored: string) => Promise<T>): Promise<T | null> {
  const newest = await newestGoodBackup(join(data, 'backups'), migrations)
  if (!newest) return null
  const empty = mkdtempSync(join(tmpdir(), 'benchside-restored-'))
  try {
    const folder = openDataFolder(empty)
    await restoreBackup({ folder, path: newest.path, migrations, at: Date.now(), by: 'crash run' })
    return await look(empty)
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
}
