import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { migrations } from '../../kit/app.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchside-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'shop.db')
const next = {
  name: '9999_next.sql',
  sql: 'CREATE TABLE next_year (id integer PRIMARY KEY NOT NULL) STRICT;',
}

function code(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  throw new Error('the file was opened')
}

describe('the shop’s file', () => {
  test('waits for the disk on every connection: write-ahead log, synchronous FULL, foreign keys on', () => {
    const database = openDatabase({ source: file(), migrations })
    for (const handle of [database.write.$client, database.read.$client]) {
      expect(handle.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(handle.pragma('synchronous', { simple: true })).toBe(2)
      expect(handle.pragma('foreign_keys', { simple: true })).toBe(1)
    }
    for (const text of [
      'DELETE FROM settings',
      'BEGIN IMMEDIATE',
      'INSERT INTO seats DEFAULT VALUES RETURNING id',
    ]) {
      expect(() => database.read.$client.exec(text)).toThrow(/only reads/)
      expect(() => database.read.$client.prepare(text)).toThrow(/only reads/)
    }
    database.close()
  })

  test('of an older version is copied first, then brought up to date', () => {
    openDatabase({ source: file(), migrations }).close()
    let copied = 0
    const database = openDatabase({
      source: file(),
      migrations: [...migrations, next],
      beforeMigrate: () => copied++,
    })
    expect(copied).toBe(1)
    expect(database.schemaVersion).toBe(migrations.length + 1)
    database.close()
  })

  test('of a newer version is left alone', () => {
    openDatabase({ source: file(), migrations: [...migrations, next] }).close()
    expect(code(() => openDatabase({ source: file(), migrations }))).toBe('database.newer')
  })

  test('made by a migration that has been changed since is left alone', () => {
    openDatabase({ source: file(), migrations }).close()
    const changed = migrations.map((one, index) =>
      index === 0 ? { ...one, sql: `${one.sql}\n-- changed` } : one,
    )
    expect(code(() => openDatabase({ source: file(), migrations: changed }))).toBe(
      'database.changed_migration',
    )
  })

  test('is as it was when a migration fails half-way', () => {
    openDatabase({ source: file(), migrations }).close()
    const bad = { name: '9999_bad.sql', sql: `${next.sql}\nCREATE TABLE settings (id integer);` }
    expect(() => openDatabase({ source: file(), migrations: [...migrations, bad] })).toThrow(/already exists/)
    const raw = new Database(file())
    expect(raw.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'next_year'").pluck().get()).toBe(0)
    raw.close()
    openDatabase({ source: file(), migrations }).close()
  })

  test('that is no database is called damaged', () => {
    writeFileSync(file(), 'this was a shop once, and then the disk forgot about it entirely. '.repeat(200))
    expect(code(() => openDatabase({ source: file(), migrations }))).toBe('database.damaged')
  })
})
