import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { cashShop, type CashShop } from '../core/billing/cash-kit.ts'
import { exportFile, exportOf, load, openShop, place, type Place } from './kit.ts'

/* The ZIP that the button made is brought back as it is, and what only looks like one does no harm. */
let shop: CashShop
let at: Place
let zip: Buffer
let data = 0

beforeAll(async () => {
  shop = cashShop()
  at = place()
  const bytes = Buffer.from('not really a picture')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  mkdirSync(at.of('attachments', sha256.slice(0, 2)), { recursive: true })
  writeFileSync(at.of('attachments', sha256.slice(0, 2), sha256), bytes)
  const { id } = shop.receive({ faultText: '屏幕碎裂' })
  const picture = { name: 'a.jpg', mime: 'image/jpeg', size: bytes.length, sha256 }
  const commandId = crypto.randomUUID()
  shop.app.run('files.register', { commandId, kind: 'photo', repairId: id, draftUid: null, ...picture })
  await exportOf(shop, at)
  await exportFile(at.of('out.db'), at, at.of('all.zip'))
  zip = readFileSync(at.of('all.zip'))
})
afterAll(() => {
  shop.close()
  at.clear()
})
beforeEach(() => {
  data++
})

/** The code with which a ZIP is refused and the file it names; nothing may be left behind then. */
async function refusal(bytes: Buffer): Promise<readonly unknown[]> {
  writeFileSync(at.of('other.zip'), bytes)
  const into = `in ${data}`
  const error: unknown = await load(at, 'other.zip', into).then(
    () => 'imported',
    (reason: unknown) => reason,
  )
  expect(existsSync(at.of(into)) ? readdirSync(at.of(into)) : []).toEqual([])
  return error instanceof AppError ? [error.code, error.params['file']] : [error]
}

interface Packed {
  readonly name: string
  readonly bytes: Buffer
  readonly deflate?: boolean
  /** What the ZIP says instead of the truth. */
  readonly says?: { readonly bytes?: number; readonly crc?: number; readonly flags?: number }
}

/** A ZIP as other programs make them: without ZIP64, its files in this order. */
function zipOf(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const { name, bytes, deflate = false, says = {} } of files) {
    const packed = deflate ? deflateRawSync(bytes) : bytes
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(says.flags ?? 0, 2)
    fields.writeUInt16LE(deflate ? 8 : 0, 4)
    fields.writeUInt32LE(says.crc ?? crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(says.bytes ?? bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    const version = Buffer.from([20, 0])
    entries.push(Buffer.from('PK\u0001\u0002', 'latin1'), version, fields, rest, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, directory, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}

/** Every file of the export's folder, as a person who unpacked it would pack it again. */
function filesOfFolder(inside = ''): Packed[] {
  const names = readdirSync(at.of('out'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  return names.map((one) => {
    const path = `${one.parentPath}/${one.name}`
    return { name: inside + path.slice(at.of('out').length + 1), bytes: readFileSync(path), deflate: true }
  })
}

test('the ZIP of the button is imported as it is: the same repairs are found, and nothing unpacked is left', async () => {
  const { repairs } = await load(at, 'all.zip', `in ${data}`)
  expect(repairs).toBe(1)
  expect(readdirSync(at.of(`in ${data}`))).not.toContain('.unpacked')
  const { app } = openShop(at, `in ${data}`)
  expect(app.run('search.find', { text: '屏幕' }, shop.people.owner).repairs).toHaveLength(1)
  app.close()
})

test('an export that was unpacked and packed again by another program is imported too', async () => {
  writeFileSync(at.of('again.zip'), zipOf(filesOfFolder('benchside-2026/')))
  expect((await load(at, 'again.zip', `in ${data}`)).repairs).toBe(1)
})

test.each(['../evil.txt', '/tmp/evil.txt', '..\\evil.txt', 'tables/../../evil.txt', 'C:\\evil.txt'])(
  'a file called %s, which leads out of the folder, is not unpacked anywhere',
  async (name) => {
    const bytes = Buffer.from('evil')
    const refused = await refusal(zipOf([...filesOfFolder(), { name, bytes }]))
    expect(refused).toEqual(['export.not_one', at.of('other.zip')])
    const everything = readdirSync(at.path, { recursive: true, encoding: 'utf8' })
    expect(everything.filter((one) => one.includes('evil.txt'))).toEqual([])
  },
)

/** The export with its repairs told otherwise. */
const withRepairs = (change: (file: Packed) => Packed[]) =>
  zipOf(filesOfFolder().flatMap((one) => (one.name === 'tables/repairs.csv' ? change(one) : [one])))
const repairs = 'tables/repairs.csv'
const bomb = Buffer.alloc(64 * 1024 * 1024)

test.each([
  ['with other bytes than its checksum', (one: Packed) => [{ ...one, says: { crc: 1 } }], repairs],
  ['that is there twice', (one: Packed) => [one, one], repairs],
  ['that is missing', () => [], repairs],
  ['that is encrypted', (one: Packed) => [{ ...one, says: { flags: 1 } }], repairs],
  [
    'that unpacks to more than it says',
    (one: Packed) => [{ ...one, bytes: bomb, says: { bytes: one.bytes.length } }],
    repairs,
  ],
  ['that says it is larger than the manifest knows', (one: Packed) => [{ ...one, bytes: bomb }], repairs],
  [
    'beside pictures nobody knows of',
    (one: Packed) => [one, { name: `attachments/00/00${'0'.repeat(62)}`, bytes: bomb, deflate: true }],
    'attachments',
  ],
])('a table %s is refused by its name', async (_what, change, file) => {
  expect(await refusal(withRepairs(change))).toEqual(['export.damaged', file])
})

test('a ZIP of something else, and a file that is no ZIP, are called so', async () => {
  const letter = zipOf([{ name: 'letter.txt', bytes: Buffer.from('Dear customer') }])
  expect(await refusal(letter)).toEqual(['export.not_one', 'manifest.json'])
  expect(await refusal(Buffer.from('Dear customer'))).toEqual(['export.not_one', at.of('other.zip')])
})

test('whatever byte is changed and wherever it is cut, all of the shop comes back or nothing', async () => {
  const changes = fc.record({
    where: fc.nat({ max: zip.length - 1 }),
    to: fc.nat({ max: 255 }),
    cut: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(changes, async ({ where, to, cut }) => {
      const bytes = cut ? zip.subarray(0, where) : Buffer.from(zip)
      if (!cut) bytes[where] = to
      writeFileSync(at.of('other.zip'), bytes)
      const outcome = await load(at, 'other.zip', `in ${++data}`).then(
        (one) => one.repairs,
        (error: unknown) => (error instanceof AppError ? 'refused' : error),
      )
      expect([1, 'refused']).toContain(outcome)
    }),
    { numRuns: 30, seed: Number(process.env['BENCHSIDE_SEED']) },
  )
})
