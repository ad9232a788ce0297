import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import { day, refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from '../billing/cash-kit.ts'

/* What becomes of a device nobody collects (domain §3.2): final notice, sale or other disposal, surplus to the owner. */
let shop: CashShop
let repairId: number
beforeEach(() => {
  shop = cashShop()
  const { storage } = shop.call('settings.get', {}).settings
  shop.settings({
    storage: { ...storage, graceDays: 7, perDayMinor: 100, capMinor: 5000, finalDays: 30, disposalDays: 90 },
  })
  repairId = shop.at('processed')
  shop.clock.advance(10 * day)
})
afterEach(() => {
  shop.sound()
  shop.close()
})

const tell = (kind: 'ready' | 'final', id = repairId) =>
  shop.call('notices.record', {
    repairId: id,
    kind,
    channel: 'print',
    language: 'zh-CN',
    address: null,
    subject: '',
    body: '请尽快取机',
  })
const sale = {
  proceedsMinor: 50_000,
  costsMinor: 2000,
  method: 'card',
  reference: '',
  payFees: true,
} as const
type Given = Partial<Omit<InputOf<'disposals.dispose'>, 'commandId' | 'repairId' | 'version'>>
const dispose = (given: Given = {}, as: Parameters<CashShop['as']>[0] = 'manager') =>
  shop.as(as).call('disposals.dispose', {
    ...shop.target(repairId),
    kind: 'sold',
    buyer: '李四',
    note: '',
    mediaWiped: true,
    earlyReason: '',
    sale,
    ...given,
  })
const standing = () => shop.call('disposals.ofRepair', { repairId }).standing
/** The final notice was given and the days are over. */
const due = () => {
  tell('final')
  shop.clock.advance(80 * day)
}

describe('when a device may be disposed of', () => {
  test('never before the final notice, and not before the days the shop promises in it are over', () => {
    expect(refusal(() => dispose()).fields).toMatchObject([
      { path: 'earlyReason', code: 'disposal.no_final_notice' },
    ])
    shop.clock.advance(100 * day)
    tell('final')
    const { from } = standing()
    expect(refusal(() => dispose()).fields).toMatchObject([
      { path: 'earlyReason', code: 'disposal.too_early', params: { from } },
    ])
    shop.clock.advance(59 * day)
    expect(standing().due).toBe(false)
    shop.clock.advance(day)
    expect(standing()).toMatchObject({ due: true, possible: true })
    dispose()
    expect(shop.row(repairId).state).toBe('unclaimed')
  })

  test('earlier only with a reason, which the history keeps', () => {
    dispose({ earlyReason: '机主书面放弃', kind: 'recycled', sale: null, mediaWiped: false })
    expect(shop.log(repairId).at(-1)).toMatchObject({
      text: '机主书面放弃',
      detail: { disposal: 'recycled' },
    })
  })

  test('a final notice by e-mail counts once the mail has gone out', () => {
    shop.settings({
      mail: { host: 'mail.example', port: 465, secure: true, user: '', from: 'shop@example.com' },
    })
    const { id: noticeId } = shop.call('notices.record', {
      repairId,
      kind: 'final',
      channel: 'email',
      language: 'zh-CN',
      address: 'zhang@example.com',
      subject: '最后通知',
      body: '请取机',
    })
    expect(standing().finalOn).toBeNull()
    shop.call('post.tried', { noticeId, problem: null })
    expect(standing().finalOn).not.toBeNull()
  })

  test('a device on the bench, collected or disposed of already is refused', () => {
    due()
    dispose()
    expect(refusal(() => dispose()).code).toBe('repair.disposed')
    repairId = shop.at('in_repair')
    expect(refusal(() => dispose({ earlyReason: '急' })).code).toBe('repair.not_allowed_in_state')
    repairId = shop.at('collected')
    expect(refusal(() => dispose({ earlyReason: '急' })).code).toBe('repair.not_allowed_in_state')
  })

  test('who only works at the counter may not dispose of anything', () => {
    due()
    expect(refusal(() => dispose({}, 'counter')).code).toBe('forbidden')
  })

  test('with a loaner still out, the device stays', () => {
    due()
    const loaner = { name: '备用机', serial: 'L1', valueMinor: 0, condition: '', active: true }
    const { id: loanerId } = shop.call('loaners.create', { loaner })
    const dueOn = shop.today(3)
    shop.call('loaners.lend', { loanerId, repairId, dueOn, conditionOut: '', signatureUid: null })
    expect(refusal(() => dispose()).code).toBe('loaner.still_out')
  })
})

describe('what a disposal must say', () => {
  beforeEach(due)

  test('a device that goes to somebody else goes without the data of its owner', () => {
    for (const kind of ['sold', 'donated'] as const) {
      const given = { kind, mediaWiped: false, sale: kind === 'sold' ? sale : null }
      expect(refusal(() => dispose(given)).fields).toMatchObject([
        { path: 'mediaWiped', code: 'disposal.media_not_wiped' },
      ])
    }
    dispose({ kind: 'kept_for_parts', mediaWiped: false, sale: null })
  })

  test('a sale has its money, nothing else has, and costs are not more than was paid', () => {
    expect(refusal(() => dispose({ sale: null })).fields).toMatchObject([{ code: 'disposal.sale_required' }])
    expect(refusal(() => dispose({ kind: 'recycled' })).fields).toMatchObject([{ path: 'sale' }])
    const dear = { ...sale, costsMinor: 50_001 }
    expect(refusal(() => dispose({ sale: dear })).fields).toMatchObject([
      { path: 'sale.costsMinor', code: 'disposal.costs_too_large', params: { max: 50_000 } },
    ])
  })

  test('cash of a sale needs an open drawer; nothing is written without it', () => {
    const cash = { ...sale, method: 'cash' as const }
    expect(refusal(() => dispose({ sale: cash })).code).toBe('shift.required')
    expect(shop.row(repairId).state).toBe('processed')
    expect(shop.call('disposals.ofRepair', { repairId }).disposals).toEqual([])
  })

  test('a sale that only covered its costs leaves nothing to receive', () => {
    const { receipt, surplusMinor } = dispose({ sale: { ...sale, proceedsMinor: 2000 } })
    expect([receipt, surplusMinor]).toEqual([null, 0])
  })
})

describe('the money of a sale', () => {
  beforeEach(due)
  const owed = () => shop.call('payments.owed', { withDeposits: false })

  test('pays what the owner owes with the storage so far, and the rest is owed to the owner', () => {
    shop.charge(repairId, 12_000)
    const { receipt, surplusMinor } = dispose()
    // 48,000 came in; 12,000 for the repair and the capped storage fee of 5,000 were open.
    expect(surplusMinor).toBe(31_000)
    expect(shop.ledger('card')).toBe(48_000)
    expect(shop.ledger('deposits', repairId)).toBe(-31_000)
    const money = shop.call('charges.ofRepair', { repairId })
    expect(money).toMatchObject({ openMinor: 0, depositMinor: 31_000, storageFeeMinor: 0, dueMinor: -31_000 })
    expect(money.payments.map(({ number }) => number)).toEqual([receipt?.number])
    expect(owed()).toMatchObject([
      { kind: 'surplus', amountMinor: 31_000, repairUid: shop.row(repairId).uid },
    ])
    const own = { customerId: shop.customerOf(repairId), withDeposits: true }
    expect(shop.call('payments.owed', own)).toEqual(owed())
  })

  test('an invoice issued before is paid too, and nothing is billed when the shop takes no fees', () => {
    shop.charge(repairId, 12_000)
    const { id } = shop.issue([repairId])
    dispose({ sale: { ...sale, payFees: false } })
    expect(shop.ledger('receivable', id)).toBe(12_000)
    expect(shop.ledger('deposits', repairId)).toBe(-48_000)
    repairId = shop.at('processed')
    shop.charge(repairId, 9000)
    const open = shop.issue([repairId])
    dispose({ earlyReason: '机主同意' })
    expect(shop.ledger('receivable', open.id)).toBe(0)
    expect(shop.ledger('deposits', repairId)).toBe(-39_000)
  })

  test('less than the fees pays a part of them, and nothing is owed to the owner', () => {
    shop.charge(repairId, 90_000)
    expect(dispose().surplusMinor).toBe(0)
    expect(shop.call('charges.ofRepair', { repairId }).openMinor).toBe(90_000 + 5000 - 48_000)
    expect(owed()).toEqual([])
  })

  test('the surplus is owed until it is paid back or forfeited', () => {
    const { surplusMinor } = dispose()
    shop.refund({ kind: 'deposit', repairId }, 40_000, 'wechat')
    expect(owed()).toMatchObject([{ amountMinor: surplusMinor - 40_000 }])
    shop.call('payments.forfeit', { repairId, amountMinor: surplusMinor - 40_000, reason: '三年未领' })
    expect(owed()).toEqual([])
  })

  test('storage ends with the disposal', () => {
    const { storage } = shop.call('settings.get', {}).settings
    shop.settings({ storage: { ...storage, capMinor: 0 } })
    dispose({ kind: 'recycled', sale: null })
    const fee = () => shop.call('charges.ofRepair', { repairId }).storageFeeMinor
    const then = fee()
    expect(then).toBe(8300)
    shop.clock.advance(30 * day)
    expect(fee()).toBe(then)
  })

  test('its receipt is taken back with the disposal, not by itself', () => {
    const { receipt } = dispose()
    const reverse = { paymentUid: receipt?.uid ?? '', reason: '错' }
    expect(refusal(() => shop.call('payments.reverse', reverse)).code).toBe('payment.of_disposal')
  })
})

describe('after a disposal', () => {
  beforeEach(due)
  const voidIt = (disposalId: number) => shop.call('disposals.void', { disposalId, reason: '弄错机器' })

  test('nobody can collect the device any more', () => {
    dispose()
    expect(refusal(() => shop.handOver(repairId))).toMatchObject({
      code: 'repair.disposed',
      params: { number: shop.row(repairId).number, on: '2026-05-31' },
    })
  })

  test('it stands no longer among what may be disposed of', () => {
    const list = () => shop.call('notices.due', {}).map(({ kind }) => kind)
    expect(list()).toEqual(['disposal'])
    shop.call('repairs.markUnclaimed', { ...shop.target(repairId), reason: '无人领取' })
    expect(list()).toEqual(['disposal'])
    dispose()
    expect(list()).toEqual([])
  })

  test('the passcode goes as many days later as after a hand-over', () => {
    const { id } = shop.receive({}, { passcode: '1234', passcodeKind: 'text' })
    repairId = id
    shop.assign(id)
    shop.work(id, 'start')
    shop.work(id, 'repair')
    shop.solve(id)
    dispose({ earlyReason: '机主放弃' })
    const text = 'SELECT purge_after FROM repair_passcodes WHERE repair_id = ?'
    const days = shop.call('settings.get', {}).settings.passcodePurgeDays
    expect(shop.sql.prepare(text).pluck().get(id)).toBe(shop.today(days))
  })

  test('one made by mistake is void: the money goes back, the fees are open again, the device can be collected', () => {
    shop.charge(repairId, 12_000)
    const { id, receipt } = dispose()
    voidIt(id)
    expect([shop.ledger('card'), shop.ledger('deposits', repairId)]).toEqual([0, 0])
    expect(shop.call('charges.ofRepair', { repairId }).openMinor).toBe(17_000)
    expect(shop.call('payments.owed', { withDeposits: true })).toEqual([])
    expect(shop.call('disposals.ofRepair', { repairId })).toMatchObject({
      standing: { possible: true },
      disposals: [{ voided: { reason: '弄错机器' } }],
    })
    expect(refusal(() => voidIt(id)).code).toBe('disposal.voided')
    // A slip finds its buyer by the receipt: sold again, each sale keeps its own, and what took the first one back
    // names that.
    const again = dispose({ buyer: '王五' })
    const { disposals } = shop.call('disposals.ofRepair', { repairId })
    expect(disposals.map(({ buyer }) => buyer)).toEqual(['王五', '李四'])
    expect(disposals.map(({ receipt }) => receipt?.number)).toEqual([again.receipt?.number, receipt?.number])
    const slips = shop.call('charges.ofRepair', { repairId }).payments
    expect(slips.flatMap(({ reverses }) => reverses ?? [])).toEqual([receipt?.number])
  })

  test('not when the owner was given some of the surplus already', () => {
    const { id, surplusMinor } = dispose()
    shop.refund({ kind: 'deposit', repairId }, 1000)
    expect(refusal(() => voidIt(id))).toMatchObject({ code: 'disposal.surplus_gone' })
    expect(shop.ledger('deposits', repairId)).toBe(1000 - surplusMinor)
  })
})
