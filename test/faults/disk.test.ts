import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { foundEmptyShop } from '#host/start-host.ts'
import { repairShop } from '../core/repairs/kit.ts'
import { exportFile, exportOf, place } from '../export/kit.ts'
import { hostOn, newFolder, receive } from './shop-folder.ts'

/*
 * A disk that is full or cannot be written. A file system of its own needs the right to mount one: it is there in CI
 * and for an administrator; elsewhere the tests that need it are skipped, and SQLite's own limit says the same.
 */
const mounts: string[] = []

function mountedFolder(megabytes: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  const folder = newFolder()
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (done.status !== 0) return undefined
  mounts.push(folder)
  return folder
}
const canMount = mountedFolder(1) !== undefined
afterAll(() => {
  for (const folder of mounts) spawnSync('umount', ['-l', folder])
})

async function codeOf(act: () => unknown): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** Takes what is left of the disk. */
function fill(path: string): void {
  const handle = openSync(path, 'w')
  try {
    for (const size of [65_536, 4096, 512, 1]) {
      try {
        for (;;) writeSync(handle, Buffer.alloc(size))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    }
  } finally {
    closeSync(handle)
  }
}

test('a file that may not grow refuses the command whole, and takes it once there is room again', () => {
  const shop = repairShop()
  try {
    shop.receive()
    const pages = shop.sql.pragma('page_count', { simple: true }) as number
    shop.sql.pragma(`max_page_count = ${pages}`)
    const tables = ['repairs', 'repair_log', 'audit_log', 'outbox', 'commands', 'devices', 'customers']
    const rows = () => tables.map((name) => shop.sql.prepare(`SELECT count(*) FROM ${name}`).pluck().get())
    let code: unknown
    let before = rows()
    for (let tries = 0; tries < 300 && code === undefined; tries++) {
      before = rows()
      try {
        shop.receive({ faultText: '屏'.repeat(500) })
      } catch (error) {
        code = error instanceof AppError ? error.code : error
      }
    }
    expect(code).toBe('database.full')
    expect(rows()).toEqual(before)
    shop.sql.pragma('max_page_count = 1000000')
    shop.receive()
    expect(shop.sql.pragma('integrity_check', { simple: true })).toBe('ok')
  } finally {
    shop.close()
  }
})

test.skipIf(!canMount)(
  'on a full disk commands and pictures are refused whole, the log gives up quietly, and with room again work goes on',
  async () => {
    const data = mountedFolder(24) ?? ''
    const host = hostOn(data)
    await foundEmptyShop(host, 'correct horse 12')
    const done = receive(host, 2)
    const filler = join(data, 'filler')
    fill(filler)
    const codes = new Set<string | undefined>()
    for (let tries = 0; tries < 40; tries++) codes.add(await codeOf(() => done.push(...receive(host, 1))))
    expect([...codes].filter((code) => code !== undefined)).toEqual(['database.full'])
    // Reading goes on, and what is said to the log is lost instead of the host.
    expect(host.app.run('session.state', {}).setUp).toBe(true)
    host.app.log.error({ traceId: randomUUID() }, 'x'.repeat(100_000))
    const picture = new Uint8Array(1_000_000).fill(7)
    const recorded: string[] = []
    expect(await codeOf(() => host.files.keep(picture, (sha256) => recorded.push(sha256)))).toBe(
      'database.full',
    )
    expect(recorded).toEqual([])
    expect(
      readdirSync(join(data, 'attachments'), { recursive: true }).filter((name) => String(name).length > 60),
    ).toEqual([])
    rmSync(filler)
    done.push(...receive(host, 2))
    await host.files.keep(picture, (sha256) => recorded.push(sha256))
    expect(recorded).toHaveLength(1)
    await host.close()
    const file = new Database(join(data, 'shop.db'))
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(file.pragma('foreign_key_check')).toEqual([])
    expect(file.prepare('SELECT number FROM repairs ORDER BY id').pluck().all()).toEqual(done)
    file.close()
  },
)

test.skipIf(!canMount).each(['all.zip', 'folder'])(
  'on a full disk an export says so and is none: %s',
  async (name) => {
    const disk = mountedFolder(1) ?? ''
    const shop = repairShop()
    const at = place()
    try {
      await exportOf(shop, at)
      fill(join(disk, 'filler'))
      expect(await codeOf(() => exportFile(at.of('out.db'), at, join(disk, name)))).toBe('database.full')
      expect(existsSync(join(disk, name, 'manifest.json'))).toBe(false)
    } finally {
      shop.close()
      at.clear()
    }
  },
)

test.skipIf(!canMount)(
  'a folder that cannot be written is refused by its name, and left as it was',
  async () => {
    const data = mountedFolder(24) ?? ''
    const host = hostOn(data)
    await foundEmptyShop(host, 'correct horse 12')
    receive(host, 1)
    await host.close()
    const before = readFileSync(join(data, 'shop.db'))
    // The system closes the log's file a moment later.
    await expect.poll(() => spawnSync('mount', ['-o', 'remount,ro', data]).status).toBe(0)
    expect(await codeOf(() => hostOn(data))).toBe('database.read_only')
    expect(readFileSync(join(data, 'shop.db')).equals(before)).toBe(true)
    expect(spawnSync('mount', ['-o', 'remount,rw', data]).status).toBe(0)
    const again = hostOn(data)
    receive(again, 1)
    await again.close()
    expect(existsSync(join(data, 'host.pid'))).toBe(false)
  },
)
