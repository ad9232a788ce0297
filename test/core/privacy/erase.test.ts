import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { cashShop, type CashShop } from '../billing/cash-kit.ts'

/* A person asks to be forgotten: what only they are goes, what the law wants stays, what is open comes first. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => shop.close())

const person = {
  name: 'Maria Lopez',
  phones: [{ number: '+86 138 7264 5911', label: '' }],
  email: 'maria@example.org',
  address: '人民路 12 号',
  contacts: [{ name: '陈小姐', role: '助理', phone: '021 5555 1234', email: 'chen@example.org' }],
  notes: 'Comes in by the blue door',
}
const secrets = [
  'Maria',
  'Lopez',
  '7264 5911',
  '13872645911',
  'maria@',
  '人民路',
  '陈小姐',
  '5555 1234',
  'blue door',
  'Carlos',
]

/** Somebody who was here once: received, worked on, told, billed, paid, collected. */
function visited() {
  const customer = shop.call('customers.create', shop.customer(person))
  const { id } = shop.receive(
    { faultText: 'Maria Lopez says: no sound, call 138-7264-5911', internalNote: 'knows the owner' },
    {},
    { customer: { id: customer.id } },
  )
  shop.assign(id)
  shop.work(id, 'start')
  shop.work(id, 'repair')
  shop.work(id, 'test')
  shop.solve(id)
  return { customer, id }
}

/** The same, paid and gone home. */
function gone() {
  const { customer, id } = visited()
  shop.charge(id, 5000)
  const invoice = shop.issue([id])
  shop.takeMoney([[invoice.id, 5000]])
  shop.handOver(id, { collectedBy: 'Carlos Lopez' })
  shop.satisfied(id)
  return { customer, id, invoice }
}

const preview = (uid: string) => shop.call('privacy.erasePreview', { customerUid: uid })
const erase = (customer: { id: number; uid: string }) =>
  shop.call('privacy.erasePerson', { customerId: customer.id, version: preview(customer.uid).version })
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.fields[0]?.code ?? error.code
    throw error
  }
  return 'done'
}

/** Where a secret still stands, by table; the words of the search index among them. */
function standing(): string[] {
  const tables = shop.sql
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'repair_texts%' AND name NOT LIKE 'sqlite%'",
    )
    .pluck()
    .all() as string[]
  return tables.filter((table) => {
    const text = JSON.stringify(shop.sql.prepare(`SELECT * FROM ${table}`).all()).toLowerCase()
    return secrets.some((secret) => text.includes(secret.toLowerCase()))
  })
}

test('afterwards they stand only in issued documents and in the histories of repairs', () => {
  const { customer } = gone()
  shop.clock.advance(2 * 3_600_000)
  expect(standing()).toContain('repairs')
  erase(customer)
  expect(standing().toSorted()).toEqual(['invoices', 'repair_log'])
})

test('nothing finds them any more, and their repairs stay for the figures', () => {
  const { customer, id } = gone()
  const number = String(shop.row(id)['number'])
  for (const text of ['Maria', '13872645911', '陈小姐', 'Lopez sound'])
    expect(
      shop.call('search.find', { text }).repairs.length + shop.call('search.find', { text }).customers.length,
    ).toBeGreaterThan(0)
  erase(customer)
  for (const text of ['Maria', '13872645911', '陈小姐', 'Lopez sound', '5911']) {
    const found = shop.call('search.find', { text })
    expect([text, found.customers.length, found.repairs.length]).toEqual([text, 0, 0])
  }
  expect(shop.call('search.find', { text: number }).repairs.map((row) => row.id)).toEqual([id])
  expect(shop.call('customers.list', {}).rows).toEqual([])
})

test('what was wrong with the device stays readable without their name', () => {
  const { customer, id } = gone()
  erase(customer)
  expect(shop.row(id)['fault_text']).toBe('— says: no sound, call —')
  expect(shop.row(id)['internal_note']).toBe('')
})

