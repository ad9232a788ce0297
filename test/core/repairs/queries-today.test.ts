import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { boardStates, repairStates } from '#contract/repair-states.ts'
import { day } from './kit.ts'
import { listShop, type ListShop } from './queries-kit.ts'

/* What the manager sees in the morning, the board on the wall, and a technician's own list. */
let shop: ListShop
beforeEach(() => {
  shop = listShop()
})
afterEach(() => shop.close())

const today = () => shop.call('repairs.today', {})
const ids = (list: { rows: readonly { id: number }[] }) => list.rows.map((row) => row.id)
const hour = 3_600_000

describe('Today', () => {
  test('is empty and counts nothing on the first morning', () => {
    const { late, locked, stuck, unassigned, mine, ready, followUpDue, unverified, ...counts } = today()
    const nothing = { count: 0, rows: [] }
    for (const list of [late, locked, stuck, unassigned, mine, ready, followUpDue, unverified]) {
      expect(list).toEqual(nothing)
    }
    expect(counts).toEqual({ receivedToday: 0, processedToday: 0, collectedToday: 0 })
  })

  test('is late what was promised for a day that has passed and is not resolved, the oldest promise first', () => {
    const yesterday = shop.there({ state: 'in_repair', dueOn: '2026-03-01' })
    const lastWeek = shop.there({ state: 'waiting', dueOn: '2026-02-23' })
    const asleep = shop.there({ state: 'suspended', dueOn: '2026-02-28' })
    shop.there({ state: 'assigned', dueOn: '2026-03-02' })
    shop.there({ state: 'waiting' })
    for (const state of ['processed', 'collected', 'closed', 'cancelled', 'unclaimed'] as const) {
      shop.there({ state, dueOn: '2026-02-01' })
    }
    expect(ids(today().late)).toEqual([lastWeek, asleep, yesterday])
  })

  test('turns late at midnight in the shop’s zone, not in another', () => {
    const id = shop.there({ dueOn: '2026-03-02' })
    shop.clock.set(Date.UTC(2026, 2, 2, 15, 59))
    expect(ids(today().late)).toEqual([])
    shop.clock.set(Date.UTC(2026, 2, 2, 16, 0))
    expect(ids(today().late)).toEqual([id])
  })

  test('is stuck what nobody touched for longer than the shop allows, except what sleeps or is ready', () => {
    const now = shop.clock.now()
    const old = shop.there({ state: 'awaiting_parts', activeAt: now - 100 * hour })
    const older = shop.there({ state: 'waiting', activeAt: now - 200 * hour })
    shop.there({ state: 'in_repair', activeAt: now - 47 * hour })
    for (const state of ['suspended', 'processed', 'collected', 'closed', 'cancelled'] as const) {
      shop.there({ state, activeAt: now - 300 * hour })
    }
    expect(ids(today().stuck)).toEqual([older, old])
    shop.settings({ stuckAfterHours: 150 })
    expect(ids(today().stuck)).toEqual([older])
  })

  test('is not stuck any more once somebody wrote a note', () => {
    const { id } = shop.receive()
    shop.clock.advance(3 * day)
    expect(ids(today().stuck)).toEqual([id])
    shop.call('repairs.addNote', { repairId: id, text: '已联系客户' })
    expect(ids(today().stuck)).toEqual([])
  })

  test('shows what is locked with the longest lock first, and not among what can be assigned', () => {
    const now = shop.clock.now()
    const young = shop.there({ locked: true, receivedAt: now - day })
    const old = shop.there({ locked: true, state: 'in_repair', receivedAt: now - 2 * day })
    const free = shop.there({})
    expect(ids(today().locked)).toEqual([old, young])
    expect(ids(today().unassigned)).toEqual([free])
  })

  test('shows what waits for somebody as the board does: urgent first, then by date, undated last', () => {
    const undated = shop.there({ priority: 1 })
    const later = shop.there({ priority: 1, dueOn: '2026-03-09' })
    const sooner = shop.there({ priority: 1, dueOn: '2026-03-04' })
    const urgent = shop.there({ priority: 3 })
    const low = shop.there({ priority: 0, dueOn: '2026-03-03' })
    expect(ids(today().unassigned)).toEqual([urgent, sooner, later, undated, low])
  })

  test('shows what is ready, the longest waiting first', () => {
    const now = shop.clock.now()
    const new_ = shop.there({ state: 'processed', activeAt: now - hour })
    const old = shop.there({ state: 'processed', activeAt: now - 9 * day })
    expect(ids(today().ready)).toEqual([old, new_])
  })

  test('shows who is to be called: never tried first, then by the agreed day, nobody before it', () => {
    const agreed = shop.there({ state: 'collected', nextTryOn: '2026-03-02' })
    const overdue = shop.there({ state: 'collected', nextTryOn: '2026-02-27' })
    const never = shop.there({ state: 'collected' })
    shop.there({ state: 'collected', nextTryOn: '2026-03-03' })
    expect(ids(today().followUpDue)).toEqual([never, overdue, agreed])
  })

  test('shows what is closed and not verified, never imported history', () => {
    const now = shop.clock.now()
    const young = shop.there({ state: 'closed', closedAt: now - day })
    const old = shop.there({ state: 'closed', closedAt: now - 5 * day })
    shop.there({ state: 'closed', verified: true })
    shop.there({ state: 'closed', imported: true })
    expect(ids(today().unverified)).toEqual([old, young])
  })

  test('shows each person their own jobs only', () => {
    const own = shop.there({ state: 'assigned', engineerId: shop.technicianId })
    shop.there({ state: 'assigned', engineerId: shop.technician2.userId })
    shop.there({ state: 'processed', engineerId: shop.technicianId })
    expect(ids(shop.as('technician').call('repairs.today', {}).mine)).toEqual([own])
    expect(today().mine.count).toBe(0)
  })

  test('counts all of a list but shows its first ten', () => {
    for (let made = 0; made < 25; made++) shop.there({ dueOn: '2026-03-01' })
    const { late, unassigned } = today()
    expect([late.count, late.rows.length]).toEqual([25, 10])
    expect([unassigned.count, unassigned.rows.length]).toEqual([25, 10])
  })

  test('counts to a thousand and no further', () => {
    for (let made = 0; made < 1003; made++) shop.there({ dueOn: '2026-03-01' })
    expect(today().late.count).toBe(1000)
  })

  test('counts what came, was finished and was collected on this day of the shop', () => {
    shop.receive()
    const collected = shop.at('collected')
    expect(today()).toMatchObject({ receivedToday: 2, processedToday: 1, collectedToday: 1 })
    shop.clock.advance(day)
    expect(today()).toMatchObject({ receivedToday: 0, processedToday: 0, collectedToday: 0 })
    expect(ids(today().followUpDue)).toEqual([collected])
  })
})

