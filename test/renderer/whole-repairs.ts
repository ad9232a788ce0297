import { onlyCustomer } from '#contract/charges.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { TimelineRow } from '#contract/repairs.ts'

import { credited, disposed } from './disposed-repairs.ts'
import { benchShop, type BenchShop } from '../core/quotes/bench-kit.ts'
import { anyUid, day } from '../core/repairs/kit.ts'

/**
 * Plays repairs through everything a shop does with them, from the bench to the cash desk and beyond, and answers
 * every line of their histories as the window gets them.
 */
export function playWholeRepairs(): TimelineRow[] {
  const shop = benchShop()
  try {
    const ids = [
      quoted,
      partsOfAllEnds,
      sentOut,
      billed,
      paid,
      waited,
      forgotten,
      afterwards,
      disposed,
      credited,
      worked,
    ].flatMap((play) => play(shop))
    return ids.flatMap((repairId) => shop.call('repairs.timeline', { repairId }))
  } finally {
    shop.close()
  }
}

/** Quotes: sent, refused, sent again, run out, approved late, with a part that is waited for and comes. */
function quoted(shop: BenchShop): number[] {
  const id = shop.at('diagnosing')
  const partId = shop.part(0)
  const option = () => shop.option(shop.line(10_000), shop.partLine(partId, 20_000))
  shop.refuse(shop.asked(id, [option()]))
  const sent = shop.send(shop.quote(id, [option()]))
  shop.approve(sent)
  const goods = { partId, quantity: 1000, unitCostMinor: 1000, binId: shop.binId, serials: [] }
  shop.call('stock.receive', { supplier: '供应商', document: 'LS-9', note: '', lines: [goods] })
  const other = shop.at('diagnosing')
  const late = shop.asked(other, [shop.option(shop.line(5000))])
  shop.clock.advance(30 * day)
  shop.refuse(late)
  return [id, other]
}

/** Hours written down and taken off, tests passed and failed, a repair that was not solved twice. */
function worked(shop: BenchShop): number[] {
  const id = shop.at('in_repair')
  const labour = shop.call('work.addLabour', {
    repairId: id,
    serviceId: null,
    description: '换电池',
    standardMinutes: 30,
    actualMinutes: 20,
    doneOn: null,
    credits: [],
    note: '',
  })
  shop.call('work.removeLabour', { labourId: labour.id, version: labour.version })
  const item = shop.call('dictionaries.add', {
    kind: 'test_item',
    parentId: shop.categoryId,
    zh: '触摸',
    en: 'Touch',
  })
  shop.work(id, 'test')
  for (const result of ['failed', 'passed'] as const) {
    const results = [{ itemId: item.id, result, note: '' }]
    shop.call('work.recordTest', { ...shop.target(id), results, note: '' })
  }
  shop.fail(id)
  shop.assign(id)
  shop.work(id, 'start')
  shop.fail(id)
  shop.call('repairs.unlock', {
    ...shop.target(id),
    resolution: { kind: 'new_date', dueOn: shop.today(9), consent: '李女士，电话' },
  })
  return [id]
}

/** Parts planned, reserved, issued below zero, and each end a part can have. */
function partsOfAllEnds(shop: BenchShop): number[] {
  const id = shop.at('in_repair')
  const reason = '写明原因'
  const more = { reason, personId: shop.technicianId }
  const partId = shop.part(9)
  const plan = (reserve: boolean) =>
    shop.call('stock.plan', { repairId: id, partId, quantity: 1500, reserve })
  const planned = plan(false)
  const reserved = shop.call('stock.reserve', { repairPartId: planned.id, version: planned.version })
  shop.call('stock.drop', { repairPartId: planned.id, version: reserved.version, reason })
  for (const result of ['used', 'returned', 'dead_on_arrival', 'broken_here', 'lost'] as const) {
    plan(true)
    const open = shop.partsOf(id).find((line) => line.state === 'reserved')!
    shop.settle(shop.issue(open), result, more)
  }
  const none = shop.part(0)
  shop.call('stock.issue', {
    repairId: id,
    repairPartId: null,
    code: shop.call('stock.parts', { limit: 50 }).rows.find((part) => part.id === none)!.number,
    quantity: null,
    binId: null,
    overrideReason: '货已到，未入库',
  })
  return [id]
}

