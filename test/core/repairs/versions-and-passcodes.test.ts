import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

describe('passcodes', () => {
  test('a passcode is sealed, and nothing the program writes holds it in clear', () => {
    const { id } = shop.receive({}, { passcode: 'Geheim-4711', passcodeKind: 'text' })
    const tables = shop.sql
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'repair_texts%'`)
      .pluck()
      .all() as string[]
    const holding = tables.filter((table) => {
      const rows = shop.sql.prepare(`SELECT * FROM "${table}"`).all()
      const text = JSON.stringify(rows, (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      )
      return text.includes('Geheim-4711')
    })
    expect(holding).toEqual([])
    expect(shop.as('technician').call('repairs.viewPasscode', { repairId: id })).toEqual({
      passcode: 'Geheim-4711',
      kind: 'text',
    })
  })

  test('every look at a passcode stands in the history and in the audit log', () => {
    const { id } = shop.receive({}, { passcode: '1-2-3-6-9', passcodeKind: 'pattern' })
    for (let look = 0; look < 2; look++) shop.as('technician').call('repairs.viewPasscode', { repairId: id })
    expect(shop.log(id).filter(({ kind }) => kind === 'passcode')).toMatchObject([
      { userId: shop.people.technician.userId },
      { userId: shop.people.technician.userId },
    ])
    const audit = shop.sql
      .prepare(`SELECT count(*) FROM audit_log WHERE method = 'repairs.viewPasscode'`)
      .pluck()
    expect(audit.get()).toBe(2)
    expect(refusal(() => shop.as('counter').call('repairs.viewPasscode', { repairId: id })).code).toBe(
      'forbidden',
    )
  })

  test('a repair without a passcode has none to show', () => {
    const { id } = shop.receive()
    expect(refusal(() => shop.call('repairs.viewPasscode', { repairId: id })).code).toBe('repair.no_passcode')
  })

  test.each([
    ['digits', '12a4', 'passcode', 'field.format'],
    ['pattern', '0-1', 'passcode', 'field.format'],
    ['text', 'a\nb', 'passcode', 'field.format'],
    [null, '1234', 'passcodeKind', 'field.required'],
  ] as const)(
    'a %s passcode “%s” is refused at its field without showing it',
    (passcodeKind, passcode, field, code) => {
      const found = refusal(() => shop.receive({}, { passcode, passcodeKind }))
      expect(found).toMatchObject({ code, path: `items.0.${field}` })
      expect(JSON.stringify(found)).not.toContain(JSON.stringify(passcode))
    },
  )
})

describe('versions', () => {
  test('a stale save is refused and says who changed what', () => {
    const { id } = shop.receive()
    const stale = shop.target(id)
    shop.clock.advance(60_000)
    const at = shop.clock.now()
    shop.as('manager').call('repairs.lock', { ...shop.target(id), reason: '查' })
    shop.as('counter').call('repairs.addNote', { repairId: id, text: '路过' })
    expect(refusal(() => shop.call('repairs.setBin', { ...stale, bin: 'X' }))).toMatchObject({
      code: 'stale',
      params: { entity: 'repair', by: 'manager', at, what: 'lock' },
    })
    expect(shop.row(id)['bin']).toBe('')
  })

  test('every accepted change raises the version by one', () => {
    const { id } = shop.receive()
    const seen = [shop.row(id).version]
    const steps = [
      () => shop.assign(id),
      () => shop.work(id, 'start'),
      () => shop.call('repairs.setBin', { ...shop.target(id), bin: 'X' }),
      () => shop.solve(id),
      () => shop.handOver(id),
      () => shop.satisfied(id),
    ]
    for (const step of steps) {
      expect(step()).toEqual(shop.target(id).version ? { id, version: shop.row(id).version } : {})
      seen.push(shop.row(id).version)
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

describe('bulk acts', () => {
  test('each repair stands for itself: refused ones come back with number and code, the others are done', () => {
    const free = shop.receive().id
    const locked = shop.receive()
    shop.call('repairs.lock', { ...shop.target(locked.id), reason: '查' })
    const late = shop.receive({ dueOn: shop.today(1) })
    shop.clock.advance(3 * 86_400_000)
    const stale = shop.receive()
    const result = shop.call('repairs.assign', {
      repairs: [
        { repairId: free },
        { repairId: locked.id },
        { repairId: late.id },
        { repairId: stale.id, version: 7 },
        { repairId: 4_711 },
      ],
      engineerId: shop.technicianId,
    })
    expect(result.done).toEqual([{ id: free, version: 2 }])
    expect(result.refused.map(({ number, code }) => [number, code])).toEqual([
      [locked.number, 'repair.locked'],
      [late.number, 'repair.due_date_passed'],
      [stale.number, 'stale'],
      ['', 'not_found'],
    ])
    expect(shop.row(late.id).state).toBe('waiting')
    expect(shop.attempts(late.id)).toEqual([])
  })

  test('technicians start many of their own jobs at once and nobody else’s', () => {
    const own = shop.at('assigned')
    const other = shop.receive().id
    shop.assign(other, shop.technician2.userId)
    const result = shop
      .as('technician')
      .call('repairs.work', { ...shop.targets(own, other), action: 'start' })
    expect(result.done.map(({ id }) => id)).toEqual([own])
    expect(result.refused).toMatchObject([{ id: other, code: 'repair.not_your_repair' }])
  })
})
