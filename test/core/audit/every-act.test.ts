import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { everyMethod } from '#contract/index.ts'
import type { MethodName } from '#contract/method-types.ts'
import { AppError } from '#core/app.ts'
import { testApp, type TestApp } from '../../kit/app.ts'
import { plainCategory, walkIn } from '../../kit/intake.ts'

/* Whatever somebody does or is refused has its line in the audit log: one, not none and not two. */
let shop: TestApp
beforeEach(() => {
  shop = testApp()
})
afterEach(() => shop.close())

const lines = (after: number) =>
  shop.sql
    .prepare('SELECT method, user_id, result, input FROM audit_log WHERE id > ? ORDER BY id')
    .raw()
    .all(after)
const lastId = () => shop.sql.prepare('SELECT max(id) FROM audit_log').pluck().get() as number

/** What somebody does leaves in the log, besides what it answers. */
function leaves(act: () => unknown): unknown[] {
  const before = lastId()
  try {
    act()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return lines(before)
}

const stranger = () => ({ ...shop.people.counter, permissions: new Set<never>() })

const guarded = Object.entries(everyMethod).flatMap(([module, verbs]) =>
  Object.entries(verbs).flatMap(([verb, { kind, '~orpc': definition }]) => {
    const { permission } = definition.meta
    return permission === 'public' || permission === 'signed_in'
      ? []
      : [{ name: `${module}.${verb}` as MethodName, kind }]
  }),
)

describe('what somebody may not do', () => {
  test('is on record once for every method that asks for a permission', () => {
    const nobody = stranger()
    for (const { name, kind } of guarded) {
      const caller = { kind: 'host', actor: nobody } as const
      const found = leaves(() =>
        kind === 'task' || kind === 'stream'
          ? shop.app.admit(name as 'audit.check', {}, caller)
          : shop.app.dispatch(name, {}, caller),
      )
      expect(found).toEqual([[name, nobody.userId, 'forbidden', '{}']])
    }
  })

  test('says at what it was tried', () => {
    const input = { commandId: randomUUID(), repairId: 12 }
    expect(leaves(() => shop.as(stranger()).call('repairs.viewPasscode', input))).toEqual([
      ['repairs.viewPasscode', shop.people.counter.userId, 'forbidden', '{"repairId":12}'],
    ])
  })
})

const received = () =>
  shop.call(
    'repairs.receive',
    walkIn(plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))),
  )

describe('an act', () => {
  test('has one line when it is done, and none more when its answer is asked for again', () => {
    const { repairs } = received()
    const act = { commandId: randomUUID(), repairId: repairs[0]!.id, text: 'rang, no answer' }
    const found = leaves(() => {
      shop.call('repairs.addNote', act)
      shop.call('repairs.addNote', act)
    })
    expect(found).toMatchObject([['repairs.addNote', shop.people.owner.userId, 'ok', expect.any(String)]])
  })

  test('has one line when the shop refuses it, with the reason', () => {
    const { repairs } = received()
    const repairId = repairs[0]!.id
    const refused = leaves(() =>
      shop.call('repairs.lock', { repairId, version: 99, reason: 'Mrs Wang said so' }),
    )
    expect(refused).toMatchObject([['repairs.lock', shop.people.owner.userId, 'stale', expect.any(String)]])
    expect(JSON.stringify(refused)).not.toContain('Wang')
  })

  test('for several repairs of which none was changed is one that was refused', () => {
    const { repairs } = received()
    const held = repairs.map(({ id: repairId }) => ({ repairId, version: 99 }))
    expect(leaves(() => shop.call('repairs.resume', { repairs: held }))).toMatchObject([
      ['repairs.resume', shop.people.owner.userId, 'stale', expect.any(String)],
    ])
  })

  test('sent again under an id that another act has is on record as that', () => {
    const commandId = randomUUID()
    shop.call('users.setOwnLanguage', { language: 'en', commandId })
    expect(leaves(() => shop.call('users.setOwnLanguage', { language: 'zh-CN', commandId }))).toMatchObject([
      ['users.setOwnLanguage', shop.people.owner.userId, 'command.reused', expect.any(String)],
    ])
  })

  test('names what it made and touched', () => {
    const [line] = leaves(received) as string[][]
    const { about } = JSON.parse(line![3]!) as { about: string[] }
    expect(about).toEqual(['customers:1', 'devices:1', 'repairs:1'])
  })
})

test('the program’s round of each minute leaves a line when it did something, and else none', () => {
  expect(leaves(() => shop.timeRules())).toEqual([])
  const [repair] = received().repairs
  const asleep = {
    repairs: [{ repairId: repair!.id }],
    reasonId: null,
    reason: 'later',
    wakeOn: '2026-03-05',
  }
  shop.call('repairs.suspend', asleep)
  shop.clock.advance(5 * 86_400_000)
  expect(leaves(() => shop.timeRules())).toMatchObject([
    ['schedule.timeRules', null, 'ok', expect.any(String)],
  ])
  expect(leaves(() => shop.timeRules())).toEqual([])
})

test('a query that was answered leaves nothing, however often', () => {
  expect(leaves(() => shop.call('audit.list', {}))).toEqual([])
})
