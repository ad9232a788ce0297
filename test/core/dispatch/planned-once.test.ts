import { expect, test } from 'vitest'
import Database from 'better-sqlite3'
import { plannedOnce } from '#core/db/open.ts'

test('a statement that asks for an id or a key is not planned anew for each', () => {
  expect(plannedOnce('SELECT 1 FROM sessions s WHERE s.token_hash = ? AND s.closed_at IS NULL')).toBe(
    'SELECT 1 FROM sessions s WHERE s.token_hash = +? AND s.closed_at IS NULL',
  )
  expect(plannedOnce('select "id" from "repairs" where "repairs"."customer_id" = ? limit ?')).toBe(
    'select "id" from "repairs" where "repairs"."customer_id" = +? limit ?',
  )
  expect(plannedOnce('SELECT id FROM devices WHERE serial_key = :serial')).toBe(
    'SELECT id FROM devices WHERE serial_key = +:serial',
  )
})

test('where the value decides how to look, SQLite still sees it', () => {
  for (const text of [
    'SELECT id FROM repairs WHERE state = ? AND due_on < ?',
    'SELECT id FROM repairs WHERE received_at >= @from AND priority = ?',
    'SELECT paid FROM bills WHERE paid = ?',
  ])
    expect(plannedOnce(text)).toBe(text)
})

test('a value behind a plus is compared and kept as it is without', () => {
  const file = new Database(':memory:')
  file.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, name_key TEXT, other_id INTEGER)')
  file.exec('CREATE INDEX things_key ON things (name_key)')
  const insert = file.prepare('INSERT INTO things (id, name_key) VALUES (?, ?)')
  insert.run(1, '007')
  insert.run(2, '7')
  const found = (text: string, value: unknown) => file.prepare(plannedOnce(text)).pluck().all(value)
  expect(found('SELECT id FROM things WHERE name_key = ?', '007')).toEqual([1])
  expect(found('SELECT id FROM things WHERE name_key = ?', '7')).toEqual([2])
  expect(found('SELECT id FROM things WHERE id = ?', 2)).toEqual([2])
  expect(found('SELECT id FROM things WHERE other_id = ?', null)).toEqual([])
  file.prepare(plannedOnce('UPDATE things SET other_id = ? WHERE id = ?')).run(null, 1)
  file.prepare(plannedOnce('UPDATE things SET other_id = ? WHERE id = ?')).run(9, 2)
  expect(file.prepare('SELECT other_id FROM things ORDER BY id').pluck().all()).toEqual([null, 9])
  const plan = file
    .prepare(`EXPLAIN QUERY PLAN ${plannedOnce('SELECT id FROM things WHERE name_key = ?')}`)
    .all('7') as { detail: string }[]
  expect(plan[0]?.detail).toMatch(/SEARCH .*things_key/)
  file.close()
})
