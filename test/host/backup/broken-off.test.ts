import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backupStandingStill } from '#host/backup/before-migration.ts'
import { onBackupThread, type BackupThread, type BackupWork } from '#host/backup/backup-thread.ts'
import { clearLeftOvers } from '#host/backup/left-overs.ts'
import { shopKey } from '#host/data-folder.ts'
import { migrations } from '../../kit/app.ts'
import { backupAt, backupShop, type BackupShop } from '../../kit/backup-shop.ts'

/* A backup that is ended in the middle, and one that somebody stands still for. */
let shop: BackupShop

beforeEach(async () => {
  shop = backupShop()
  await shop.receive(1)
})
afterEach(() => {
  shop.close()
  shop.remove()
})

function work(): BackupWork {
  const { database, attachments, backups } = shop.folder
  const about = { kind: 'migration', at: backupAt, programVersion: '0.0.0', migrations } as const
  const shopKeyText = shopKey(shop.folder).toString('base64')
  return { act: 'make', options: { ...about, database, attachments, folder: backups }, shopKey: shopKeyText }
}
const backups = () => readdirSync(shop.folder.backups).filter((name) => name.endsWith('.bsbackup'))

test.each(['copy', 'pack', 'files', 'check'])(
  'a backup ended while it is at "%s" leaves nothing that looks like one',
  async (step) => {
    let stopped: Promise<void> | undefined
    const thread: BackupThread = onBackupThread(work(), (progress) => {
      // From here on the thread writes nothing more; what it wrote has no good name, or is whole.
      if (progress.step === step) stopped ??= thread.stop()
    })
    const outcome = await thread.result.then(
      () => 'whole',
      () => 'ended',
    )
    await stopped
    expect(backups()).toHaveLength(outcome === 'whole' ? 1 : 0)
    await clearLeftOvers(shop.folder)
    expect(readdirSync(shop.folder.backups).filter((name) => name.startsWith('.work-'))).toEqual([])
  },
)

test('what a killed host left unfinished of backups is gone at the next start, and nothing else', async () => {
  await shop.backup()
  const all = () => readdirSync(shop.folder.path, { recursive: true, encoding: 'utf8' }).toSorted()
  const before = all()
  const { path, backups: folder } = shop.folder
  const picture = before.find((name) => /plain.[0-9a-f]{2}.[0-9a-f]{64}$/.test(name)) ?? ''
  for (const name of ['.work-ab12/copy.gz', `status.json.${randomUUID()}.part`]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), 'half')
  }
  writeFileSync(join(path, `${picture}.${randomUUID()}.part`), 'half')
  mkdirSync(join(path, '.restoring-1'))
  expect(all().length).toBeGreaterThan(before.length)
  await clearLeftOvers(shop.folder)
  expect(all()).toEqual(before)
})

test('before a migration the host stands still until there is a proved backup', () => {
  expect(backupStandingStill(work()).ledgerFaults).toBe(0)
  expect(backups()).toEqual(['benchside-2026-03-02T020000Z-migration.bsbackup'])
})

test('without room or right to write a backup, the migration does not begin', () => {
  const request = work()
  if (request.act !== 'make') throw new Error('this makes a backup')
  const nowhere = { ...request, options: { ...request.options, folder: shop.folder.database } }
  expect(() => backupStandingStill(nowhere)).toThrow(/^backup\./)
})
