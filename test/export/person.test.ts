import { afterEach, beforeEach, expect, test } from 'vitest'
import { columnsOf, dataClasses } from '#core/privacy/classes.ts'
import { reachOf } from '#core/privacy/reach.ts'
import { personPage } from '#host/transfer/person-page.ts'
import { personWords, unreadColumns } from '#host/transfer/person-words.ts'
import { cashShop, type CashShop } from '../core/billing/cash-kit.ts'

/* What a person takes along can be read by them, in their language, and nothing about them is missing. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => shop.close())

const languages = ['zh-CN', 'en'] as const
const about = dataClasses
  .filter(({ subject }) => subject === 'customer')
  .flatMap(columnsOf)
  .filter((column) => (column.split('.')[0] ?? '') in reachOf)

test.each(languages)('every column about a person has its words on the page in %s', (language) => {
  const { tables, columns } = personWords[language]
  const missing = about.filter((whole) => {
    const [table = '', column = ''] = whole.split('.')
    return !unreadColumns.includes(whole) && (!(table in tables) || !(column in columns || whole in columns))
  })
  expect(missing).toEqual([])
  expect(unreadColumns.filter((column) => !about.includes(column))).toEqual([])
})

test('both languages say the same things, in one order', () => {
  const { 'zh-CN': zh, en } = personWords
  expect(Object.keys(zh.tables)).toEqual(Object.keys(en.tables))
  expect(Object.keys(zh.columns)).toEqual(Object.keys(en.columns))
  expect(JSON.stringify(Object.entries(zh.values).map(([key, words]) => [key, Object.keys(words)]))).toBe(
    JSON.stringify(Object.entries(en.values).map(([key, words]) => [key, Object.keys(words)])),
  )
})

/** A company with a contact, a repair that was billed and paid, and a record that was merged into theirs. */
function regular(): string {
  const company = {
    kind: 'company' as const,
    name: 'Lopez Ltd',
    tier: 'vip' as const,
    channel: 'wechat' as const,
    phones: [{ number: '13872645911', label: 'office' }],
    contacts: [{ name: 'Chen', role: 'buyer', phone: null, email: 'chen@example.org' }],
  }
  const customer = shop.call('customers.create', shop.customer(company))
  const { id } = shop.receive(
    { faultText: 'no <sound>', internalNote: 'knows the owner' },
    { accessories: [{ accessoryId: null, name: 'red case', serial: 'C-7' }] },
    { customer: { id: customer.id } },
  )
  shop.assign(id)
  shop.work(id, 'start')
  shop.call('repairs.addNote', { repairId: id, text: 'rang, nobody there' })
  shop.charge(id, 5000)
  const other = shop.call('customers.create', shop.customer({ name: 'Lopez GmbH', address: '人民路 12 号' }))
  shop.receive({ faultText: 'cracked' }, {}, { customer: { id: other.id } })
  shop.call('customers.merge', { intoId: customer.id, intoVersion: 1, fromId: other.id, fromVersion: 1 })
  return customer.uid
}

test.each([
  ['en', ['VIP', 'WeChat', 'Company', 'What you left with a device', 'Charges']],
  ['zh-CN', ['VIP', '微信', '单位', '随机附件', '收费项目']],
] as const)('the page in %s tells all of it in words', (language, words) => {
  const data = shop.app.run('transfer.person', { customerUid: regular() })
  const page = personPage({
    data,
    language,
    shop: { name: 'Corner Repairs', timeZone: 'Asia/Shanghai', currency: 'CNY' },
    now: shop.clock.now(),
  })
  const told = [
    'Lopez Ltd',
    '13872645911',
    'chen@example.org',
    'no &lt;sound&gt;',
    'knows the owner',
    'red case',
  ]
  const merged = ['Lopez GmbH', '人民路 12 号', 'cracked']
  for (const text of [...told, ...merged, 'rang, nobody there', ...words])
    expect([text, page.includes(text)]).toEqual([text, true])
  // Codes are the program's words, not a person's.
  for (const code of ['vip<', 'wechat<', '>company<', '[object'])
    expect([code, page.includes(code)]).toEqual([code, false])
})
