import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { genesis, hashOf } from '#core/audit/chain.ts'
import { linesFrom } from '#core/audit/store.ts'
import { openForReading } from '#core/db/open.ts'
import { openLoader, openSnapshot, transferTables } from '#core/db/transfer.ts'
import { verifyFile } from '#host/audit/verify-file.ts'
import { checkBackup } from '#host/backup/check-backup.ts'
import { inWorkFolder, makeBackup } from '#host/backup/make-backup.ts'
import { stageRestore } from '#host/backup/stage-restore.ts'
import { openDataFolder, shopKey, type DataFolder } from '#host/data-folder.ts'
import { loadExport } from '#host/transfer/load-export.ts'
import { writeExport } from '#host/transfer/write-export.ts'
import { migrations } from '../kit/app.ts'
import { benchNow, root } from './shop-file.ts'

/**
 * What a shop does to trust its data, on the shop in the data folder given, in a process of its own, whose memory then
 * says how much it takes. Answers lines of JSON.
 */
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

export interface TrustFigure {
  readonly name: string
  readonly seconds: number
  /** Another program doing what cannot be left out, measured just before. */
  readonly floor: number
  /** Most memory of the process while it was done; where the system cannot forget what was before, since its start. */
  readonly peakMegabytes: number
}
export type TrustLine = TrustFigure | { readonly wrong: string }

function tell(line: TrustLine): void {
  console.log(JSON.stringify(line))
}

async function seconds(act: () => unknown): Promise<number> {
  const from = performance.now()
  await act()
  return (performance.now() - from) / 1000
}

async function measure(name: string, bare: () => unknown, act: () => unknown): Promise<void> {
  const floor = await seconds(bare)
  forgetPeak()
  const took = await seconds(act)
  tell({ name, seconds: took, floor, peakMegabytes: process.resourceUsage().maxRSS / 1024 })
}

/** Linux counts the peak anew from here (proc(5), clear_refs). */
function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5')
}

/** What SQLite itself needs to look through a file. */
function bareChecks(path: string): void {
  const file = new Database(path, { readonly: true })
  file.pragma('integrity_check')
  file.pragma('foreign_key_check')
  file.close()
}

function copyAndCheck(from: string, to: string): void {
  copyFileSync(from, to)
  bareChecks(to)
  rmSync(to)
}

/** Each row of each table brought over by SQLite, as its own `.dump` would read it. */
function readEveryRow(path: string): number {
  const file = openSnapshot(path)
  let rows = 0
  for (const { name } of transferTables(file))
    for (const _ of file.prepare(`SELECT * FROM ${name}`).raw().iterate()) rows++
  file.close()
  return rows
}

/** The same rows copied from file to file by SQLite, with the same indexes. */
function copyEveryRow(from: string, to: string): void {
  const loader = openLoader(to, migrations)
  const names = loader.tables.map(({ name }) => name)
  loader.close()
  const file = new Database(to)
  file.pragma('foreign_keys = OFF')
  file.prepare('ATTACH ? AS shop').run(from)
  file.transaction(() => {
    for (const name of names)
      file.exec(`DELETE FROM main.${name}; INSERT INTO main.${name} SELECT * FROM shop.${name}`)
  })()
  file.close()
  for (const end of ['', '-wal', '-shm']) rmSync(to + end, { force: true })
}