/** Work outside with an exchanged unit, and a loaner meanwhile. */
function sentOut(shop: BenchShop): number[] {
  const id = shop.at('diagnosing')
  const loaner = { name: '备用机 1', serial: 'LN-1', valueMinor: 80_000, condition: '九成新', active: true }
  const { id: loanerId } = shop.call('loaners.create', { loaner })
  const loan = shop.call('loaners.lend', {
    loanerId,
    repairId: id,
    dueOn: shop.today(3),
    conditionOut: '无划痕',
    signatureUid: null,
  })
  shop.call('work.sendOut', {
    ...shop.target(id),
    kind: 'factory',
    vendor: '华强北主板维修',
    reference: 'V-77',
    expectedOn: shop.today(5),
    note: '',
  })
  shop.call('work.takeBack', {
    ...shop.target(id),
    jobId: shop.call('work.ofRepair', { repairId: id }).external[0]!.id,
    result: 'exchanged',
    serialBack: 'NEW-9',
    costMinor: 12_000,
    note: '',
  })
  shop.call('loaners.takeBack', { loanId: loan.id, version: loan.version, conditionIn: '完好' })
  return [id]
}

type Charge = InputOf<'charges.add'>['line']

/** A bill whose lines are changed, waived and removed; invoices void, credited and written off; a share of warranty. */
function billed(shop: BenchShop): number[] {
  const { id } = shop.receive()
  const { id: claimed } = shop.receive()
  const charge = (line: Partial<Charge>, repairId = id) =>
    shop.call('charges.add', {
      repairId,
      line: {
        kind: 'fee',
        serviceId: null,
        partId: null,
        description: '上门',
        quantity: 1000,
        unitMinor: 10_000,
        discountMinor: 0,
        taxCodeId: shop.taxCodeId,
        shares: [...onlyCustomer],
        standardMinutes: 0,
        warrantyMonths: 0,
        ...line,
      },
    })
  const first = charge({})
  const { id: chargeLineId } = charge({ description: '检测' })
  shop.call('charges.waive', { chargeLineId, reason: '老客户' })
  shop.call('charges.remove', { chargeLineId: charge({ kind: 'external' }).id, reason: '多写' })
  charge({ kind: 'labour', shares: [{ payer: 'warranty', customerId: null, shareBp: 10_000 }] }, claimed)
  shop.call('charges.update', { chargeLineId: first.id, line: { ...shop.line(9000), kind: 'fee' } })
  shop.call('invoices.void', { invoiceId: issue(shop, id).id, reason: '写错了' })
  const invoice = issue(shop, id)
  shop.call('invoices.credit', {
    invoiceId: invoice.id,
    lines: [{ no: 1, grossMinor: 1000 }],
    reason: '让价',
  })
  shop.call('invoices.writeOff', { invoiceId: invoice.id, amountMinor: 500, reason: '收不到' })
  issue(shop, claimed, 'warranty')
  return [id, claimed]
}

function issue(shop: BenchShop, repairId: number, payer: InputOf<'invoices.issue'>['payer'] = 'customer') {
  return shop.call('invoices.issue', {
    repairIds: [repairId],
    payer,
    customerId: null,
    cashRounding: false,
    dueOn: null,
    note: '',
    expectedGrossMinor: null,
  })
}

