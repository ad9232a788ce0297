import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import { openStates, repairStates, type RepairState } from '#contract/repair-states.ts'
import { day, refusal } from './kit.ts'
import { listShop, type ListShop } from './queries-kit.ts'

/* Lists of repairs: every mix of filters, page after page. */

type Filter = InputOf<'repairs.list'>

/** All pages of a list, as a person scrolls through it. */
function pages(shop: ListShop, filter: Filter, between: () => void = () => {}): number[] {
  const found: number[] = []
  let after: string | undefined
  do {
    const page = shop.call('repairs.list', { ...filter, ...(after === undefined ? {} : { after }) })
    found.push(...page.rows.map((row) => row.id))
    after = page.next
    between()
  } while (after !== undefined)
  return found
}

interface Facts {
  readonly id: number
  readonly state: RepairState
  readonly priority: number
  readonly due_on: string | null
  readonly engineer_id: number | null
  readonly customer_id: number
  readonly device_id: number
  readonly visit_uid: string
  readonly lock_reason: string | null
  readonly locked_at: number | null
  readonly next_try_on: string | null
  readonly closed_at: number | null
  readonly close_kind: string | null
  readonly verified_at: number | null
  readonly received_at: number
  readonly active_at: number
}

const open: readonly RepairState[] = openStates
const mayIdle = (state: RepairState) => open.includes(state) && state !== 'suspended'
const unresolved = (state: RepairState) => open.includes(state) && state !== 'processed'
const inPlay = (state: RepairState) => open.includes(state) || state === 'collected'
const now = Date.UTC(2026, 2, 2, 2, 0, 0)

/** What each attention list holds and how it is sorted, said a second time and slowly. */
const attention: Record<
  NonNullable<Filter['only']>,
  [(r: Facts) => boolean, (r: Facts) => (string | number)[]]
> = {
  late: [(r) => unresolved(r.state) && r.due_on !== null && r.due_on < '2026-03-02', (r) => [r.due_on ?? '']],
  locked: [(r) => r.lock_reason !== null, (r) => [r.locked_at ?? 0]],
  stuck: [
    (r) => mayIdle(r.state) && r.state !== 'processed' && r.active_at < now - 2 * day,
    (r) => [r.active_at],
  ],
  unverified: [
    (r) => r.state === 'closed' && r.verified_at === null && r.close_kind !== 'imported',
    (r) => [r.closed_at ?? 0],
  ],
  follow_up_due: [
    (r) => r.state === 'collected' && (r.next_try_on ?? '') <= '2026-03-02',
    (r) => [r.next_try_on ?? ''],
  ],
  unassigned: [
    (r) => r.state === 'waiting' && r.lock_reason === null,
    (r) => [-r.priority, r.due_on ?? '9999'],
  ],
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const index = a.findIndex((value, at) => value !== b[at])
  if (index === -1) return 0
  return a[index]! < b[index]! ? -1 : 1
}

/** The same list by looking at every repair. */
function expected(all: readonly Facts[], filter: Filter): number[] {
  const { states, only, sort = 'newest' } = filter
  const asked = states?.length ? states : undefined
  const byWork = only === undefined && sort !== 'newest' && (asked === undefined || asked.every(inPlay))
  const universe = (r: Facts) =>
    asked !== undefined || !byWork || (sort === 'due' ? unresolved(r.state) : mayIdle(r.state))
  const key = (r: Facts): (string | number)[] => {
    if (only !== undefined) return [...attention[only][1](r), r.id]
    if (byWork) return sort === 'due' ? [r.due_on ?? '9999', r.id] : [r.active_at, r.id]
    return [-r.received_at, -r.id]
  }
  const from =
    filter.receivedFrom === undefined ? -Infinity : Date.parse(`${filter.receivedFrom}T00:00:00+08:00`)
  const to =
    filter.receivedTo === undefined ? Infinity : Date.parse(`${filter.receivedTo}T00:00:00+08:00`) + day
  return all
    .filter((r) => only === undefined || attention[only][0](r))
    .filter((r) => universe(r) && (asked === undefined || asked.includes(r.state)))
    .filter((r) => filter.engineerId === undefined || r.engineer_id === filter.engineerId)
    .filter((r) => filter.customerId === undefined || r.customer_id === filter.customerId)
    .filter((r) => filter.deviceId === undefined || r.device_id === filter.deviceId)
    .filter((r) => filter.visitUid === undefined || r.visit_uid === filter.visitUid)
    .filter((r) => r.received_at >= from && r.received_at < to)
    .toSorted((a, b) => compare(key(a), key(b)))
    .map((r) => r.id)
}

