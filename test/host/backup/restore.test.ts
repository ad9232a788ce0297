import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newestGoodBackup, rehearseRestore, restoreBackup } from '#host/backup/index.ts'
import { backupStatus } from '#host/backup/status.ts'
import { finishSwap, planSwap, recordedSwap, replacedFolders } from '#host/backup/swap.ts'
import { migrations } from '../../kit/app.ts'
import { backupAt, backupShop, digestOf, type BackupShop } from '../../kit/backup-shop.ts'

/* Bringing a shop back from its backups, and taking that back again. */
let shop: BackupShop

beforeEach(async () => {
  shop = backupShop()
  await shop.receive(3)
})
afterEach(() => {
  shop.close()
  shop.remove()
})

const hour = 3_600_000
const restored = (path: string) =>
  restoreBackup({ folder: shop.folder, path, migrations, at: backupAt + 2 * hour, by: '王店主' })

test('a restored shop has the same rows and the same pictures as when it was backed up', async () => {
  const { name } = await shop.backup()
  const before = digestOf(shop.folder)
  await shop.receive(2)
  shop.close()
  const { staged } = await restored(join(shop.folder.backups, name))
  expect(staged.now?.repairs).toBe(5)
  expect(staged.after.repairs).toBe(3)
  expect(staged.secretsLost).toBe(false)
  expect(digestOf(shop.folder)).toEqual(before)
})

test('without any good backup there is none to be led to', async () => {
  expect(await newestGoodBackup(shop.folder.backups, migrations)).toBeNull()
})

test('the newest good backup is the newest one that can be restored', async () => {
  const older = await shop.backup()
  await shop.receive(1)
  const newer = await shop.backup(backupAt + hour)
  expect((await newestGoodBackup(shop.folder.backups, migrations))?.name).toBe(newer.name)
  truncateSync(join(shop.folder.backups, newer.name), newer.bytes - 1000)
  const good = await newestGoodBackup(shop.folder.backups, migrations)
  expect(good?.name).toBe(older.name)
  expect(good?.summary).toMatchObject({ repairs: 3, customers: 3 })
})

test('a clock that was a month ahead does not lead the shop to an older backup', async () => {
  const status = backupStatus(shop.folder.backups)
  const found = { state: 'good', at: backupAt, code: null, params: {} } as const
  const { name: ahead } = await shop.backup(backupAt + 30 * 24 * hour)
  await status.noteMade(ahead, found)
  await shop.receive(1)
  const { name: right } = await shop.backup(backupAt + hour)
  await status.noteMade(right, found)
  expect(await newestGoodBackup(shop.folder.backups, migrations)).toMatchObject({
    name: right,
    summary: { repairs: 4 },
  })
})

test.each([
  ['an hour later', 3 * hour],
  ['within the same second', 2 * hour],
])('what was replaced can be brought back, and so can what replaced it, %s', async (_when, after) => {
  const { name } = await shop.backup()
  await shop.receive(2)
  const files = shop.folder
  shop.close()
  const before = digestOf(files)
  const { aside } = await restored(join(files.backups, name))
  recordedSwap(files.path)
  expect(replacedFolders(files.path).map((one) => one.name)).toEqual([aside])

  const note = { commandId: crypto.randomUUID(), what: 'undone', by: '王店主', from: aside } as const
  const plan = {
    incoming: aside,
    at: backupAt + after,
    note: { ...note, dataAt: null, secretsLost: false },
  }
  planSwap(files.path, plan)
  expect(finishSwap(files.path)).toEqual(plan.note)
  expect(digestOf(files)).toEqual(before)
  expect(existsSync(join(files.path, aside))).toBe(false)
  expect(replacedFolders(files.path)).toHaveLength(1)
})

/** A restore is rehearsed and decided on, and nothing is exchanged yet. */
async function decided(name: string) {
  const { folder } = shop
  const { incoming } = await rehearseRestore({ folder, path: join(folder.backups, name), migrations })
  const note = { what: 'restored', by: '王店主', from: name, dataAt: backupAt, secretsLost: false } as const
  const commandId = crypto.randomUUID()
  const aside = planSwap(folder.path, { incoming, at: backupAt + hour, note: { commandId, ...note } })
  return { incoming, aside, commandId }
}

