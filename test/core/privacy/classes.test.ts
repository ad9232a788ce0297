import { afterAll, expect, test } from 'vitest'
import { columnsOf, dataClasses } from '#core/privacy/classes.ts'
import { plainColumns } from '#core/privacy/plain-columns.ts'
import { cleared, deletedRows, leftColumns, named } from '#core/privacy/reach.ts'
import { transferTables } from '#core/db/transfer.ts'
import en from '../../../src/renderer/src/locales/en/privacy.json' with { type: 'json' }
import zh from '../../../src/renderer/src/locales/zh-CN/privacy.json' with { type: 'json' }
import { testApp } from '../../kit/app.ts'

/* What the shop keeps about people is listed from the schema: nothing can be added to it and be forgotten here. */
const shop = testApp()
afterAll(() => shop.close())

const inSchema = transferTables(shop.sql).flatMap(({ name, columns }) =>
  columns.map((column) => `${name}.${column.name}`),
)
const personal = dataClasses.flatMap(columnsOf)
const listed = (columns: Readonly<Record<string, string>>): string[] =>
  Object.entries(columns).flatMap(([table, names]) => names.split(/\s+/).map((name) => `${table}.${name}`))

test('every column of the schema is said to be about a person or not, and no other is named', () => {
  const said = new Set([...personal, ...listed(plainColumns)])
  expect(inSchema.filter((column) => !said.has(column))).toEqual([])
  expect([...said].filter((column) => !inSchema.includes(column))).toEqual([])
})

test('no column is said to be both, or twice', () => {
  const all = [...personal, ...listed(plainColumns)]
  expect(all.filter((column, at) => all.indexOf(column) !== at)).toEqual([])
})

test('erasing reaches every column it is promised for', () => {
  const gone = new Set<string>(deletedRows)
  const written = new Set([
    ...Object.entries(cleared).flatMap(([table, set]) =>
      [...set.matchAll(/(\w+) = /g)].map(([, column]) => `${table}.${column}`),
    ),
    ...Object.entries(named).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
    ...listed(leftColumns),
  ])
  // Rows found by what stands in them and not by whose they are: proved in erase.test.ts one by one.
  const byContent = ['drafts', 'import_rejects', 'import_runs', 'import_keys', 'search_keys', 'search_words']
  const promised = dataClasses
    .filter(({ erasure }) => erasure === 'masked' || erasure === 'deleted')
    .flatMap(columnsOf)
    .filter((column) => ![...gone, ...byContent, 'commands'].includes(column.split('.')[0] ?? ''))
  expect(promised.filter((column) => !written.has(column))).toEqual([])
})

test('everything kept is told in both languages: what it is, why, and how it ends', () => {
  const keys = dataClasses.map(({ key }) => key).toSorted()
  for (const texts of [zh, en]) {
    expect(Object.keys(texts.data).toSorted()).toEqual(keys)
    expect(Object.keys(texts.why).toSorted()).toEqual(keys)
  }
  expect(shop.call('privacy.inventory', {}).map(({ key }) => key)).toEqual(dataClasses.map(({ key }) => key))
})
