import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkBackup } from '#host/backup/check-backup.ts'
import { copyBackup } from '#host/backup/copy-backup.ts'
import { inWorkFolder } from '#host/backup/make-backup.ts'
import { archiveHead } from '#host/backup/read-archive.ts'
import { newBackupKey, type BackupKey } from '#host/backup/seal.ts'
import { chooseSecond, requireSecond } from '#host/backup/second-folder.ts'
import { migrations } from '../../kit/app.ts'
import { backupShop, passcode, type BackupShop } from '../../kit/backup-shop.ts'

/* Whatever happens to a backup is found before anybody relies on it, sealed or not. */
let shop: BackupShop
let second: string
let name: string
let key: BackupKey
const passphrase = '雨天 also 修手机'

beforeAll(async () => {
  shop = backupShop()
  await shop.receive(2)
  const made = await shop.backup()
  name = made.name
  key = await newBackupKey(passphrase)
  second = mkdtempSync(join(tmpdir(), 'benchside-second-'))
  await copyTo(second, key)
})
afterAll(() => {
  shop.close()
  shop.remove()
  rmSync(second, { recursive: true, force: true })
})

const ours = 'this shop'
/** Chooses a folder as the second one and copies the backup there; `meanwhile` happens before the copy has its name. */
async function copyTo(folder: string, sealedWith: BackupKey | null, meanwhile = () => {}) {
  await chooseSecond(folder, shop.folder, ours)
  await inWorkFolder(shop.folder.backups, (work) => {
    const options = { path: plainPath(), folder, shop: ours, key: sealedWith, migrations, work }
    return copyBackup(options, ({ step }) => {
      if (step === 'check') meanwhile()
    })
  })
}

const check = (
  path: string,
  unsealing: { key: BackupKey | null; passphrase: string | null },
  thorough = false,
) => inWorkFolder(shop.folder.backups, (work) => checkBackup({ path, unsealing, migrations, work, thorough }))
const open = { key: null, passphrase: null }
const plainPath = () => join(shop.folder.backups, name)
const sealedPath = () => join(second, name)

/** Checks the file with other bytes in it, and puts it right again. */
async function checkWith(
  path: string,
  change: (bytes: Buffer) => Buffer,
  unsealing: typeof open | { key: BackupKey; passphrase: null },
) {
  const whole = readFileSync(path)
  writeFileSync(path, change(Buffer.from(whole)))
  try {
    return await check(path, unsealing)
  } finally {
    writeFileSync(path, whole)
  }
}

function flip(bytes: Buffer, where: number, bit: number): Buffer {
  const at = where % bytes.length
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  return bytes
}

test.each([
  ['plain', plainPath, () => open],
  ['sealed', sealedPath, () => ({ key, passphrase: null })],
] as const)('any bit that turns in a %s backup is found', async (_kind, path, unsealing) => {
  const size = statSync(path()).size
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: size - 1 }), fc.nat({ max: 7 }), async (where, bit) => {
      await expect(checkWith(path(), (bytes) => flip(bytes, where, bit), unsealing())).rejects.toThrow(
        /^backup\./,
      )
    }),
    { numRuns: 40, seed: Number(process.env['BENCHSIDE_SEED']) },
  )
})

test.each([
  ['plain', plainPath, () => open],
  ['sealed', sealedPath, () => ({ key, passphrase: null })],
] as const)('a %s backup that was cut off anywhere is found', async (_kind, path, unsealing) => {
  const size = statSync(path()).size
  for (const kept of [1, 512, 68 + 65_552, Math.floor(size / 2), size - 1])
    await expect(checkWith(path(), (bytes) => bytes.subarray(0, kept), unsealing())).rejects.toThrow(
      /^backup\./,
    )
})

