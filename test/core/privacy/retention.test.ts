import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Retention } from '#contract/privacy.ts'
import { day, repairShop, type RepairShop } from '../repairs/kit.ts'

/* What a shop decided to keep for so long goes by itself, in small steps, and each step can be read up. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const year = 366 * day
const rules = (changes: Partial<Retention>) => {
  const { retention } = shop.call('settings.get', {}).settings
  shop.settings({ retention: { ...retention, ...changes } })
}
const round = () => shop.app.run('schedule.retention', { commandId: randomUUID() })
const due = () => shop.call('privacy.retentionDue', {})
const count = (table: string) => shop.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const audited = (rule: string) =>
  shop.sql
    .prepare('SELECT input FROM audit_log WHERE method = ? ORDER BY id')
    .pluck()
    .all(`retention.${rule}`) as string[]
const customer = (name: string) => shop.call('customers.create', shop.customer({ name }))

test('customers without dealings for the years given are erased, those with an open repair or a visit since are not', () => {
  const [idle, open, back] = [customer('甲甲'), customer('乙乙'), customer('丙丙')]
  shop.receive({}, {}, { customer: { id: open.id } })
  rules({ inactiveCustomerYears: 2 })
  shop.clock.advance(2 * year)
  shop.receive({}, {}, { customer: { id: back.id } })
  expect(due().customers).toEqual({ count: 1, more: false })
  expect(round()).toEqual({ erased: 1, more: false })
  const erased = [idle, open, back].map(({ uid }) => shop.call('customers.get', { uid }).erasedAt !== null)
  expect(erased).toEqual([true, false, false])
  expect(audited('inactiveCustomerYears').map((input) => JSON.parse(input).uid)).toEqual([idle.uid])
  expect(due().customers.count).toBe(0)
})

test('nothing goes while the shop keeps for ever', () => {
  customer('甲甲')
  shop.clock.advance(50 * year)
  expect(due().customers.count).toBe(0)
  expect(round()).toEqual({ erased: 0, more: false })
})

test('many are worked off in rounds, and somebody who owes does not hold up those behind', () => {
  const owing = customer('欠款')
  for (let n = 0; n < 25; n++) customer(`客户${n}`)
  shop.sql.prepare("INSERT INTO money_balances VALUES ('receivable', 1, ?, 100)").run(owing.id)
  rules({ inactiveCustomerYears: 1 })
  shop.clock.advance(2 * year)
  expect(due().customers.count).toBe(26)
  const rounds = [round(), round(), round()]
  expect(rounds.map(({ more }) => more)).toEqual([true, true, false])
  expect(rounds.reduce((sum, { erased }) => sum + erased, 0)).toBe(25)
  expect(shop.call('customers.get', { uid: owing.uid }).erasedAt).toBeNull()
})

test('pictures of a repair closed long ago go, with the places that named them; those of others stay', () => {
  const draftUid = randomUUID()
  const [photo, signature] = [shop.upload(draftUid), shop.upload(draftUid, 'signature')]
  const signed = { draftUid, signatureUid: signature, noSignatureReason: null }
  const { id } = shop.receive({}, { photoUids: [photo] }, signed)
  shop.sql
    .prepare("UPDATE repairs SET state = 'closed', closed_at = ? WHERE id = ?")
    .run(shop.clock.now(), id)
  const draft = randomUUID()
  const open = shop.receive({}, { photoUids: [shop.upload(draft)] }, { draftUid: draft })
  rules({ attachmentsYears: 3 })
  shop.clock.advance(4 * year)
  expect(due().pictures.count).toBe(2)
  round()
  expect(count('attachments')).toBe(1)
  expect(shop.row(id)['signature_uid']).toBeNull()
  expect(shop.sql.prepare('SELECT repair_id FROM attachments').pluck().all()).toEqual([open.id])
  expect(audited('attachmentsYears')).toEqual(['{"count":2}'])
})

test('an unfinished intake nobody came back to goes after its days', () => {
  const input = { uid: randomUUID(), version: 0, title: '甲', step: 'customer', content: {} }
  shop.as('counter').call('drafts.save', input)
  shop.clock.advance(89 * day)
  round()
  expect(count('drafts')).toBe(1)
  shop.clock.advance(2 * day)
  expect(due().drafts.count).toBe(1)
  round()
  expect(count('drafts')).toBe(0)
})

test('the text of a message goes after its years; that it was sent stays', () => {
  const { id } = shop.receive()
  shop.sql
    .prepare(
      `INSERT INTO notices (uid, repair_id, kind, channel, language, address, body, state, created_at)
       VALUES ('n', ?, 'ready', 'email', 'en', 'a@b.c', 'Dear Maria', 'sent', ?)`,
    )
    .run(id, shop.clock.now())
  rules({ messagesYears: 1 })
  shop.clock.advance(2 * year)
  round()
  const row = shop.sql.prepare('SELECT address, body, state FROM notices').get()
  expect(row).toEqual({ address: '', body: '', state: 'sent' })
})

test('rows an import refused go after their days; the import itself stays', () => {
  shop.sql
    .prepare(
      `INSERT INTO import_runs (id, uid, profile_id, profile, target, file_name, file_hash, state, rejected, started_at, ended_at)
       VALUES (1, 'run', 'p', '{}', 'customers', 'a.csv', 'h', 'done', 1, :now, :now)`,
    )
    .run({ now: shop.clock.now() })
  shop.sql.exec(`INSERT INTO import_rejects (run_id, line, field, code, params, cells)
    VALUES (1, 2, 'phone', 'field.phone', '{}', '["Maria"]')`)
  shop.clock.advance(91 * day)
  round()
  expect([count('import_rejects'), count('import_runs')]).toEqual([0, 1])
})
