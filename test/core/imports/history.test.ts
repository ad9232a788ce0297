import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImportRow } from '#contract/internal.ts'
import { applyBatch } from '#host/jobs/import-batch.ts'
import { repairShop, type RepairShop } from '../repairs/kit.ts'

/* What becomes of the rows of a shop's past, and what it may not touch. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

type Values = Record<string, string | number | null>

const profile = {
  id: 'history',
  name: { zh: '历史', en: 'History' },
  target: 'repairs' as const,
  sourceKey: ['key'],
  columns: [{ column: 'day', field: 'receivedOn' }],
}

function begin(fileHash: string, dryRun = false): number {
  const file = { fileName: 'old.csv', fileHash, columns: ['key', 'day'], reading: {}, dryRun, bytesTotal: 1 }
  return shop.call('runs.begin', { profile, ...file }).runId
}

function rowsOf(values: readonly Values[]): ImportRow[] {
  return values.map((given, index) => {
    const key = String(given['sourceKey'])
    return { line: index + 2, key, values: { receivedOn: '2024-05-06', ...given }, cells: [key] }
  })
}

let files = 0
/** Imports these rows as a file of their own. */
function take(values: readonly Values[]) {
  const runId = begin(`file ${++files}`)
  const batch = { rows: rowsOf(values), rejects: [], lineDone: values.length + 1, bytesDone: 1 }
  const counts = applyBatch(shop.app, runId, batch, shop.people.owner)
  shop.call('runs.end', { runId, state: 'done', errorCode: null })
  return counts
}

const repairs = () => shop.rows()
const sql = (text: string) => shop.sql.prepare(text)

test('history is closed on the day the file says, in the shop’s own zone', () => {
  take([{ sourceKey: 'a', receivedOn: '2024-03-01', closedOn: '2024-03-05', outcome: 'repaired' }])
  const [row] = repairs()
  expect(row).toMatchObject({
    state: 'closed',
    close_kind: 'imported',
    outcome: 'repaired',
    verified_at: null,
  })
  // The shop is in Shanghai: midnight there is 16:00 the day before in UTC.
  expect(row!['received_at']).toBe(Date.UTC(2024, 1, 29, 16))
  expect(row!['closed_at']).toBe(Date.UTC(2024, 2, 4, 16))
  expect(row!.number).toBe('20240301001')
})

test('numbers a file brings are kept, and the shop’s own go on behind them', () => {
  take([
    { sourceKey: 'a', number: '20240506007' },
    { sourceKey: 'b', number: 'OLD/12' },
    { sourceKey: 'c' },
    { sourceKey: 'd', number: '20240506003' },
    { sourceKey: 'e' },
  ])
  expect(repairs().map((row) => row.number)).toEqual([
    '20240506007',
    'OLD/12',
    '20240506008',
    '20240506003',
    '20240506009',
  ])
  take([{ sourceKey: 'f' }])
  expect(repairs().at(-1)!.number).toBe('20240506010')
})

test('an open repair of the old program waits for assignment, and is the shop’s from then on', () => {
  take([{ sourceKey: 'a', outcome: 'in_progress', faultText: 'no sound', closedOn: '2024-06-01' }])
  const [before] = repairs()
  expect(before).toMatchObject({ state: 'waiting', closed_at: null, processed_at: null, outcome: null })
  shop.assign(before!.id)
  const counts = take([
    { sourceKey: 'a', outcome: 'repaired', faultText: 'no sound at all', closedOn: '2024-06-02' },
  ])
  expect(counts).toMatchObject({ updated: 1 })
  // What the file says of the fault is taken over; that it is done elsewhere is not.
  const { state, outcome, closed_at, fault_text } = repairs()[0]!
  expect({ state, outcome, closed_at, fault_text }).toEqual({
    state: 'assigned',
    outcome: null,
    closed_at: null,
    fault_text: 'no sound at all',
  })
})

test('a row corrected in the file corrects the history, with a line that says so', () => {
  take([{ sourceKey: 'a', outcome: 'unknown', faultText: 'kettle leaks' }])
  take([
    { sourceKey: 'a', outcome: 'repaired', faultText: 'kettle leaks at the lid', closedOn: '2024-05-09' },
  ])
  const [row] = repairs()
  expect(row).toMatchObject({ version: 2, outcome: 'repaired', closed_at: Date.UTC(2024, 4, 8, 16) })
  expect(shop.log(row!.id).map((line) => [line.kind, line.detail])).toEqual([
    ['move', { source: 'history' }],
    ['edit', { source: 'history' }],
  ])
  const found = shop.call('search.find', { text: 'lid' })
  expect(found.repairs.map((repair) => repair.id)).toEqual([row!.id])
})

test('a repair is found by its fault, its category in either language, its maker, model and old number', () => {
  take([
    {
      sourceKey: 'OLD-77',
      faultText: '开机无反应',
      category: '笔记本电脑',
      brand: 'Lenovo',
      model: 'ThinkPad X230',
    },
  ])
  const [row] = repairs()
  for (const text of ['无反应', 'laptop', '笔记本', '联想', 'lenovo', 'x230', 'old-77']) {
    const { repairs: hits } = shop.call('search.find', { text })
    expect([text, ...hits.map((repair) => repair.id)]).toEqual([text, row!.id])
  }
})

