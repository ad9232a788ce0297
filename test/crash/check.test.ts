import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { program } from '#host/program.ts'
import { backupShop } from '../kit/backup-shop.ts'
import { lostPictures, shopFaults } from './asked.ts'
import { backupFaults, leftOvers, notSwept } from './backups.ts'
import { newBook, type Book } from './book.ts'
import { checkAtRest, checkFile } from './check-file.ts'
import { newFile } from './imports.ts'

/* A crash run that ends with lost=0 is worth what its checks find: here they are shown shops in which something is wrong. */
const data = mkdtempSync(join(tmpdir(), 'benchside-check-'))
const path = join(data, 'shop.db')
const known = newBook()
let sound: Buffer
let book: Book

beforeAll(async () => {
  const shop = backupShop()
  await shop.receive(3)
  for (const { id, uid, number } of shop.app.run('repairs.list', { limit: 10 }, program).rows) {
    const commandId = randomUUID()
    const text = `note ${commandId}`
    shop.app.run('repairs.addNote', { commandId, repairId: id, text }, program)
    known.received.set(number, { id, uid })
    known.commands.set(commandId, 'repairs.addNote')
    known.notes.set(text, id)
  }
  shop.close()
  const file = new Database(shop.folder.database)
  const pictures = file.prepare('SELECT sha256, uid FROM attachments').all() as {
    sha256: string
    uid: string
  }[]
  for (const { sha256, uid } of pictures) known.pictures.set(sha256, uid)
  for (const table of ['audit_log', 'repair_log'])
    for (const verb of ['update', 'delete']) file.exec(`DROP TRIGGER IF EXISTS ${table}_no_${verb}`)
  sound = file.serialize()
  file.close()
  shop.remove()
})
beforeEach(() => {
  book = structuredClone(known)
  writeFileSync(path, sound)
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

function spoil(sql: string): void {
  const file = new Database(path)
  file.exec(sql)
  file.close()
}
function found() {
  const [killed, resting] = [checkFile(path, book), checkAtRest(path, book)]
  const both = (kind: 'lost' | 'doubled' | 'broken') => [...killed[kind], ...resting[kind]].length
  return { lost: both('lost') > 0, doubled: both('doubled') > 0, broken: both('broken') > 0 }
}

test('of a sound shop nothing is said', () => {
  expect(found()).toEqual({ lost: false, doubled: false, broken: false })
  expect(checkFile(path, book)).toEqual({ lost: [], doubled: [], broken: [] })
})

test.each([
  ['a note that is gone', `DELETE FROM repair_log WHERE id = (SELECT max(id) FROM repair_log)`, 'lost'],
  ['a command that is not known as done', `DELETE FROM commands WHERE method = 'repairs.addNote'`, 'lost'],
  ['an act without its line in the audit log', `UPDATE audit_log SET command_id = NULL`, 'lost'],
  ['a picture off the record', `DELETE FROM attachments`, 'lost'],
  [
    'a note that stands twice',
    `INSERT INTO repair_log (repair_id, at, kind, text) SELECT repair_id, at, kind, text FROM repair_log WHERE kind = 'note' LIMIT 1`,
    'doubled',
  ],
  [
    'a picture nobody was told of',
    `INSERT INTO attachments (uid, kind, name, mime, size, sha256, created_at) SELECT 'x', kind, name, mime, size, 'y', created_at FROM attachments`,
    'doubled',
  ],
  [
    'a command that was logged as done twice',
    `UPDATE audit_log SET command_id = (SELECT max(command_id) FROM audit_log)`,
    'doubled',
  ],
  ['a repair that stands elsewhere', `UPDATE repairs SET state = 'closed' WHERE id = 1`, 'broken'],
  ['a repair that no search finds', `DELETE FROM repair_texts WHERE rowid = 1`, 'broken'],
  ['a customer who is gone', `PRAGMA foreign_keys = OFF; DELETE FROM customers WHERE id = 1`, 'broken'],
] as const)('%s is found', (_what, sql, kind) => {
  spoil(sql)
  expect(found()).toMatchObject({ [kind]: true })
})

test('a move that was saved over another, or is in no history, is found', () => {
  const move = { repairId: 1, action: 'assign' } as const
  book.moves.push({ ...move, seen: null, version: 1 })
  expect(checkFile(path, book)).toMatchObject({ broken: [], lost: [] })
  expect(checkAtRest(path, book).lost).toEqual(['1 of 1 assign of repair 1'])
  book.moves.push({ ...move, seen: 1, version: 2 }, { ...move, seen: 1, version: 3 })
  const { broken, lost } = checkFile(path, book)
  expect(broken).toEqual(['assign of repair 1 was saved over another change'])
  expect(lost).toHaveLength(2)
})

test('an import that counts as done without its rows is found', () => {
  const file = { ...newFile(100), done: true }
  book.imports.set(file.prefix, file)
  expect(checkFile(path, book).lost).toEqual([`99 rows of import ${file.prefix}`])
  expect(checkAtRest(path, book)).toMatchObject({ broken: [expect.stringContaining(file.prefix)] })
})

test('a line that was changed in the audit log is found', () => {
  expect(shopFaults(data)).toEqual([])
  spoil(`UPDATE audit_log SET input = '{}' WHERE id = 3`)
  expect(shopFaults(data)).not.toEqual([])
})

test('half a backup under a good name, a file left over and a picture off the disk are found', async () => {
  const name = 'benchside-2026-03-02T020000Z-manual.bsbackup'
  mkdirSync(join(data, 'backups'), { recursive: true })
  writeFileSync(join(data, 'backups', name), sound.subarray(0, 1000))
  const tally = { begun: 1, ended: 0, finished: new Set<string>(), copied: new Set<string>() }
  expect(await backupFaults(data, join(data, 'backups'), tally)).toHaveLength(2)
  writeFileSync(join(data, 'backups', 'status.json.1.part'), '')
  const left = leftOvers(data)
  expect(left).toHaveLength(1)
  expect(await notSwept(left, 0)).toHaveLength(1)
  expect(lostPictures(data, book)).toHaveLength(book.pictures.size)
})
