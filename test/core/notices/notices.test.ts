import { describe, expect, test } from 'vitest'
import { defaultSettings } from '#core/settings/settings.ts'
import { dueNotice, nextTryAfter } from '#core/notices/notices.ts'
import { day, repairShop } from '../repairs/kit.ts'

const minute = 60_000

/** A shop with a mail server, and a device that stands ready. */
function readyShop() {
  const shop = repairShop()
  const change = (settings: object) => {
    const { version } = shop.call('settings.get', {})
    shop.call('settings.update', { version, settings })
  }
  return { ...shop, change, id: shop.at('processed') }
}

const mail = { host: 'mail.example', port: 465, secure: true, user: 'shop', from: 'shop@example.com' }
const letter = {
  kind: 'ready',
  channel: 'email',
  language: 'zh-CN',
  address: 'zhang@example.com',
  subject: '您的设备已修好',
  body: '请携带取机单来店取机。',
} as const

describe('what a customer is told when a device is ready', () => {
  test('a text copied or printed is kept with the repair, with who told it and when', () => {
    const shop = readyShop()
    shop
      .as('counter')
      .call('notices.record', { repairId: shop.id, ...letter, channel: 'copy', address: null })
    const [notice] = shop.call('notices.ofRepair', { repairId: shop.id })
    expect(notice).toMatchObject({ kind: 'ready', channel: 'copy', state: 'done', body: letter.body })
    expect(notice?.createdBy).toBeTruthy()
    expect(shop.log(shop.id).at(-1)?.detail).toMatchObject({ notice: 'ready', channel: 'copy' })
  })

  test('an e-mail without a mail server is refused, and one without an address is refused at the address', () => {
    const shop = readyShop()
    expect(() => shop.call('notices.record', { repairId: shop.id, ...letter })).toThrow('mail.not_set_up')
    shop.change({ mail })
    expect(() => shop.call('notices.record', { repairId: shop.id, ...letter, address: null })).toThrow(
      expect.objectContaining({
        fields: [expect.objectContaining({ path: 'address', code: 'notice.address_required' })],
      }),
    )
    expect(shop.call('notices.ofRepair', { repairId: shop.id })).toEqual([])
  })

  test('an e-mail the server refuses is tried again later and later, and given up after the sixth try', () => {
    const shop = readyShop()
    shop.change({ mail })
    const { id } = shop.call('notices.record', { repairId: shop.id, ...letter })
    const states: string[] = []
    for (let round = 0; round < 6; round++) {
      const [queued] = shop.call('post.queue', { limit: 10 })
      expect(queued).toMatchObject({ id, subject: letter.subject })
      states.push(shop.call('post.tried', { noticeId: id, problem: '550 no such user' }).state)
      expect(shop.call('post.queue', { limit: 10 })).toEqual([])
      shop.clock.advance(8 * 60 * minute)
    }
    expect(states).toEqual(['queued', 'queued', 'queued', 'queued', 'queued', 'failed'])
    expect(shop.call('notices.mailStanding', {})).toMatchObject({ queued: 0, failed: 1 })
    const [failed] = shop.call('notices.ofRepair', { repairId: shop.id })
    expect(failed).toMatchObject({ state: 'failed', problem: '550 no such user', tries: 6 })
  })

  test('a failed e-mail goes into the queue again when a person says so, a sent one does not', () => {
    const shop = readyShop()
    shop.change({ mail })
    const { id } = shop.call('notices.record', { repairId: shop.id, ...letter })
    for (let round = 0; round < 6; round++) shop.call('post.tried', { noticeId: id, problem: 'no route' })
    const [failed] = shop.call('notices.ofRepair', { repairId: shop.id })
    shop.call('notices.retry', { noticeId: id, version: failed?.version ?? 0 })
    expect(shop.call('post.queue', { limit: 10 })).toHaveLength(1)
    shop.call('post.tried', { noticeId: id, problem: null })
    const [sent] = shop.call('notices.ofRepair', { repairId: shop.id })
    expect(sent).toMatchObject({ state: 'sent', problem: '' })
    expect(() => shop.call('notices.retry', { noticeId: id, version: sent?.version ?? 0 })).toThrow(
      'notice.not_failed',
    )
  })

  test('the password of the mail server never leaves: not in the settings, not in the audit log, not in the file as it is', () => {
    const shop = readyShop()
    shop.change({ mail })
    shop.call('settings.setMailPassword', { password: 'geheim-9Zx' })
    expect(shop.call('notices.mailStanding', {}).hasPassword).toBe(true)
    expect(shop.call('post.server', {})).toMatchObject({ password: 'geheim-9Zx' })
    expect(JSON.stringify(shop.call('settings.get', {}))).not.toContain('geheim')
    for (const table of ['audit_log', 'settings', 'outbox', 'commands'])
      expect(JSON.stringify(shop.all(`SELECT * FROM ${table}`))).not.toContain('geheim')
  })
})