test('the record says when, and nothing more can be written about them', () => {
  const { customer } = gone()
  const { version } = erase(customer)
  const erased = shop.call('customers.get', { uid: customer.uid })
  expect(erased).toMatchObject({
    name: '—',
    phones: [],
    contacts: [],
    email: null,
    erasedAt: shop.clock.now(),
  })
  const same = { customerId: customer.id, version, ...shop.customer(person) }
  expect(codeOf(() => shop.call('customers.update', same))).toBe('customer.erased')
  expect(codeOf(() => shop.receive({}, {}, { customer: { id: customer.id } }))).toBe('customer.erased')
  expect(codeOf(() => shop.call('privacy.erasePerson', { customerId: customer.id, version }))).toBe(
    'customer.erased',
  )
})

test('records that were merged into theirs are erased with them', () => {
  const { customer } = gone()
  const other = shop.call('customers.create', shop.customer({ ...person, name: 'Lopez, Maria' }))
  shop.call('customers.merge', { intoId: customer.id, intoVersion: 1, fromId: other.id, fromVersion: 1 })
  expect(preview(customer.uid).records).toBe(2)
  erase(customer)
  expect(shop.sql.prepare('SELECT DISTINCT name FROM customers').pluck().all()).toEqual(['—'])
})

test('it is refused while a repair has not ended', () => {
  const { customer, id } = visited()
  expect(preview(customer.uid).blockers).toEqual([
    { code: 'privacy.repair_open', params: { number: shop.row(id)['number'] } },
  ])
  expect(codeOf(() => erase(customer))).toBe('privacy.repair_open')
})

test('it is refused while money is open, owed by them or to them', () => {
  const { customer, invoice } = gone()
  shop.credit(invoice.id, 1000)
  expect(preview(customer.uid).blockers).toEqual([{ code: 'privacy.money_open', params: { open: 1000 } }])
  expect(codeOf(() => erase(customer))).toBe('privacy.money_open')
})

test('it is refused while a loaner of the shop is with them', () => {
  const { customer, id } = gone()
  shop.sql.exec(`INSERT INTO loaners (id, uid, name) VALUES (1, 'loaner-1', 'Nokia')`)
  shop.sql
    .prepare(
      `INSERT INTO loans (uid, loaner_id, repair_id, lent_at, due_on) VALUES ('loan-1', 1, ?, 0, '2026-03-09')`,
    )
    .run(id)
  expect(codeOf(() => erase(customer))).toBe('privacy.loaner_out')
})

test('a device that belongs to somebody else by now keeps its numbers; theirs loses them', () => {
  const { customer, id } = gone()
  const buyer = shop.call('customers.create', shop.customer({ name: '买家' }))
  const sold = shop.call('devices.create', { ownerId: customer.id, ...shop.deviceInput() })
  shop.clock.advance(1000)
  shop.call('devices.changeOwner', { deviceId: sold.id, version: 1, ownerId: buyer.id })
  erase(customer)
  const serial = shop.sql.prepare('SELECT serial FROM devices WHERE id = ?').pluck()
  expect(serial.get(shop.row(id)['device_id'])).toBe('')
  expect(serial.get(sold.id)).not.toBe('')
})

test('another person of the same name is left alone', () => {
  const { customer } = gone()
  const other = shop.call(
    'customers.create',
    shop.customer({ name: person.name, phones: [{ number: '13900001111', label: '' }] }),
  )
  erase(customer)
  expect(shop.call('search.find', { text: 'Maria Lopez' }).customers.map((row) => row.id)).toEqual([other.id])
})

test('both ledgers add up as before', () => {
  const { customer } = gone()
  erase(customer)
  expect(shop.call('ledgers.verify', {})).toMatchObject({ ok: true, faults: [] })
})

test('only who may erase people sees what it would do', () => {
  const { customer } = gone()
  const asked = { customerUid: customer.uid }
  expect(codeOf(() => shop.as('manager').call('privacy.erasePreview', asked))).toBe('forbidden')
})
