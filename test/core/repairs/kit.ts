import { randomUUID } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import { expect } from 'vitest'
import type { FieldError } from '#contract/errors.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { RepairAction, RepairState } from '#contract/repair-states.ts'
import { AppError, type Actor } from '#core/app.ts'
import type { BuiltInRole } from '#contract/permissions.ts'
import { testApp } from '../../kit/app.ts'
import { intakeInputs, type Item, type Receive } from './inputs.ts'

export const day = 86_400_000

export interface LogLine {
  readonly id: number
  readonly kind: string
  readonly action: RepairAction | null
  readonly from: RepairState | null
  readonly to: RepairState | null
  readonly userId: number | null
  readonly seatId: number | null
  readonly at: number
  readonly text: string
  readonly detail: Record<string, string | number | boolean | null>
}

/** What a test reads of a repair's own row. */
export interface Row {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly version: number
  readonly state: RepairState
  readonly lockReason: string | null
  readonly [column: string]: string | number | null
}

export interface Attempt {
  readonly no: number
  readonly engineerId: number
  readonly assignedAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly result: string | null
  readonly findings: string
}

const logQuery = `SELECT id, kind, action, from_state AS "from", to_state AS "to", user_id AS userId, seat_id AS seatId,
  at, text, detail FROM repair_log WHERE repair_id = ? ORDER BY id`
const attemptsQuery = `SELECT no, engineer_id AS engineerId, assigned_at AS assignedAt, started_at AS startedAt,
  ended_at AS endedAt, result, findings FROM repair_attempts WHERE repair_id = ? ORDER BY no`