/** Deposits taken, applied, given back and forfeited; a payment by each method, one of them reversed. */
function paid(shop: BenchShop): number[] {
  const { id } = shop.receive()
  const money = { tenderedMinor: null, reference: '', note: '' }
  const deposit = (amountMinor: number) =>
    shop.call('payments.takeDeposit', { ...money, method: 'wechat', amountMinor, repairId: id })
  deposit(3000)
  shop.call('charges.add', { repairId: id, line: shop.line(20_000) })
  const { id: invoiceId } = issue(shop, id)
  for (const method of ['card', 'transfer', 'alipay', 'other'] as const) {
    const allocations = [{ invoiceId, amountMinor: 100 }]
    const receipt = shop.call('payments.take', { ...money, method, amountMinor: 100, allocations })
    if (method === 'card') shop.call('payments.reverse', { paymentUid: receipt.uid, reason: '刷错' })
  }
  shop.call('shifts.open', { floatMinor: 0 })
  const allocations = [{ invoiceId, amountMinor: 100 }]
  shop.call('payments.take', { ...money, method: 'cash', amountMinor: 100, tenderedMinor: 100, allocations })
  deposit(1000)
  const from = { kind: 'deposit', repairId: id } as const
  shop.call('payments.refund', { method: 'wechat', amountMinor: 400, from, reference: '', reason: '退回' })
  shop.call('repairs.cancel', { ...shop.targets(id), reason: '不修了' })
  shop.call('payments.forfeit', { repairId: id, amountMinor: 600, reason: '约定' })
  return [id]
}

/** Put aside, given to another, edited; a device that stays until a storage fee is due. */
function waited(shop: BenchShop): number[] {
  const { id } = shop.receive()
  const reasonId = shop.call('dictionaries.add', {
    kind: 'suspension_reason',
    zh: '等客户',
    en: 'Customer',
  }).id
  shop.call('repairs.suspend', { ...shop.targets(id), reasonId, wakeOn: shop.today(2), reason: '出差' })
  shop.call('repairs.edit', {
    ...shop.target(id),
    changes: { priority: 'high', warrantyKind: 'manufacturer' },
  })
  shop.call('repairs.setBin', { ...shop.target(id), bin: 'B3' })
  const charger = { accessoryId: null, name: '充电器', serial: 'C-1' }
  shop.call('repairs.addAccessory', { ...shop.target(id), ...charger })
  const sha256 = 'a'.repeat(64)
  const photo = { kind: 'photo', repairId: id, draftUid: null, name: '屏幕.jpg', mime: 'image/jpeg' } as const
  const device = { id: Number(shop.row(id)['device_id']) }
  const again = shop.receive({}, { device, overrideReason: '另一件' })
  shop.app.run('files.register', { commandId: anyUid(), ...photo, size: 10, sha256 }, shop.people.counter)
  const left = shop.at('processed')
  const { version, settings } = shop.call('settings.get', {})
  const storage = { ...settings.storage, graceDays: 7, perDayMinor: 100, capMinor: 5000 }
  shop.call('settings.update', { version, settings: { storage } })
  shop.clock.advance(120 * day)
  shop.call('charges.addStorageFee', { repairId: left })
  return [id, again.id, left]
}

/** Nobody was assigned in time, and nobody finished in time. */
function forgotten(shop: BenchShop): number[] {
  const waiting = shop.receive({ requestedOn: shop.today(1) }).id
  const assigned = shop.receive().id
  shop.assign(assigned, shop.technicianId, { dueOn: shop.today(1) })
  shop.clock.advance(3 * day)
  shop.timeRules()
  return [waiting, assigned]
}

/** What the customer was told, the hand-over and the follow-up. */
function afterwards(shop: BenchShop): number[] {
  const id = shop.at('processed')
  for (const kind of ['ready', 'reminder', 'final', 'quote', 'other'] as const) {
    for (const channel of ['copy', 'print', 'phone'] as const) {
      const letter = { language: 'zh-CN', address: null, subject: '取机', body: '可以取机了' } as const
      shop.call('notices.record', { repairId: id, kind, channel, ...letter })
    }
  }
  shop.call('notices.reportLink', { repairId: id })
  shop.call('notices.revokeLink', { repairId: id, reason: '发错人' })
  shop.handOver(id, { noSignatureReason: 'other', noSignatureNote: '手受伤' })
  shop.notReached(id, shop.today(2))
  shop.dissatisfied(id)
  return [id]
}
