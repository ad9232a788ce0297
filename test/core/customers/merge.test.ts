import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CustomerInput } from '#contract/customers.ts'
import { phoneDigits } from '#contract/names.ts'
import { refusal, repairShop, type RepairShop } from '../repairs/kit.ts'

/* Two records of one customer become one: nothing of either is lost. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

interface Known {
  readonly id: number
  readonly uid: string
}

const create = (given: Partial<CustomerInput> = {}) => shop.call('customers.create', shop.customer(given))
const get = (uid: string) => shop.call('customers.get', { uid })
const summary = (uid: string) => shop.call('customers.list', {}).rows.find((row) => row.uid === uid)
const phone = (number: string) => ({ number, label: '' })
const merge = (into: Known, from: Known) =>
  shop.call('customers.merge', {
    intoId: into.id,
    intoVersion: get(into.uid).version,
    fromId: from.id,
    fromVersion: get(from.uid).version,
  })
const repairsOf = (customerId: number) =>
  shop
    .call('repairs.list', { customerId, limit: 200 })
    .rows.map((card) => card.id)
    .toSorted((a, b) => a - b)
const devicesOf = (ownerId: number) =>
  shop.call('devices.list', { ownerId, limit: 200 }).rows.map((row) => row.id)

test('after a merge the history of the one that stays holds the repairs of both', () => {
  const [into, from] = [create({ name: '王伟' }), create({ name: '王 伟' })]
  const repairs = [into, from, from].map(({ id }) => shop.receive({}, {}, { customer: { id } }).id)
  merge(into, from)
  expect(repairsOf(into.id)).toEqual(repairs)
  expect(repairsOf(from.id)).toEqual([])
  expect(summary(into.uid)).toMatchObject({ repairs: 3, openRepairs: 3 })
})

test('devices and the years they were owned go along, without a change of hands in their history', () => {
  const [into, from, buyer] = [create({ name: '甲' }), create({ name: '乙' }), create({ name: '丙' })]
  const kept = shop.call('devices.create', { ownerId: from.id, ...shop.deviceInput() })
  const sold = shop.call('devices.create', { ownerId: from.id, ...shop.deviceInput() })
  shop.clock.advance(1000)
  shop.call('devices.changeOwner', { deviceId: sold.id, version: 1, ownerId: buyer.id })
  shop.clock.advance(1000)
  merge(into, from)
  expect(devicesOf(into.id)).toEqual([kept.id])
  const owners = shop.call('devices.get', { uid: kept.uid }).owners
  expect(owners).toEqual([{ customerUid: into.uid, name: '甲', fromAt: shop.clock.now() - 2000, toAt: null }])
  expect(shop.call('devices.get', { uid: sold.uid }).owners.map((owner) => owner.name)).toEqual(['丙', '甲'])
})

test('phones come together, each once; a second e-mail address and name are kept as a contact', () => {
  const into = create({
    name: '王伟',
    phones: [phone('13800138000')],
    email: 'a@example.com',
    tier: 'normal',
    notes: '老客户',
  })
  const from = create({
    name: 'Wang Wei',
    phones: [phone('+86 138 0013 8000'), phone('021-62551234')],
    email: 'b@example.com',
    contacts: [{ name: '秘书', role: '', phone: '13700000000', email: null }],
    address: '静安区',
    taxNumber: 'T-1',
    tier: 'vip',
    notes: '先打电话',
  })
  merge(into, from)
  expect(get(into.uid)).toMatchObject({
    name: '王伟',
    phones: [phone('13800138000'), phone('021-62551234')],
    email: 'a@example.com',
    address: '静安区',
    taxNumber: 'T-1',
    tier: 'vip',
    notes: '老客户\n先打电话',
    contacts: [
      { name: '秘书', role: '', phone: '13700000000', email: null },
      { name: 'Wang Wei', role: '', phone: null, email: 'b@example.com' },
    ],
  })
})

test('the merged record stays as a signpost that says what it said and is found no more', () => {
  const into = create({ name: '王伟', phones: [phone('13800138000')] })
  const from = create({ name: '汪维', phones: [phone('13911112222')], notes: '旧记录' })
  merge(into, from)
  expect(get(from.uid)).toMatchObject({ name: '汪维', notes: '旧记录', mergedIntoUid: into.uid })
  expect(shop.call('customers.list', {}).rows.map((row) => row.uid)).toEqual([into.uid])
  const found = (text: string) => shop.call('search.find', { text }).customers.map((row) => row.uid)
  expect(['13911112222', '汪维', 'wangwei'].map(found)).toEqual([[into.uid], [into.uid], [into.uid]])
})

test('an intake that still names the merged record is received for the one that stays', () => {
  const [last, middle, first] = [create({ name: '甲' }), create({ name: '乙' }), create({ name: '丙' })]
  merge(middle, first)
  merge(last, middle)
  const { customerId, id } = shop.receive({}, {}, { customer: { id: first.id } })
  expect(customerId).toBe(last.id)
  expect(repairsOf(last.id)).toEqual([id])
  expect(get(first.uid).mergedIntoUid).toBe(last.uid)
})

test('a merge is refused with oneself, with a merged record, and from an old view', () => {
  const [a, b, c] = [create({ name: '甲' }), create({ name: '乙' }), create({ name: '丙' })]
  const call = (into: Known, intoVersion: number, from: Known, fromVersion: number) => () =>
    shop.call('customers.merge', { intoId: into.id, intoVersion, fromId: from.id, fromVersion })
  expect(refusal(call(a, 1, a, 1)).code).toBe('customer.merge_self')
  expect(refusal(call(a, 2, b, 1))).toMatchObject({ code: 'stale', params: { entity: 'customer' } })
  expect(refusal(call(a, 1, b, 9))).toMatchObject({ code: 'stale' })
  expect(refusal(call(a, 1, { id: 424_242, uid: '' }, 1)).code).toBe('not_found')
  merge(a, b)
  expect(refusal(call(c, 1, b, 2))).toMatchObject({
    code: 'customer.merged',
    params: { name: '甲', uid: a.uid },
  })
  expect(refusal(call(b, 2, c, 1))).toMatchObject({ code: 'customer.merged' })
  const edit = () => shop.call('customers.update', { customerId: b.id, version: 2, ...shop.customer() })
  expect(refusal(edit)).toMatchObject({ code: 'customer.merged' })
})

test('a counter clerk does not merge customers; a manager does', () => {
  const [a, b] = [create({ name: '甲' }), create({ name: '乙' })]
  const input = { intoId: a.id, intoVersion: 1, fromId: b.id, fromVersion: 1 }
  expect(refusal(() => shop.as('counter').call('customers.merge', input)).code).toBe('forbidden')
  expect(shop.as('manager').call('customers.merge', input)).toEqual({ id: a.id, version: 2 })
})

test('both records, every repair and every device of a merge are in the outbox once', () => {
  const [into, from] = [create({ name: '甲' }), create({ name: '乙' })]
  shop.receive({}, {}, { customer: { id: from.id } })
  shop.sql.exec('CREATE TEMP TABLE before AS SELECT max(id) AS id FROM main.outbox')
  merge(into, from)
  const rows = shop.sql
    .prepare(
      'SELECT entity, count(*) AS n FROM outbox WHERE id > (SELECT id FROM before) GROUP BY entity, entity_uid',
    )
    .all()
  expect(rows).toHaveLength(4)
  expect(rows).toEqual(
    expect.arrayContaining([
      { entity: 'repairs', n: 1 },
      { entity: 'devices', n: 1 },
      { entity: 'customers', n: 1 },
    ]),
  )
})

// A random life of a few customers, with a plain model of what each should own beside it.

type Step =
  | { readonly act: 'phone'; readonly who: number; readonly number: string }
  | { readonly act: 'repair'; readonly who: number; readonly close: boolean }
  | { readonly act: 'sell'; readonly who: number; readonly to: number }
  | { readonly act: 'merge'; readonly who: number; readonly to: number }

const people = 5
const who = fc.nat({ max: people - 1 })
const number = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('', '+86 ', '0086-'))
  .map(([n, prefix]) => `${prefix}138 0013 80${String(n).padStart(2, '0')}`)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant('phone' as const), who, number }),
  fc.record({ act: fc.constant('repair' as const), who, close: fc.boolean() }),
  fc.record({ act: fc.constant('sell' as const), who, to: who }),
  fc.record({ act: fc.constant('merge' as const), who, to: who }),
)

interface Owned extends Known {
  readonly phones: Set<string>
  readonly repairs: Set<number>
  readonly devices: Set<number>
  open: number
}

/** Does one step in the shop and in the model; `owners[n]` is whoever person n is by now. */
function live(owners: Owned[], { who: n, ...step }: Step): void {
  const person = owners[n]!
  if (step.act === 'phone') {
    const { version, phones } = get(person.uid)
    if (phones.length >= 10) return
    const fields = shop.customer({ name: `客户${n}`, phones: [...phones, phone(step.number)] })
    shop.call('customers.update', { customerId: person.id, version, ...fields })
    person.phones.add(phoneDigits(step.number, 'CN'))
  } else if (step.act === 'repair') {
    const { id } = shop.receive({}, {}, { customer: { id: person.id } })
    person.repairs.add(id)
    person.devices.add(shop.row(id)['device_id'] as number)
    if (step.close) shop.call('repairs.cancel', { ...shop.targets(id), reason: '不修' })
    else person.open += 1
  } else if (step.act === 'sell') {
    const [deviceId] = person.devices
    if (deviceId === undefined) return
    const { version } = shop.sql.prepare('SELECT version FROM devices WHERE id = ?').get(deviceId) as {
      version: number
    }
    shop.call('devices.changeOwner', { deviceId, version, ownerId: owners[step.to]!.id })
    person.devices.delete(deviceId)
    owners[step.to]!.devices.add(deviceId)
  } else {
    const into = owners[step.to]!
    if (into === person) return
    merge(into, person)
    for (const key of ['phones', 'repairs', 'devices'] as const) {
      const kept: Set<string | number> = into[key]
      for (const one of person[key]) kept.add(one)
    }
    into.open += person.open
    for (const index of owners.keys()) if (owners[index] === person) owners[index] = into
  }
}

test('whatever is bought, repaired, sold and merged, no repair, device or phone is ever lost', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
      shop.close()
      shop = repairShop()
      const owners: Owned[] = Array.from({ length: people }, (_, n) => ({
        ...create({ name: `客户${n}` }),
        phones: new Set<string>(),
        repairs: new Set<number>(),
        devices: new Set<number>(),
        open: 0,
      }))
      for (const one of steps) live(owners, one)
      for (const owner of new Set(owners)) {
        expect(new Set(repairsOf(owner.id))).toEqual(owner.repairs)
        expect(new Set(devicesOf(owner.id))).toEqual(owner.devices)
        expect(new Set(get(owner.uid).phones.map((line) => phoneDigits(line.number, 'CN')))).toEqual(
          owner.phones,
        )
        expect(summary(owner.uid)).toMatchObject({ repairs: owner.repairs.size, openRepairs: owner.open })
        for (const digits of owner.phones) {
          const found = shop.call('search.find', { text: digits }).customers.map((row) => row.uid)
          expect(found).toContain(owner.uid)
        }
      }
    }),
    { numRuns: 40 },
  )
})
