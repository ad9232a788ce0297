import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError, verifyShop } from '#core/app.ts'
import { openForReading } from '#core/db/open.ts'
import { migrations, testApp, type TestApp } from '../../kit/app.ts'
import { plainCategory, walkIn } from '../../kit/intake.ts'

/* Reading the audit log, reviewing rights, and what a look at the whole file names. */
const day = 86_400_000
let shop: TestApp
beforeEach(() => {
  shop = testApp()
})
afterEach(() => shop.close())

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'ok'
}
const speak = (role: 'owner' | 'counter' | 'technician', language: 'en' | 'zh-CN' = 'en') =>
  shop.as(role).call('users.setOwnLanguage', { language })
const found = (filter: Parameters<typeof shop.call<'audit.list'>>[1]) =>
  shop
    .call('audit.list', filter)
    .rows.map(({ method, userName, result }) => `${userName} ${method} ${result}`)

describe('the audit log', () => {
  test('is narrowed by person, act, area, refusal, text and day', () => {
    speak('counter')
    speak('technician', 'zh-CN')
    expect(codeOf(() => shop.as('counter').call('users.roles', {}))).toBe('forbidden')
    shop.clock.advance(2 * day)
    speak('counter')
    const { userId } = shop.people.counter
    expect(found({ userId })).toEqual([
      'counter users.setOwnLanguage ok',
      'counter users.roles forbidden',
      'counter users.setOwnLanguage ok',
    ])
    expect(found({ refused: true })).toEqual(['counter users.roles forbidden'])
    expect(found({ method: 'users.roles' })).toEqual(['counter users.roles forbidden'])
    expect(found({ method: 'users', from: '2026-03-04' })).toEqual(['counter users.setOwnLanguage ok'])
    expect(found({ text: 'ZH-cn', from: '2026-03-02', to: '2026-03-02' })).toEqual([
      'technician users.setOwnLanguage ok',
    ])
    expect(found({ method: 'users', userId, refused: true, to: '2026-03-01' })).toEqual([])
  })

  test('is paged from the newest back without leaving a line out or showing one twice', () => {
    for (let n = 0; n < 9; n++) speak(n % 2 ? 'owner' : 'counter')
    const all = new Set(shop.call('audit.list', { limit: 200 }).rows.map(({ id }) => id))
    for (const filter of [{}, { method: 'users' }, { userId: shop.people.counter.userId }]) {
      const whole = shop.call('audit.list', { ...filter, limit: 200 }).rows.map(({ id }) => id)
      const paged: number[] = []
      let after: string | undefined
      do {
        const page = shop.call('audit.list', { ...filter, limit: 2, ...(after ? { after } : {}) })
        paged.push(...page.rows.map(({ id }) => id))
        after = page.next
      } while (after !== undefined)
      expect(paged).toEqual(whole)
      expect(whole.every((id) => all.has(id))).toBe(true)
    }
  })

  test('is shown to nobody without the permission', () => {
    expect(codeOf(() => shop.as('counter').call('audit.list', {}))).toBe('forbidden')
    expect(codeOf(() => shop.as('manager').call('audit.list', {}))).toBe('ok')
  })

  test('offers to narrow by what stands in it', () => {
    speak('owner')
    const { methods, people, seats } = shop.call('audit.choices', {})
    expect(methods).toContain('users.setOwnLanguage')
    expect(methods).not.toContain('repairs.receive')
    expect([people.length, seats.length]).toEqual([7, 1])
  })
})

describe('a review of permissions', () => {
  test('shows people, roles and what changed, and is put on record once', () => {
    const roles = shop.call('users.roles', {})
    const counter = roles.find(({ code }) => code === 'counter')!
    const { id: roleId, version, permissions } = counter
    shop.call('users.updateRole', {
      roleId,
      version,
      name: '前台',
      permissions: [...permissions, 'billing.refund'],
    })
    const report = shop.call('reviews.report', {})
    expect(report.people).toHaveLength(7)
    expect(report.changes[0]).toMatchObject({ method: 'users.updateRole', userName: '王店主' })
    shop.clock.advance(60_000)
    shop.call('reviews.record', { note: '看过了', seen: report.seen })
    const after = shop.call('reviews.report', {})
    expect(after.changes).toEqual([])
    expect(after.reviews).toMatchObject([{ note: '看过了', by: '王店主', people: 7 }])
    expect(() => shop.sql.exec('DELETE FROM permission_reviews')).toThrow(/append-only/)
  })

  test('of what is no longer so is refused', () => {
    const { seen } = shop.call('reviews.report', {})
    shop.call('users.createRole', { name: '学徒', permissions: ['repairs.read'] })
    expect(codeOf(() => shop.call('reviews.record', { note: '', seen }))).toBe('review.changed')
  })

  test('is due so many months after the last, and never where the shop wants none', () => {
    expect(shop.call('reviews.due', {})).toEqual({ dueOn: '2026-07-05', due: false })
    shop.clock.advance(140 * day)
    expect(shop.call('reviews.due', {}).due).toBe(true)
    shop.call('reviews.record', { note: '', seen: shop.call('reviews.report', {}).seen })
    expect(shop.call('reviews.due', {})).toEqual({ dueOn: '2027-01-20', due: false })
    shop.call('settings.update', { version: 1, settings: { permissionReviewMonths: 0 } })
    expect(shop.call('reviews.due', {})).toEqual({ dueOn: null, due: false })
  })
})

