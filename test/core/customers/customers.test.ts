import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CustomerInput } from '#contract/customers.ts'
import { refusal, repairShop, type RepairShop } from '../repairs/kit.ts'

/* Customers of the shop: written down once, found again, changed by one seat at a time. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const create = (given: Partial<CustomerInput> = {}) => shop.call('customers.create', shop.customer(given))
const get = (uid: string) => shop.call('customers.get', { uid })
const phone = (number: string, label = '') => ({ number, label })
const contact = (name: string, given: object = {}) => ({ name, role: '', phone: null, email: null, ...given })

test('a customer is kept as it was written, with several phones and contacts', () => {
  const written = shop.customer({
    kind: 'company',
    name: '上海静安物业有限公司',
    phones: [phone('021-6255 1234', '前台'), phone('+86 138 0013 8000', '经理')],
    contacts: [contact('陈经理', { role: '设备科', phone: '13800138000', email: 'chen@example.com' })],
    email: 'office@example.com',
    address: '静安区\n南京西路 1 号',
    taxNumber: '91310106MA1FY1234X',
    language: 'zh-CN',
    tier: 'gold',
    channel: 'wechat',
    notes: '月结',
  })
  const { uid, version } = shop.as('counter').call('customers.create', written)
  expect(version).toBe(1)
  expect(get(uid)).toMatchObject({ ...written, consentAt: shop.clock.now(), mergedIntoUid: null })
})

test('one phone given twice in two formats is written once, the way it was given first', () => {
  const { uid } = create({ phones: [phone('138 0013 8000', '自己'), phone('+86-13800138000', '')] })
  expect(get(uid).phones).toEqual([phone('138 0013 8000', '自己')])
})

test.each([
  ['by phone in another format', { phones: ['+86 138-0013-8000'] }],
  ['by name in other letters', { name: ' jane  DOE' }],
])('a customer who comes back is recognised %s', (_how, asked) => {
  const { uid } = create({ name: 'Jane Doe', phones: [phone('13800138000')] })
  create({ name: '李四', phones: [phone('13900139000')] })
  expect(shop.call('customers.similar', asked).map((row) => row.uid)).toEqual([uid])
})

test('nobody is similar to a customer without name and phone, nor to oneself', () => {
  const { id } = create({ name: '张三', phones: [phone('13800138000')] })
  expect(shop.call('customers.similar', {})).toEqual([])
  expect(shop.call('customers.similar', { name: '！！', phones: ['-'] })).toEqual([])
  expect(shop.call('customers.similar', { name: '张三', phones: ['13800138000'], exceptId: id })).toEqual([])
})

test('consent is dated when it is given, kept while it lasts and gone when it is taken back', () => {
  const { id, uid } = create({ consentToContact: false })
  expect(get(uid).consentAt).toBeNull()
  const save = (version: number, consentToContact: boolean) =>
    shop.call('customers.update', { customerId: id, version, ...shop.customer({ consentToContact }) })
  shop.clock.advance(1000)
  const given = shop.clock.now()
  save(1, true)
  shop.clock.advance(1000)
  save(2, true)
  expect(get(uid).consentAt).toBe(given)
  save(3, false)
  expect(get(uid).consentAt).toBeNull()
})

test('a changed phone leads to the customer, the old one no more', () => {
  const { id, uid } = create({ name: '赵六', phones: [phone('13800138000')] })
  shop.call('customers.update', {
    customerId: id,
    version: 1,
    ...shop.customer({ name: '赵六', phones: [phone('13711112222')] }),
  })
  const found = (text: string) => shop.call('search.find', { text }).customers.map((row) => row.uid)
  expect(found('1371111')).toEqual([uid])
  expect(found('13800138000')).toEqual([])
  expect(found('zhaoliu')).toEqual([uid])
})

test('a company is found by its contact’s name and phone', () => {
  const { uid } = create({
    kind: 'company',
    name: '静安物业',
    contacts: [contact('陈小东', { phone: '13612345678' })],
  })
  const found = (text: string) => shop.call('search.find', { text }).customers.map((row) => row.uid)
  const ways = ['陈小东', 'chenxiaodong', '5678', '13612345678']
  expect(ways.map(found)).toEqual(ways.map(() => [uid]))
})

test('a save from an old version is refused with who changed the customer, and nothing is lost', () => {
  const { id, uid } = create({ name: '张三' })
  shop.clock.advance(60_000)
  shop
    .as('counter')
    .call('customers.update', { customerId: id, version: 1, ...shop.customer({ name: '张三丰' }) })
  const at = shop.clock.now()
  shop.clock.advance(60_000)
  const late = () =>
    shop.call('customers.update', { customerId: id, version: 1, ...shop.customer({ name: '张四' }) })
  expect(refusal(late)).toMatchObject({ code: 'stale', params: { entity: 'customer', by: 'counter', at } })
  expect(get(uid).name).toBe('张三丰')
})

test('the list shows every customer once, page by page, the newest first', () => {
  const uids = Array.from({ length: 7 }, (_, index) => create({ name: `客户${index}` }).uid).reverse()
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = shop.call('customers.list', { limit: 3, after })
    expect(page.rows.length).toBeLessThanOrEqual(3)
    seen.push(...page.rows.map((row) => row.uid))
    after = page.next
  } while (after !== undefined)
  expect(seen).toEqual(uids)
})

test('the list finds by name, pinyin, part of a phone, kind and tier', () => {
  const vip = create({ name: '王小明', tier: 'vip', phones: [phone('13800138000')] })
  const firm = create({ kind: 'company', name: 'Xiaoming Ltd', phones: [phone('021-62551234')] })
  const uids = (input: object) => shop.call('customers.list', input).rows.map((row) => row.uid)
  expect(uids({ text: 'wxm' })).toEqual([vip.uid])
  expect(uids({ text: '0013' })).toEqual([vip.uid])
  expect(new Set(uids({ text: 'xiaoming' }))).toEqual(new Set([vip.uid, firm.uid]))
  expect(uids({ text: 'xiaoming', kind: 'company' })).toEqual([firm.uid])
  expect(uids({ kind: 'company' })).toEqual([firm.uid])
  expect(uids({ tier: 'vip' })).toEqual([vip.uid])
})

test('what a search finds is paged too, without doubles or gaps', () => {
  for (let index = 0; index < 5; index++) create({ name: `孙${'一二三四五'[index]}` })
  const first = shop.call('customers.list', { text: '孙', limit: 2 })
  const second = shop.call('customers.list', { text: '孙', limit: 2, after: first.next })
  const third = shop.call('customers.list', { text: '孙', limit: 2, after: second.next })
  const names = [first, second, third].flatMap((page) => page.rows.map((row) => row.name))
  expect(new Set(names).size).toBe(5)
  expect(third.next).toBeUndefined()
})

test('a customer shows how many repairs it has and how many are open', () => {
  const { id, uid } = create()
  const summary = () => shop.call('customers.list', {}).rows.find((row) => row.uid === uid)
  shop.receive({}, {}, { customer: { id } })
  const done = shop.receive({}, {}, { customer: { id } }).id
  expect(summary()).toMatchObject({ repairs: 2, openRepairs: 2 })
  shop.call('repairs.cancel', { ...shop.targets(done), reason: '不修了' })
  expect(summary()).toMatchObject({ repairs: 2, openRepairs: 1 })
})

const wrong: [string, object, string, string][] = [
  ['no name', { name: '  ' }, 'name', 'field.required'],
  ['an over-long name', { name: '名'.repeat(121) }, 'name', 'field.too_long'],
  ['a name with a control character', { name: 'a\u0001b' }, 'name', 'field.control_character'],
  ['a name with a bidirectional override', { name: 'a\u202eb' }, 'name', 'field.control_character'],
  ['a name that is no text', { name: 12 }, 'name', 'field.wrong_type'],
  ['a phone of letters', { phones: [phone('call me')] }, 'phones.0.number', 'field.phone'],
  ['a phone of two digits', { phones: [phone('12')] }, 'phones.0.number', 'field.phone'],
  ['a formula for a phone', { phones: [phone('=1+1+1')] }, 'phones.0.number', 'field.phone'],
  [
    'eleven phones',
    { phones: Array.from({ length: 11 }, () => phone('13800138000')) },
    'phones',
    'field.too_many',
  ],
  [
    'a phone with an unknown field',
    { phones: [{ ...phone('13800138000'), fax: true }] },
    'phones.0.fax',
    'field.unknown',
  ],
  ['an e-mail without an at sign', { email: 'nobody' }, 'email', 'field.email'],
  ['a kind nobody knows', { kind: 'robot' }, 'kind', 'field.not_an_option'],
  ['a tier nobody knows', { tier: 'platinum' }, 'tier', 'field.not_an_option'],
  ['a language we do not print', { language: 'fr' }, 'language', 'field.not_an_option'],
  ['an over-long address', { address: 'x'.repeat(401) }, 'address', 'field.too_long'],
  ['a contact without a name', { contacts: [contact('')] }, 'contacts.0.name', 'field.required'],
  ['an unknown field', { creditLimit: 1 }, 'creditLimit', 'field.unknown'],
]

test.each(wrong)(
  'a customer with %s is refused at the field and nobody is written down',
  (_what, given, path, code) => {
    expect(refusal(() => create(given)).fields).toContainEqual(expect.objectContaining({ path, code }))
    expect(shop.call('customers.list', {}).rows).toEqual([])
  },
)

test('text that looks like a formula is kept as the text it is', () => {
  const { uid } = create({ name: '=HYPERLINK("http://x")', notes: '@SUM(A1)' })
  expect(get(uid)).toMatchObject({ name: '=HYPERLINK("http://x")', notes: '@SUM(A1)' })
})

test('a cursor no list handed out is refused, and so is a page of thousands', () => {
  for (const after of ['x', '-1', '1;DROP TABLE customers', '9'.repeat(30)]) {
    expect(refusal(() => shop.call('customers.list', { after }))).toMatchObject({
      path: 'after',
      code: 'field.format',
    })
  }
  expect(refusal(() => shop.call('customers.list', { limit: 5000 }))).toMatchObject({
    path: 'limit',
    code: 'field.out_of_range',
  })
})

test('a command sent twice writes one customer; the same id with other content is refused', () => {
  const commandId = '018f4e9a-0000-7000-8000-000000000001'
  const first = shop.call('customers.create', { commandId, ...shop.customer() })
  expect(shop.call('customers.create', { commandId, ...shop.customer() })).toEqual(first)
  expect(shop.call('customers.list', {}).rows).toHaveLength(1)
  const other = () => shop.call('customers.create', { commandId, ...shop.customer({ name: '别人' }) })
  expect(refusal(other).code).toBe('command.reused')
})

test('a technician reads customers but does not write them', () => {
  const { uid } = create()
  const technician = shop.as('technician')
  expect(technician.call('customers.get', { uid }).uid).toBe(uid)
  expect(refusal(() => technician.call('customers.create', shop.customer())).code).toBe('forbidden')
})

test('a customer may buy on account with days to pay, which a new one does not', () => {
  const { id, uid } = create()
  expect(get(uid)).toMatchObject({ onAccount: false, paymentDays: 0 })
  const terms = { onAccount: true, paymentDays: 30 }
  shop.call('customers.update', { customerId: id, version: 1, ...shop.customer(terms) })
  expect(get(uid)).toMatchObject(terms)
  expect(get(create({ name: '月结客户', ...terms }).uid)).toMatchObject(terms)
  const tooLong = () => create({ paymentDays: 366 })
  expect(refusal(tooLong).fields.map(({ path }) => path)).toEqual(['paymentDays'])
})

test('every change of a customer is in the outbox once, in order', () => {
  const { id, uid } = create()
  shop.call('customers.update', { customerId: id, version: 1, ...shop.customer({ name: '李雷' }) })
  const rows = shop.sql
    .prepare('SELECT type, entity_version AS version FROM outbox WHERE entity_uid = ? ORDER BY id')
    .all(uid)
  expect(rows).toEqual([
    { type: 'customer.created', version: 1 },
    { type: 'customer.updated', version: 2 },
  ])
})