test('the second repair of a device belongs to the same device and raises its count', () => {
  const device = { category: '手机', brand: 'Huawei', serial: 'SN-900' }
  take([
    { sourceKey: 'a', ...device, customerName: '王伟', customerPhone: '13800138000' },
    { sourceKey: 'b', ...device, serial: 'sn 900', customerName: '王伟', customerPhone: '138-0013-8000' },
    { sourceKey: 'c', category: null, customerName: '王伟', customerPhone: null },
  ])
  expect(sql('SELECT serial, repairs_count AS repairs FROM devices ORDER BY id').all()).toEqual([
    { serial: 'SN-900', repairs: 2 },
    { serial: '', repairs: 1 },
  ])
  expect(
    sql('SELECT name, repairs_count AS repairs, open_repairs_count AS open FROM customers').all(),
  ).toEqual([{ name: '王伟', repairs: 3, open: 0 }])
  const uses = `SELECT name_en AS name, repairs_count AS uses FROM dictionary_entries WHERE repairs_count > 0 ORDER BY id`
  expect(sql(uses).all()).toEqual([
    { name: 'Mobile phone', uses: 2 },
    { name: 'Other', uses: 1 },
    { name: 'Huawei', uses: 2 },
  ])
})

test('a category that was switched off is still the right one for the past', () => {
  const list = shop.call('dictionaries.list', { kinds: ['device_category'] })
  const entry = list.find((one) => one.id === shop.categoryId)!
  const { id: entryId, version, code, minPhotos, needsSerial, needsChecks, sort } = entry
  const same = { entryId, version, code, minPhotos, needsSerial, needsChecks, sort, coreState: null }
  const names = { zh: '试机', en: 'Test device', parentId: null, categoryId: null }
  shop.call('dictionaries.update', { ...same, ...names, active: false })
  take([{ sourceKey: 'a', category: 'Test device' }])
  expect(repairs()).toHaveLength(1)
  expect(sql("SELECT count(*) FROM dictionary_entries WHERE name_en = 'Test device'").pluck().get()).toBe(1)
})

test('a row that the shop’s rules refuse takes nothing with it, whatever stands around it', () => {
  take([{ sourceKey: '0', number: 'N-1' }])
  const rows: Values[] = Array.from({ length: 40 }, (_, index) => ({
    sourceKey: `k${index}`,
    brand: `Maker ${index}`,
    customerName: `Name ${index}`,
    customerPhone: `1380013${8000 + index}`,
    number: index % 13 === 5 ? 'N-1' : `M-${index}`,
  }))
  expect(take(rows)).toMatchObject({ imported: 37, rejected: 3, rows: 40 })
  expect(repairs()).toHaveLength(38)
  expect(sql('SELECT count(*) FROM customers').pluck().get()).toBe(37)
  // A maker that only a refused row named is on no list.
  const makers = "SELECT count(*) FROM dictionary_entries WHERE name_en LIKE 'Maker %'"
  expect(sql(makers).pluck().get()).toBe(37)
  const rejects = 'SELECT line, field, code, cells FROM import_rejects ORDER BY line'
  expect(sql(rejects).all()).toEqual(
    [5, 18, 31].map((index) => ({
      line: index + 2,
      field: 'number',
      code: 'field.duplicate',
      cells: JSON.stringify([`k${index}`]),
    })),
  )
})

test('a batch that is sent again after a lost answer is not taken twice', () => {
  const runId = begin('resent')
  const commandId = randomUUID()
  const batch = {
    commandId,
    runId,
    rows: rowsOf([{ sourceKey: 'a' }]),
    rejects: [],
    lineDone: 2,
    bytesDone: 1,
  }
  const first = shop.call('runs.apply', batch)
  expect(shop.call('runs.apply', batch)).toEqual(first)
  expect(repairs()).toHaveLength(1)
  const other = { ...batch, lineDone: 3 }
  expect(() => shop.call('runs.apply', other)).toThrow(
    expect.objectContaining({ code: 'command.reused' }) as Error,
  )
})

test('what the log keeps of an import is which lines, never whose', () => {
  take([{ sourceKey: 'a', customerName: '王伟', customerPhone: '13800138000' }])
  const inputs = "SELECT input FROM audit_log WHERE method = 'runs.apply'"
  const [said] = sql(inputs).pluck().all() as string[]
  expect(said).toContain('"lineDone":2')
  expect(said).not.toContain('13800138000')
})

test('one import of many rows is one announcement for each kind of record, made by the host', () => {
  const heard: string[] = []
  const stop = shop.app.subscribe((event) => heard.push(event.topic))
  take(Array.from({ length: 30 }, (_, index) => ({ sourceKey: `k${index}` })))
  stop()
  expect(heard).toEqual(['imports', 'imports'])
})