test('a look at the whole file names the ledger’s row and the link that do not hold', () => {
  shop.sql.exec("INSERT INTO money_balances (account, subject, amount_minor) VALUES ('safe', 0, 700)")
  shop.sql.pragma('foreign_keys = OFF')
  shop.sql.exec('INSERT INTO user_roles (user_id, role_id) VALUES (4711, 1)')
  const file = openForReading(shop.sql.serialize(), migrations)
  const { faults } = verifyShop(file.read, [])
  file.close()
  expect(faults).toMatchObject([
    { check: 'ledgers', rule: 'balance', row: 'safe 0', expected: '0', found: '700' },
    { check: 'foreign_keys', rule: 'dangling', table: 'user_roles', found: 'users' },
  ])
})

describe('whom or what a line is about', () => {
  const nobody = { email: null, address: '', taxNumber: '', language: null, notes: '' }
  const customer = (name: string, number: string) => ({
    new: {
      ...nobody,
      contacts: [],
      kind: 'person' as const,
      name,
      phones: [{ number, label: '' }],
      tier: 'normal' as const,
      channel: 'phone' as const,
      consentToContact: true,
      onAccount: false,
      paymentDays: 0,
    },
  })
  const [name, phone] = ['Maria Lopez', '13872645911']

  /** A customer who was called back, whose passcode somebody wanted to see, and another of whom nobody asks. */
  function twoCustomers() {
    const category = plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))
    const walk = walkIn(category)
    const [repair] = shop.call('repairs.receive', { ...walk, customer: customer(name, phone) }).repairs
    const other = { ...walkIn(category), customer: customer('Otto Bauer', '13900008888') }
    const [another] = shop.call('repairs.receive', other).repairs
    for (const one of [repair!, another!]) {
      shop.call('repairs.addNote', { repairId: one.id, text: 'called back' })
      codeOf(() => shop.as('counter').call('repairs.viewPasscode', { repairId: one.id }))
    }
    return repair!
  }

  test('is found by the person’s name and phone, and by the repair’s number, though the log holds none of them', () => {
    const repair = twoCustomers()
    const inputs = JSON.stringify(shop.call('audit.list', { limit: 200 }))
    for (const asked of [name, 'lopez', phone, phone.slice(-6), repair.number]) {
      expect(inputs).not.toContain(asked)
      expect(found({ text: asked })).toEqual([
        'counter repairs.viewPasscode forbidden',
        '王店主 repairs.addNote ok',
        '王店主 repairs.receive ok',
      ])
    }
  })

  test('is told as it is called today, and no more after erasing', () => {
    const repair = twoCustomers()
    const [line] = shop.call('audit.list', { method: 'repairs.receive', text: repair.number }).rows
    const about = () =>
      shop.call('audit.about', { id: line!.id }).map(({ entity, text }) => `${entity} ${text}`)
    expect(about()).toEqual([
      `customers ${name}`,
      expect.stringMatching(/^devices ./),
      `repairs ${repair.number}`,
    ])
    shop.call('repairs.cancel', { repairs: [{ repairId: repair.id }], reason: 'x' })
    shop.sql.exec(`UPDATE repairs SET state = 'closed' WHERE id = ${repair.id}`)
    const { customerId, version } = shop.call('privacy.erasePreview', {
      customerUid: shop.call('repairs.get', { uid: repair.uid }).customerUid!,
    })
    shop.call('privacy.erasePerson', { customerId, version })
    expect(about()[0]).toBe('customers —')
    expect(found({ text: name })).toEqual([])
    expect(found({ text: repair.number })).toContain('王店主 repairs.receive ok')
  })
})