const visits = [1, 2, 3].map((n) => `00000000-0000-7000-8009-00000000000${n}`)
const dates = ['2026-02-20', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-20']

describe('every mix of filters', () => {
  let shop: ListShop
  let all: Facts[]
  let customers: number[]
  let devices: number[]
  let engineers: number[]
  beforeAll(() => {
    shop = listShop()
    customers = ['甲', '乙'].map((name) => shop.call('customers.create', shop.customer({ name })).id)
    devices = customers.map((id) => shop.call('devices.create', { ownerId: id, ...shop.deviceInput() }).id)
    engineers = [shop.technicianId, shop.technician2.userId]
    const hours = (most: number) => fc.integer({ min: 0, max: most }).map((count) => now - count * 3_600_000)
    const standing = fc.record({
      state: fc.constantFrom(...repairStates),
      imported: fc.boolean(),
      priority: fc.nat(3),
      dueOn: fc.constantFrom(...dates, null),
      engineerId: fc.constantFrom(...engineers, null),
      customerId: fc.constantFrom(...customers),
      deviceId: fc.constantFrom(...devices),
      visitUid: fc.constantFrom(...visits),
      locked: fc.constantFrom(true, false, false, false),
      // Few enough hours that several repairs share one: the id decides then.
      receivedAt: hours(200),
      activeAt: hours(150),
      closedAt: hours(30),
      nextTryOn: fc.constantFrom(...dates, null),
      verified: fc.boolean(),
    })
    for (const given of fc.sample(standing, 280)) {
      const imported = given.imported && given.state === 'closed'
      shop.there({ ...given, imported, closedAt: given.state === 'closed' ? given.closedAt : null })
    }
    all = shop.sql.prepare('SELECT * FROM repairs').all() as Facts[]
  })
  afterAll(() => shop.close())

  test('lists exactly the repairs that fit, in order, whatever the size of a page', () => {
    // Most filters stand alone or in pairs; all of them together would find nothing to compare.
    const maybe = <T>(values: readonly T[]) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(...values) },
      )
    const filters = fc.record({
      states: fc.option(fc.uniqueArray(fc.constantFrom(...repairStates), { maxLength: 4 }), {
        nil: undefined,
      }),
      only: maybe(Object.keys(attention) as NonNullable<Filter['only']>[]),
      sort: maybe(['newest', 'due', 'idle'] as const),
      engineerId: maybe(engineers),
      customerId: maybe(customers),
      deviceId: maybe(devices),
      visitUid: maybe(visits),
      receivedFrom: maybe(['2026-02-24', '2026-02-27']),
      receivedTo: maybe(['2026-02-27', '2026-03-01']),
      limit: fc.constantFrom(2, 7, 30, 200),
    })
    fc.assert(
      fc.property(filters, (filter) => {
        expect(pages(shop, filter)).toEqual(expected(all, filter))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a list that is being read', () => {
  let shop: ListShop
  beforeEach(() => {
    shop = listShop()
  })
  afterEach(() => shop.close())

  const orders: Filter[] = [
    {},
    { sort: 'due' },
    { sort: 'idle' },
    { only: 'late' },
    { only: 'unassigned' },
    { states: ['waiting', 'in_repair'] },
  ]

  test.each(orders)('loses and repeats nothing while others come in: %j', (order) => {
    const arrival = fc.record({
      state: fc.constantFrom('waiting' as const, 'in_repair' as const, 'processed' as const),
      priority: fc.nat(3),
      dueOn: fc.constantFrom(...dates, null),
      activeAt: fc.integer({ min: now - 9 * day, max: now }),
    })
    fc.assert(
      fc.property(
        fc.array(arrival, { minLength: 5, maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (given, limit) => {
          shop.sql.exec('SAVEPOINT round')
          for (const repair of given) shop.there(repair)
          const before = pages(shop, { ...order, limit: 200 })
          let arriving = 0
          const seen = pages(shop, { ...order, limit }, () => {
            for (const repair of given.slice(0, 2)) if (arriving++ < 12) shop.there(repair)
          })
          shop.sql.exec('ROLLBACK TO round; RELEASE round')
          expect(new Set(seen).size).toBe(seen.length)
          expect(seen.filter((id) => before.includes(id))).toEqual(before)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('shows imported history by the day it happened, not by the day it was brought in', () => {
    const young = shop.there({ receivedAt: now - day })
    const history = shop.there({ state: 'closed', imported: true, receivedAt: now - 900 * day })
    expect(pages(shop, {})).toEqual([young, history])
  })

  test('refuses a cursor that is no cursor of this list, and says where', () => {
    for (let made = 0; made < 3; made++) shop.there({ dueOn: '2026-03-05' })
    const { next } = shop.call('repairs.list', { limit: 1 })
    const wrong = [
      'x',
      '',
      '{}',
      Buffer.from('[]').toString('base64url'),
      Buffer.from('["new",1,"1"]').toString('base64url'),
      Buffer.from('["new",null,1]').toString('base64url'),
      Buffer.from('["new",{},1]').toString('base64url'),
    ]
    for (const after of wrong) {
      expect(refusal(() => shop.call('repairs.list', { after }))).toMatchObject({
        code: 'field.format',
        path: 'after',
      })
    }
    expect(refusal(() => shop.call('repairs.list', { sort: 'due', after: next ?? '' })).path).toBe('after')
    expect(shop.call('repairs.list', { limit: 1, after: next ?? '' }).rows).toHaveLength(1)
  })

  test('refuses days the wrong way round', () => {
    const filter = { receivedFrom: '2026-03-02', receivedTo: '2026-03-01' }
    expect(refusal(() => shop.call('repairs.list', filter))).toMatchObject({
      code: 'field.before',
      path: 'receivedTo',
    })
  })
})