test('a picture that is missing or changed is found', async () => {
  const files = join(shop.folder.backups, 'files')
  const picture = readdirSync(files, { recursive: true, encoding: 'utf8' }).find((one) =>
    /[0-9a-f]{64}$/.test(one),
  )
  const path = join(files, picture ?? '')
  const whole = readFileSync(path)
  rmSync(path)
  await expect(check(plainPath(), open)).rejects.toThrow('backup.files_missing')
  writeFileSync(path, flip(Buffer.from(whole), 1000, 3))
  await expect(check(plainPath(), open, true)).rejects.toThrow('backup.files_missing')
  writeFileSync(path, whole)
  await check(plainPath(), open, true)
})

test('a sealed copy opens with its passphrase, and a wrong one is told from damage', async () => {
  const { head } = await check(sealedPath(), { key: null, passphrase }, true)
  expect(head.key).not.toBeNull()
  await expect(check(sealedPath(), { key: null, passphrase: 'another one' })).rejects.toThrow(
    'backup.wrong_passphrase',
  )
  await expect(check(sealedPath(), open)).rejects.toThrow('backup.passphrase_required')
})

test('nothing of the shop can be read in a sealed second folder, nor the key in a plain one', async () => {
  for (const file of readdirSync(second, { recursive: true, encoding: 'utf8' })) {
    const path = join(second, file)
    if (!statSync(path).isFile()) continue
    for (const text of ['SQLite format', '街角维修', passcode, 'manifest.json'])
      expect(readFileSync(path).includes(text)).toBe(false)
  }
  const plain = mkdtempSync(join(tmpdir(), 'benchside-plain-'))
  await copyTo(plain, null)
  expect((await archiveHead(join(plain, name), open)).key).toBeNull()
  rmSync(plain, { recursive: true })
})

test('a disk that is pulled out in the middle gets no copy in the empty folder it leaves', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'benchside-disk-'))
  const pulled = copyTo(disk, null, () => rmSync(join(disk, 'benchside-backups.json'), { force: true }))
  await expect(pulled).rejects.toThrow('backup.folder_missing')
  expect(readdirSync(disk)).toEqual(['files'])
  rmSync(disk, { recursive: true })
})

test('two shops on one network drive each need a folder of their own', async () => {
  await expect(chooseSecond(second, shop.folder, 'another shop')).rejects.toThrow('backup.other_shop')
  await expect(requireSecond(second, 'another shop')).rejects.toThrow('backup.other_shop')
  // The same shop comes back to it, also from another computer.
  await chooseSecond(second, shop.folder, ours)
  await requireSecond(second, ours)
  // Marked by a version that did not say for whom.
  const disk = mkdtempSync(join(tmpdir(), 'benchside-磁盘-'))
  writeFileSync(join(disk, 'benchside-backups.json'), '{"holds":"Benchside backups"}')
  await requireSecond(disk, ours)
  rmSync(disk, { recursive: true })
})

test('the second folder is never the shop’s own, by whatever links it is reached', async () => {
  const away = mkdtempSync(join(tmpdir(), 'benchside-链接-'))
  const { path, backups } = shop.folder
  const linked = join(away, '备份')
  symlinkSync(backups, linked)
  // The backups lie on another disk, and the data folder leads there.
  const data = join(away, 'data')
  mkdirSync(data)
  symlinkSync(second, join(data, 'backups'))
  for (const folder of [path, backups, linked])
    await expect(chooseSecond(folder, shop.folder, ours)).rejects.toThrow('backup.same_folder')
  const other = { path: data, backups: join(data, 'backups') }
  await expect(chooseSecond(second, other, ours)).rejects.toThrow('backup.same_folder')
  rmSync(away, { recursive: true })
})

test('a file that is no backup is called so', async () => {
  const path = join(second, 'letter.txt')
  writeFileSync(path, 'Dear customer, '.repeat(100))
  await expect(check(path, open)).rejects.toThrow('backup.not_a_backup')
  await expect(check(second, open)).rejects.toThrow('backup.not_a_backup')
})