describe('devices nobody collects', () => {
  const { storage } = defaultSettings
  const processedAt = Date.UTC(2026, 0, 5, 2)
  const due = (today: string, ...told: string[]) =>
    dueNotice({ processedAt, told: told.map((kind) => ({ kind })) }, storage, today, 'Asia/Shanghai')

  test('the ready notice is due at once, then nothing until the first reminder day', () => {
    expect(due('2026-01-05')).toMatchObject({ kind: 'ready', dueOn: '2026-01-05' })
    expect(due('2026-01-07', 'ready')).toBeNull()
    expect(due('2026-01-08', 'ready')).toMatchObject({ kind: 'reminder', dueOn: '2026-01-08' })
  })

  test('after a long holiday one reminder is due, not one for each day missed', () => {
    expect(due('2026-02-10', 'ready')).toMatchObject({ kind: 'reminder', dueOn: '2026-02-04' })
    expect(due('2026-02-10', 'ready', 'reminder', 'reminder', 'reminder')).toBeNull()
  })

  test('the final notice comes before any disposal, however long the device has stood', () => {
    expect(due('2027-01-01', 'ready', 'reminder')).toMatchObject({ kind: 'final' })
    expect(due('2026-03-20', 'ready', 'final')).toBeNull()
    expect(due('2026-04-05', 'ready', 'final')).toMatchObject({ kind: 'disposal', dueOn: '2026-04-05' })
  })

  test('Today names whom to tell: ready ones at once, and nobody any more once the device is collected', () => {
    const shop = readyShop()
    expect(shop.call('notices.due', {})).toMatchObject([
      { kind: 'ready', repairNumber: shop.row(shop.id).number },
    ])
    // Named as every other list names it: the window puts it into the language of who reads.
    const { brand, model, category } = shop.call('repairs.get', { uid: shop.row(shop.id).uid })
    expect(shop.call('notices.due', {})).toMatchObject([{ brand, model, category }])
    shop.call('notices.record', { repairId: shop.id, ...letter, channel: 'phone', address: null })
    expect(shop.call('notices.due', {})).toEqual([])
    shop.clock.advance(4 * day)
    expect(shop.call('notices.due', {})).toMatchObject([{ kind: 'reminder' }])
    shop.handOver(shop.id)
    expect(shop.call('notices.due', {})).toEqual([])
  })

  test('waits grow from a minute to eight hours', () => {
    expect([1, 2, 3, 4, 5, 6].map(nextTryAfter)).toEqual([
      minute,
      5 * minute,
      30 * minute,
      120 * minute,
      480 * minute,
      null,
    ])
  })
})

describe('the link behind the QR of the ticket', () => {
  test('it is the same each time, cannot be guessed from the repair, and leads nowhere once it is taken back', () => {
    const shop = readyShop()
    const { path } = shop.call('notices.reportLink', { repairId: shop.id })
    expect(shop.call('notices.reportLink', { repairId: shop.id }).path).toBe(path)
    const token = path.split('/').at(-1) ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(shop.call('post.repairOfLink', { token })).toEqual({
      repair: { id: shop.id, uid: shop.row(shop.id).uid },
    })
    expect(shop.call('post.repairOfLink', { token: shop.row(shop.id).uid })).toEqual({ repair: null })
    shop.call('notices.revokeLink', { repairId: shop.id, reason: '取机单遗失' })
    expect(shop.call('post.repairOfLink', { token })).toEqual({ repair: null })
    expect(shop.call('notices.reportLink', { repairId: shop.id }).path).not.toBe(path)
  })
})