test('files that a system has left among the pictures stop no exchange', async () => {
  const { name } = await shop.backup()
  const { attachments } = shop.folder
  const [part = ''] = readdirSync(attachments)
  await shop.receive(1)
  for (const place of [attachments, join(attachments, part)])
    writeFileSync(join(place, '.DS_Store'), 'Finder')
  expect(await shop.files.sweep()).toBe(0)
  shop.close()
  await restored(join(shop.folder.backups, name))
  expect(readdirSync(attachments)).toEqual(expect.arrayContaining(['.DS_Store', part]))
})

test('a restore whose rehearsal was removed before the exchange leaves the shop as it is', async () => {
  const { name } = await shop.backup()
  const before = digestOf(shop.folder)
  shop.close()
  const { folder } = shop
  const { incoming, aside } = await decided(name)
  // Killed after the first file was put aside; then somebody tidies up by hand.
  mkdirSync(join(folder.path, aside))
  renameSync(folder.database, join(folder.path, aside, 'shop.db'))
  rmSync(join(folder.path, incoming), { recursive: true })
  expect(finishSwap(folder.path)).toBeNull()
  expect(digestOf(folder)).toEqual(before)
  expect(readdirSync(folder.path).filter((one) => /^replaced-|^restore\.json/.test(one))).toEqual([])
})

test('a host killed in the middle of the exchange completes it at its next start', async () => {
  const { name } = await shop.backup()
  const before = digestOf(shop.folder)
  await shop.receive(2)
  shop.close()
  const { folder } = shop
  const { aside, commandId } = await decided(name)
  // The power goes after the first file was put aside: no shop is where one should be.
  mkdirSync(join(folder.path, aside))
  renameSync(folder.database, join(folder.path, aside, 'shop.db'))

  expect(finishSwap(folder.path)?.commandId).toBe(commandId)
  expect(digestOf(folder)).toEqual(before)
  // Until it is in the audit log the next start is told again, and changes nothing.
  expect(finishSwap(folder.path)?.commandId).toBe(commandId)
  recordedSwap(folder.path)
  expect(finishSwap(folder.path)).toBeNull()
  expect(digestOf(folder)).toEqual(before)
})

test('a backup of a newer program version is refused, and nothing is touched', async () => {
  shop.close()
  const file = new Database(shop.folder.database)
  const version = 1 + (file.prepare('SELECT max(version) FROM migrations').pluck().get() as number)
  file.exec(`CREATE TEMP TABLE newer AS SELECT * FROM migrations ORDER BY version DESC LIMIT 1;
    UPDATE newer SET version = ${version}, name = 'of_tomorrow'; INSERT INTO migrations SELECT * FROM newer`)
  // As it is: this program could not prove it.
  const { name } = await shop.backup(backupAt, 'migration')
  file.exec(`DELETE FROM migrations WHERE version = ${version}`)
  file.close()
  const before = digestOf(shop.folder)
  await expect(restored(join(shop.folder.backups, name))).rejects.toMatchObject({
    code: 'database.newer',
    params: { file: version, program: version - 1 },
  })
  expect(digestOf(shop.folder)).toEqual(before)
  expect(await newestGoodBackup(shop.folder.backups, migrations)).toBeNull()
})

test('a rehearsal that fails leaves nothing behind and touches nothing', async () => {
  const { name, bytes } = await shop.backup()
  truncateSync(join(shop.folder.backups, name), bytes - 1000)
  shop.close()
  const before = digestOf(shop.folder)
  const failed = restored(join(shop.folder.backups, name))
  await expect(failed).rejects.toThrow('backup.damaged')
  expect(digestOf(shop.folder)).toEqual(before)
  expect(readdirSync(shop.folder.path).filter((one) => one.startsWith('.restoring-'))).toEqual([])
})
