import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll } from 'vitest'
import { AppError, manualClock } from '#core/app.ts'
import { foundEmptyShop, startHost, type StartOptions } from '#host/start-host.ts'
import { makeBackup } from '#host/backup/make-backup.ts'
import { openDataFolder, shopKey } from '#host/data-folder.ts'
import { migrations } from '../kit/app.ts'
import { walkIn, plainCategory } from '../kit/intake.ts'
import { program } from '#host/program.ts'

export const root = join(import.meta.dirname, '..', '..')
const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** An empty data folder, gone after the file's tests. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchside-fault-'))
  folders.push(folder)
  return folder
}

/** The real host on a folder, without a transport. */
export function hostOn(data: string, more: Partial<StartOptions> = {}) {
  return startHost({ data, root, version: '0.0.0-test', ...more })
}

export type Host = ReturnType<typeof hostOn>

/** What the counter sends for a walk-in in this shop. */
export function intakes(host: Host, count: number) {
  const list = host.app.run('dictionaries.list', { kinds: ['device_category', 'test_item'] }, program)
  const category = plainCategory(list)
  return Array.from({ length: count }, () => ({ commandId: crypto.randomUUID(), ...walkIn(category) }))
}

/** Receives devices, as the program's own actor. */
export function receive(host: Host, count: number): string[] {
  return intakes(host, count).map(
    (input) => host.app.run('repairs.receive', input, program).repairs[0]?.number ?? '',
  )
}

/** A shop with repairs before its backup and more after it; closed, as a host that was ended properly leaves it. */
export async function shopWithBackup(
  before: number,
  later: number,
): Promise<{ data: string; numbers: string[] }> {
  const data = newFolder()
  const clock = manualClock(Date.now())
  const host = hostOn(data, { clock })
  await foundEmptyShop(host, 'correct horse 12')
  const numbers = receive(host, before)
  clock.advance(1000)
  const folder = openDataFolder(data)
  await makeBackup({
    kind: 'daily',
    at: clock.now(),
    database: folder.database,
    attachments: folder.attachments,
    folder: folder.backups,
    shopKey: shopKey(folder),
    programVersion: '0.0.0-test',
    migrations,
  })
  clock.advance(1000)
  numbers.push(...receive(host, later))
  await host.close()
  return { data, numbers }
}

/** The same shop in a folder of its own. */
export function copyOf(data: string): string {
  const folder = newFolder()
  cpSync(data, folder, { recursive: true })
  return folder
}

/** The code an act is refused with; undefined when it is not. */
export function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** The repairs in a file, for comparing. */
export function dump(path: string): unknown[] {
  const file = new Database(path, { readonly: true })
  try {
    return file.prepare('SELECT id, number, uid, state FROM repairs ORDER BY id').raw().all()
  } finally {
    file.close()
  }
}