/** A shop with one plain device category, and short words for what a test does there. */
export function repairShop(options: Parameters<typeof testApp>[0] = {}) {
  const shop = testApp(options)
  const categoryId = shop.call('dictionaries.add', {
    kind: 'device_category',
    zh: '试机',
    en: 'Test device',
  }).id
  const inputs = intakeInputs(categoryId)
  const { item, visit, intake } = inputs

  const statements = new Map<string, Statement>()
  /** A statement for assertions, prepared once: property tests run each of them many thousand times. */
  const sql = (text: string): Statement => {
    const made = statements.get(text) ?? shop.sql.prepare(text)
    statements.set(text, made)
    return made
  }
  const rows = (): Row[] => sql('SELECT *, lock_reason AS lockReason FROM repairs ORDER BY id').all() as Row[]
  const row = (id: number): Row => {
    const found = sql('SELECT *, lock_reason AS lockReason FROM repairs WHERE id = ?').get(id)
    expect(found).toBeDefined()
    return found as Row
  }
  const log = (id: number): LogLine[] =>
    (sql(logQuery).all(id) as (Omit<LogLine, 'detail'> & { detail: string })[]).map((line) => ({
      ...line,
      detail: JSON.parse(line.detail) as LogLine['detail'],
    }))
  const attempts = (id: number) => sql(attemptsQuery).all(id) as Attempt[]
  /** The repair as a command names it. */
  const target = (id: number) => ({ repairId: id, version: row(id).version })
  const targets = (...ids: number[]) => ({ repairs: ids.map(target) })

  /** Receives one device; `visit` and `item` fill what the test cares about. */
  const receive = (
    given: Partial<Item['visit']> = {},
    more: Partial<Item> = {},
    whole: Partial<Receive> = {},
  ) => {
    const result = shop.call(
      'repairs.receive',
      intake({ items: [item({ visit: visit(given), ...more })], ...whole }),
    )
    const [repair] = result.repairs
    expect(repair).toBeDefined()
    return { ...result, ...repair! }
  }
  const technician = shop.people.technician.userId
  const assign = (id: number, engineerId = technician, more: { dueOn?: string; reason?: string } = {}) =>
    one(shop.call('repairs.assign', { ...targets(id), engineerId, ...more }))
  const work = (
    id: number,
    action: InputOf<'repairs.work'>['action'],
    more: { reason?: string; as?: BuiltInRole | Actor } = {},
  ) => {
    const { as = 'owner', ...rest } = more
    return one(shop.as(as).call('repairs.work', { ...targets(id), action, ...rest }))
  }
  const solve = (id: number) =>
    shop.call('repairs.solve', {
      ...target(id),
      outcome: 'repaired',
      findings: '换电池',
      codeIds: [],
      knownDefects: [],
    })
  const fail = (id: number) =>
    shop.call('repairs.fail', { ...target(id), findings: '主板查不出', codeIds: [] })
  const handOver = (id: number, more: Partial<InputOf<'repairs.handOver'>> = {}) =>
    shop.call('repairs.handOver', {
      ...target(id),
      collectedBy: '张三',
      signatureUid: null,
      noSignatureReason: 'by_phone',
      noSignatureNote: '',
      returnedAccessoryIds: [],
      accessoriesKeptConfirmed: true,
      note: '',
      ...more,
    })
  /** A repair brought along the loop to a state. */
  const at = (
    state: 'assigned' | 'diagnosing' | 'in_repair' | 'testing' | 'processed' | 'collected' | 'closed',
    given = {},
  ) => {
    const { id } = receive(given)
    const steps: [RepairState, () => unknown][] = [
      ['assigned', () => assign(id)],
      ['diagnosing', () => work(id, 'start')],
      ['in_repair', () => work(id, 'repair')],
      ['testing', () => work(id, 'test')],
      ['processed', () => solve(id)],
      ['collected', () => handOver(id)],
      ['closed', () => satisfied(id)],
    ]
    for (const [reached, step] of steps) {
      step()
      if (reached === state) break
    }
    return id
  }
  const satisfied = (id: number) =>
    shop.call('repairs.followUp', {
      ...target(id),
      result: { kind: 'satisfied', satisfaction: 'very_satisfied', note: '' },
    })
  const dissatisfied = (id: number) =>
    shop.call('repairs.followUp', {
      ...target(id),
      result: { kind: 'dissatisfied', satisfaction: 'dissatisfied', reason: '又坏了' },
    })
  const notReached = (id: number, nextTryOn: string) =>
    shop.call('repairs.followUp', {
      ...target(id),
      result: { kind: 'not_reached', nextTryOn, note: '没人接' },
    })

  return {
    ...shop,
    categoryId,
    technicianId: technician,
    ...inputs,
    /** Rows of any query as arrays, for assertions. */
    all: (text: string) => sql(text).raw().all() as unknown[][],
    rows,
    row,
    log,
    attempts,
    target,
    targets,
    receive,
    assign,
    work,
    solve,
    fail,
    handOver,
    at,
    satisfied,
    dissatisfied,
    notReached,
    /** A file the host has put beside the database for an intake not yet saved. */
    upload: (draftUid: string, kind: 'photo' | 'signature' = 'photo') => {
      const sha256 = anyUid().replaceAll('-', '').padEnd(64, '0')
      const file = {
        kind,
        repairId: null,
        draftUid,
        name: `${kind}.jpg`,
        mime: 'image/jpeg',
        size: 10,
        sha256,
      }
      return shop.app.run('files.register', { commandId: anyUid(), ...file }, shop.people.counter).uid
    },
    settings: (changes: object) => {
      const { version } = shop.call('settings.get', {})
      return shop.call('settings.update', { version, settings: changes })
    },
    /** The shop's day `offset` days from the clock's. */
    today: (offset = 0) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(shop.clock.now() + offset * day),
    /** Lets whole days pass and runs the schedule after them. */
    pass: (days: number) => {
      shop.clock.advance(days * day)
      return shop.timeRules()
    },
  }
}
export type RepairShop = ReturnType<typeof repairShop>

/** The only result of a bulk call for one repair: its new version, or the refusal as a thrown error. */
function one(result: {
  done: { id: number; version: number }[]
  refused: { code: string; params: object }[]
}): { id: number; version: number } {
  const [refused] = result.refused
  if (refused) throw Object.assign(new Error(refused.code), { refusal: refused })
  const [done] = result.done
  expect(done).toBeDefined()
  return done!
}

/** Runs what must be refused; answers the code, of the first wrong field when it is the input. */
export function refusal(act: () => unknown): {
  code: string
  path?: string
  params: object
  fields: readonly FieldError[]
} {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) {
      const [field] = error.fields
      return field
        ? { code: field.code, path: field.path, params: field.params ?? {}, fields: error.fields }
        : { code: error.code, params: error.params, fields: [] }
    }
    if (error instanceof Error && 'refusal' in error) {
      const { code, params } = error.refusal as { code: string; params: object }
      return { code, params, fields: [] }
    }
    throw error
  }
  throw new Error('this should have been refused')
}

/** Path and code of every field that was wrong. */
export function refusedFields(act: () => unknown): [string, string][] {
  return refusal(act).fields.map(({ path, code }) => [path, code])
}

export const anyUid = (): string => randomUUID()
