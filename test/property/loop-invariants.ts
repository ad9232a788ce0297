import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import {
  benchStates,
  failuresBeforeLock,
  openStates,
  repairTransitions,
  type RepairState,
} from '#contract/repair-states.ts'
import type { LogLine, RepairShop, Row } from '../core/repairs/kit.ts'
import { testListOf } from './loop-acts.ts'

/** What must hold in the shop after every step, whatever was done. */

const handled = new Set<RepairState>(['assigned', ...benchStates])
const open = new Set<RepairState>(openStates)

export function allRows(shop: RepairShop): Row[] {
  return shop.rows()
}

const kept = `repairs repair_log repair_attempts repair_accessories repair_passcodes repair_counts day_counts
  customers devices device_owners number_series`
  .split(/\s+/)
  .map((table) => `SELECT * FROM ${table}`)
/** Tables too long to read after each step: what changes when one of their rows does. */
const summed = [
  'SELECT count(*), max(id) FROM outbox',
  'SELECT count(*), sum(length(key)) FROM search_keys',
  'SELECT count(*), max(id) FROM test_runs',
  'SELECT count(*), sum(repairs_count), sum(version) FROM dictionary_entries',
]

/** Everything a refused command must leave as it was; audit and idempotency rows may be added. */
export function snapshot(shop: RepairShop): string {
  return JSON.stringify([...kept, ...summed].map((query) => shop.all(query)))
}

/** Checks what changed since the rows `before`, and every kept counter. */
export function checkAll(shop: RepairShop, before: ReadonlyMap<number, Row>): Row[] {
  const rows = allRows(shop)
  for (const row of rows) {
    const was = before.get(row.id)
    if (was && isDeepStrictEqual(was, row)) continue
    const log = shop.log(row.id)
    checkHistory(row, log)
    checkLock(row, log)
    checkAttempts(shop, row)
    checkEnds(row)
    checkVersion(shop, row, was)
    if (row.state === 'processed' && was?.state !== 'processed') checkTested(shop, row)
  }
  checkCounters(shop, rows)
  checkDevices(rows)
  return rows
}

/** The history is one chain of moves of the state table that ends where the repair stands. */
function checkHistory(row: Row, log: readonly LogLine[]): void {
  let state: RepairState | null = null
  let beneath: RepairState | null = null
  for (const line of log.filter(({ action }) => action !== null)) {
    expect([row.number, line.action, line.from]).toEqual([row.number, line.action, state])
    if (line.action === 'receive' || line.action === 'receive_suspended') {
      expect(line.to).toBe(line.action === 'receive' ? 'waiting' : 'suspended')
      beneath = 'waiting'
    } else {
      const taken = repairTransitions.find((t) => t.action === line.action && t.from.includes(line.from!))
      expect(taken, `${line.action} from ${line.from} is in the table`).toBeDefined()
      const to = taken!.to === 'same' ? line.from : taken!.to === 'beneath' ? beneath : taken!.to
      expect([line.action, line.to]).toEqual([line.action, to])
      expect(line.userId === null).toBe(taken!.permission === null)
      if (taken!.needs.includes('reason')) expect([line.action, line.text]).not.toEqual([line.action, ''])
    }
    if (line.action === 'suspend') beneath = line.from
    state = line.to
  }
  expect(row.state).toBe(state)
}

/** A lock comes and goes only by its own moves, nothing else moves meanwhile, and two failures lock. */
function checkLock(row: Row, log: readonly LogLine[]): void {
  const causes = { lock: 'manual', lock_unassigned: 'unassigned', lock_failed: 'failed_twice' } as const
  let locked: string | null = null
  let failures = 0
  for (const { action } of log) {
    if (action === null) continue
    if (action.startsWith('unlock_')) {
      expect(locked).not.toBeNull()
      locked = null
      failures = 0
      continue
    }
    expect([row.number, action, locked]).toEqual([row.number, action, null])
    if (action === 'fail' || action === 'follow_up_dissatisfied') failures += 1
    if (action in causes) locked = causes[action as keyof typeof causes]
  }
  expect([row.lockReason, row['failed_attempts']]).toEqual([locked, failures])
  expect(row['locked_at'] === null).toBe(locked === null)
  if (failures >= failuresBeforeLock) expect(row.lockReason).not.toBeNull()
}

/** Somebody is on it exactly while one attempt is open, the last one, and it is that engineer's. */
function checkAttempts(shop: RepairShop, row: Row): void {
  const attempts = shop.attempts(row.id)
  const beneath = row.state === 'suspended' ? (row['suspended_from'] as RepairState) : row.state
  const running = attempts.filter(({ endedAt }) => endedAt === null)
  expect(attempts.map(({ no }) => no)).toEqual(attempts.map((_, index) => index + 1))
  expect(row['attempts']).toBe(attempts.length)
  expect([row.number, running.length]).toEqual([row.number, handled.has(beneath) ? 1 : 0])
  for (const attempt of attempts) expect(attempt.result === null).toBe(attempt.endedAt === null)
  const [current] = running
  if (!current) return
  expect([current.no, current.engineerId]).toEqual([attempts.length, row['engineer_id']])
  expect(current.startedAt !== null).toBe(beneath !== 'assigned')
}