/** The same rows as bare statements, one for each, into tables with their indexes. */
function insertEveryRow(from: string, to: string): void {
  openLoader(to, migrations).close()
  const shop = openSnapshot(from)
  const file = new Database(to)
  for (const pragma of ['foreign_keys = OFF', 'synchronous = OFF', 'cache_size = -65536']) file.pragma(pragma)
  const known = new Set(transferTables(file).map(({ name }) => name))
  file.transaction(() => {
    for (const { name, columns } of transferTables(shop).filter((table) => known.has(table.name))) {
      file.exec(`DELETE FROM ${name}`)
      const insert = file.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join()})`)
      for (const row of shop.prepare(`SELECT * FROM ${name}`).raw().iterate()) insert.run(row)
    }
  })()
  file.close()
  shop.close()
  for (const end of ['', '-wal', '-shm']) rmSync(to + end, { force: true })
}

/** The generated rows of the log have no hashes; a shop's have. */
function chainLog(path: string): void {
  const file = new Database(path)
  const triggers = file
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'")
    .all() as { name: string; sql: string }[]
  for (const { name } of triggers) file.exec(`DROP TRIGGER ${name}`)
  const { read, close } = openForReading(path, migrations)
  const write = file.prepare('UPDATE audit_log SET hash = ? WHERE id = ?')
  file.transaction(() => {
    let before = genesis
    for (const line of linesFrom(read, 0)) {
      const hash = hashOf(before, line)
      if (line.hash !== hash) write.run(hash, line.id)
      before = hash
    }
  })()
  close()
  for (const { sql } of triggers) file.exec(sql)
  file.close()
}

async function backups(folder: DataFolder, scratch: string): Promise<void> {
  const { database, attachments, backups: kept } = folder
  const about = { database, attachments, folder: kept, migrations, programVersion: 'bench' }
  const bare = join(scratch, 'bare.db')
  let path = ''
  const vacuum = () => {
    const file = new Database(database, { readonly: true })
    file.prepare('VACUUM INTO ?').run(bare)
    file.close()
    bareChecks(bare)
    rmSync(bare)
  }
  await measure('backup made and proved', vacuum, async () => {
    const { name } = await makeBackup({ kind: 'manual', at: benchNow, shopKey: shopKey(folder), ...about })
    path = join(kept, name)
  })
  const copied = () => copyAndCheck(database, bare)
  const unsealing = { key: null, passphrase: null }
  await measure('backup proved again', copied, () =>
    inWorkFolder(kept, (work) => checkBackup({ path, unsealing, migrations, work, thorough: true })),
  )
  await measure('restore rehearsed, with its comparison', copied, async () => {
    const data = { path: folder.path, database, attachments }
    const options = { path, unsealing, data, shopKey: shopKey(folder), migrations, uid: 'bench' }
    const { now, after, incoming } = await stageRestore(options)
    if (JSON.stringify(now) !== JSON.stringify(after)) tell({ wrong: 'a backup counts what the shop counts' })
    rmSync(join(folder.path, incoming), { recursive: true })
  })
  rmSync(path)
}

async function transfers(folder: DataFolder, scratch: string): Promise<void> {
  const { database, attachments } = folder
  await measure(
    'everything verified (npm run verify)',
    () => bareChecks(database),
    () => {
      const { faults } = verifyFile({ database, migrations, heads: [] })
      if (faults.length > 0)
        tell({ wrong: `verify finds nothing wrong (${JSON.stringify(faults.slice(0, 2))})` })
    },
  )
  const target = join(scratch, 'export.zip')
  let rows = 0
  await measure(
    'full export to a ZIP',
    () => (rows = readEveryRow(database)),
    async () => {
      const about = { program: 'bench', now: benchNow, zip: true, migrations }
      const { tables } = await writeExport({ database, attachments, target, ...about }, () => {})
      const written = tables.reduce((sum, table) => sum + table.rows, 0)
      if (Math.abs(written - rows) > 10) tell({ wrong: `the export has every row (${written} of ${rows})` })
    },
  )
  const bare = join(scratch, 'bare.db')
  await measure(
    'the rows of a full export, as bare statements',
    () => copyEveryRow(database, bare),
    () => insertEveryRow(database, bare),
  )
  await measure(
    'full export imported',
    () => copyEveryRow(database, bare),
    () => loadExport({ from: target, data: join(scratch, 'imported'), root, log: quiet }),
  )
}

const [, , data = ''] = process.argv
const folder = openDataFolder(data)
const scratch = join(data, 'scratch')
mkdirSync(scratch)
chainLog(folder.database)
await backups(folder, scratch)
await transfers(folder, scratch)
