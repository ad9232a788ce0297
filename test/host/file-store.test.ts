import { mkdtempSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileStore, type FileStore } from '#host/file-store.ts'

/* Pictures beside the database: what is on record stays, everything else goes. */
let folder: string
let onRecord: Set<string>
let store: FileStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchside-pictures-'))
  onRecord = new Set()
  store = createFileStore(folder, (asked) => asked.filter((sha256) => onRecord.has(sha256)))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytes = (text: string) => new TextEncoder().encode(text)
const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
const recorded = (sha256: string) => {
  onRecord.add(sha256)
  return sha256
}
const refuse = (): never => {
  throw new Error('no such repair')
}

test('a picture that is on record is read back', async () => {
  const sha256 = await store.keep(bytes('lamp'), recorded)
  expect((await store.read(sha256)).toString()).toBe('lamp')
})

test('a picture that could not be put on record is gone', async () => {
  await expect(store.keep(bytes('lamp'), refuse)).rejects.toThrow('no such repair')
  expect(files()).toEqual([])
})

test('a picture refused for one repair stays for the other that has it', async () => {
  const sha256 = await store.keep(bytes('lamp'), recorded)
  await expect(store.keep(bytes('lamp'), refuse)).rejects.toThrow('no such repair')
  expect((await store.read(sha256)).toString()).toBe('lamp')
})

test('of the same picture sent twice at once, a refusal takes nothing from the other', async () => {
  const [kept, refused] = await Promise.allSettled([
    store.keep(bytes('lamp'), recorded),
    store.keep(bytes('lamp'), refuse),
  ])
  expect([kept.status, refused.status]).toEqual(['fulfilled', 'rejected'])
  expect(files()).toHaveLength(1)
})

test('tidying takes what no record needs and what was broken off, and nothing else', async () => {
  const kept = await store.keep(bytes('kept'), recorded)
  const thrownAway = await store.keep(bytes('thrown away'), recorded)
  onRecord.delete(thrownAway)
  const brokenOff = `${'ab'.repeat(32)}.01890000-0000-7000-8000-000000000000.part`
  mkdirSync(join(folder, 'ab'), { recursive: true })
  writeFileSync(join(folder, 'ab', brokenOff), 'half')
  writeFileSync(join(folder, 'ab', 'notes.txt'), 'somebody’s own')
  expect(await store.sweep()).toBe(2)
  expect(files().toSorted()).toEqual([join(kept.slice(0, 2), kept), join('ab', 'notes.txt')].toSorted())
})

test('tidying leaves a picture alone that is just arriving', async () => {
  const arriving = store.keep(bytes('lamp'), recorded)
  await store.sweep()
  expect((await store.read(await arriving)).toString()).toBe('lamp')
})