describe('the board', () => {
  const board = (input = {}) => shop.call('repairs.board', input).columns

  test('has one column for each state in which something can happen, in the order of the work', () => {
    expect(board().map((column) => column.state)).toEqual(boardStates)
  })

  test('counts each column, however few cards it shows', () => {
    for (const state of repairStates) for (let made = 0; made < 3; made++) shop.there({ state })
    for (const column of board({ perColumn: 2 })) {
      expect([column.count, column.cards.length]).toEqual([3, 2])
      expect(column.cards.every((card) => card.state === column.state)).toBe(true)
    }
  })

  test('keeps its counts while repairs move', () => {
    const id = shop.at('in_repair')
    const count = (state: string) => board().find((column) => column.state === state)?.count
    expect([count('waiting'), count('in_repair')]).toEqual([0, 1])
    shop.fail(id)
    expect([count('waiting'), count('in_repair')]).toEqual([1, 0])
  })

  test('sorts a column by priority and then by promised date, undated last', () => {
    const undated = shop.there({ state: 'testing' })
    const dated = shop.there({ state: 'testing', dueOn: '2026-03-05' })
    const urgent = shop.there({ state: 'testing', priority: 3, dueOn: '2026-03-20' })
    expect(ids({ rows: board().find((column) => column.state === 'testing')!.cards })).toEqual([
      urgent,
      dated,
      undated,
    ])
  })

  test('of one technician counts and shows only theirs', () => {
    const own = shop.there({ state: 'testing', engineerId: shop.technicianId })
    const gone = shop.there({ state: 'collected', engineerId: shop.technicianId })
    shop.there({ state: 'testing', engineerId: shop.technician2.userId })
    shop.there({ state: 'waiting' })
    const filled = board({ engineerId: shop.technicianId }).filter((column) => column.count > 0)
    expect(filled.map((column) => [column.state, column.count, ids({ rows: column.cards })])).toEqual([
      ['testing', 1, [own]],
      ['collected', 1, [gone]],
    ])
  })
})

describe('a technician’s jobs', () => {
  test('stand in the order to do them: work, then what waits for others, what sleeps, what is locked', () => {
    const engineerId = shop.technicianId
    const locked = shop.there({ engineerId, state: 'in_repair', priority: 3, locked: true })
    const asleep = shop.there({ engineerId, state: 'suspended', priority: 3 })
    const parts = shop.there({ engineerId, state: 'awaiting_parts', priority: 2 })
    const normal = shop.there({ engineerId, state: 'assigned', dueOn: '2026-03-03' })
    const undated = shop.there({ engineerId, state: 'testing' })
    const urgent = shop.there({ engineerId, state: 'diagnosing', priority: 3, dueOn: '2026-03-30' })
    shop.there({ engineerId, state: 'processed' })
    shop.there({ engineerId, state: 'collected' })
    shop.there({ engineerId, state: 'closed' })
    const jobs = [urgent, normal, undated, parts, asleep, locked]
    expect(ids({ rows: shop.as('technician').call('repairs.myJobs', {}) })).toEqual(jobs)
    expect(ids({ rows: shop.call('repairs.myJobs', { engineerId }) })).toEqual(jobs)
    expect(shop.call('repairs.myJobs', {})).toEqual([])
  })

  test('are what a new job is weighed against', () => {
    const engineerId = shop.technicianId
    for (const state of ['assigned', 'suspended', 'in_repair', 'processed', 'collected', 'closed'] as const) {
      shop.there({ engineerId, state })
    }
    const engineers = shop.call('users.engineers', {})
    expect(engineers.find((engineer) => engineer.id === engineerId)?.openRepairs).toBe(3)
  })
})