function checkEnds(row: Row): void {
  if (row.state === 'waiting')
    expect([row['engineer_id'], row['outcome'], row['processed_at']]).toEqual([null, null, null])
  expect(row['suspended_from'] !== null).toBe(row.state === 'suspended')
  expect(row['wake_on'] !== null).toBe(row.state === 'suspended')
  expect(row['closed_at'] !== null).toBe(row.state === 'closed')
  expect(row['close_kind'] !== null).toBe(row.state === 'closed')
  if (row['collected_at'] !== null) expect(row['processed_at']).not.toBeNull()
  if (row.state === 'collected') expect(row['collected_at']).not.toBeNull()
  if (row['close_kind'] === 'satisfied' || row['close_kind'] === 'not_reached') {
    expect(row['collected_at']).not.toBeNull()
  }
  if (row['verified_at'] !== null) expect(row.state).toBe('closed')
}

/** Nothing is said to work that did not pass its test in the handling that ended, at the bench or at the counter. */
function checkTested(shop: RepairShop, row: Row): void {
  if (testListOf(shop).length === 0) return
  const runs = shop.all(
    `SELECT passed, attempt_no FROM test_runs WHERE repair_id = ${row.id} ORDER BY id DESC LIMIT 1`,
  )
  expect([row.number, runs]).toEqual([row.number, [[1, row['attempts']]]])
}

/** Versions only rise, whatever changed has a new one, and the outbox has seen it. */
function checkVersion(shop: RepairShop, row: Row, before: Row | undefined): void {
  const [[sent] = []] = shop.all(
    `SELECT max(entity_version) FROM outbox WHERE entity = 'repairs' AND entity_uid = '${row.uid}'`,
  )
  expect(sent).toBe(row.version)
  if (!before) return
  expect(row.version).toBeGreaterThanOrEqual(before.version)
  const same = { ...before, active_at: row['active_at'] }
  if (row.version === before.version) expect(row).toEqual(same)
}

/** Every kept counter is what counting would give. */
function checkCounters(shop: RepairShop, rows: readonly Row[]): void {
  const { all } = shop
  expect(all('SELECT state, count FROM repair_counts WHERE count <> 0 ORDER BY state')).toEqual(
    all('SELECT state, count(*) FROM repairs GROUP BY state ORDER BY state'),
  )
  const counted = (customerId: unknown) => rows.filter((row) => row['customer_id'] === customerId)
  for (const [id, total, openCount] of all(
    'SELECT id, repairs_count, open_repairs_count FROM customers',
  ) as number[][]) {
    const own = counted(id)
    expect([id, total, openCount]).toEqual([
      id,
      own.length,
      own.filter(({ state }) => open.has(state)).length,
    ])
  }
  expect(all('SELECT id, repairs_count FROM devices ORDER BY id')).toEqual(
    all(
      'SELECT d.id, (SELECT count(*) FROM repairs r WHERE r.device_id = d.id) FROM devices d ORDER BY d.id',
    ),
  )
  expect(all(`SELECT repairs_count FROM dictionary_entries WHERE id = ${shop.categoryId}`)).toEqual([
    [rows.length],
  ])
  const entered = (state: string) =>
    all(`SELECT count(*) FROM repair_log WHERE to_state = '${state}' AND from_state IS NOT to_state`)[0]![0]
  const days = new Map(all('SELECT kind, sum(count) FROM day_counts GROUP BY kind') as [string, number][])
  expect([days.get('received') ?? 0, days.get('processed') ?? 0, days.get('collected') ?? 0]).toEqual([
    rows.length,
    entered('processed'),
    entered('collected'),
  ])
}

/** At most one open repair of a device has no reason for being another one. */
function checkDevices(rows: readonly Row[]): void {
  const plain = rows.filter(({ state, override_reason: reason }) => open.has(state) && !reason)
  const devices = plain.map((row) => row['device_id'])
  expect(new Set(devices).size).toBe(devices.length)
}

/** After the rules ran, nothing is left that they should have moved. */
export function checkNothingDue(shop: RepairShop): void {
  const due = shop.sql.prepare(
    `SELECT number, state FROM repairs WHERE lock_reason IS NULL AND (
       (state = 'waiting' AND requested_on < @today) OR (state = 'assigned' AND due_on < @today)
       OR (state = 'suspended' AND wake_on <= @today))`,
  )
  expect(due.all({ today: shop.today() })).toEqual([])
}
