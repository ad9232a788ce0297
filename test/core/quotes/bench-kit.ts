import { expect } from 'vitest'
import { onlyCustomer, type PricedLineInput } from '#contract/charges.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { BuiltInRole } from '#contract/permissions.ts'
import type { Actor } from '#core/app.ts'
import { anyUid, repairShop } from '../repairs/kit.ts'

type Who = BuiltInRole | Actor

/** A shop with a stocked shelf and short words for what happens between the bench and the customer. */
export function benchShop(options: Parameters<typeof repairShop>[0] = {}) {
  const shop = repairShop(options)
  const taxCodeId = shop.call('prices.taxCodes', {})[0]!.id
  const codeId = shop.call('dictionaries.add', { kind: 'cause', zh: '电池鼓包', en: 'Swollen battery' }).id
  const binId = shop.call('stock.addBin', { name: 'T1' }).id

  const line = (unitMinor: number, more: Partial<PricedLineInput> = {}): PricedLineInput => ({
    kind: 'labour',
    serviceId: null,
    partId: null,
    description: '换屏工时',
    quantity: 1000,
    unitMinor,
    discountMinor: 0,
    taxCodeId,
    shares: [...onlyCustomer],
    standardMinutes: 30,
    warrantyMonths: 3,
    ...more,
  })
  const partLine = (partId: number, unitMinor: number, more: Partial<PricedLineInput> = {}) =>
    line(unitMinor, { kind: 'part', partId, description: '配件', standardMinutes: 0, ...more })
  const option = (...lines: PricedLineInput[]) => ({ title: '标准', days: 1, quality: '原装', lines })

  let parts = 0
  /** A part of the catalogue with some pieces on the shelf. */
  const part = (pieces: number, priceMinor = 30_000) => {
    const number = `P-${++parts}`
    const { id } = shop.call('stock.createPart', {
      part: {
        number,
        zh: `配件 ${parts}`,
        en: `Part ${parts}`,
        barcode: '',
        models: '',
        unit: '',
        serialised: false,
        returnable: false,
        priceMinor,
        taxCodeId,
        warrantyMonths: 3,
        minimum: 0,
        maximum: null,
        binId,
        supersedesId: null,
        active: true,
      },
    })
    if (pieces > 0) {
      const goods = { partId: id, quantity: pieces * 1000, unitCostMinor: 1000, binId, serials: [] }
      shop.call('stock.receive', { supplier: '供应商', document: '', note: '', lines: [goods] })
    }
    return id
  }
  const partsOf = (repairId: number) => shop.call('stock.ofRepair', { repairId })

  const find = (id: number, as: Who = 'owner') =>
    shop
      .as(as)
      .call('work.recordFindings', { ...shop.target(id), findings: '电池鼓包，屏幕完好', codeIds: [codeId] })
  /** Writes a quote of one option or of many. */
  const quote = (
    repairId: number,
    options: InputOf<'quotes.save'>['options'],
    more: Partial<InputOf<'quotes.save'>> = {},
    as: Who = 'owner',
  ) =>
    shop.as(as).call('quotes.save', {
      repairId,
      draft: null,
      validUntil: shop.today(7),
      note: '',
      benchFeeMinor: 0,
      options,
      ...more,
    })
  const send = (saved: { id: number; version: number }, way: InputOf<'quotes.send'>['way'] = 'message') =>
    shop.call('quotes.send', { quoteId: saved.id, version: saved.version, way })
  const approve = (
    sent: { id: number; version: number },
    more: Partial<InputOf<'quotes.approve'>> & { as?: Who } = {},
  ) => {
    const { as = 'counter', ...given } = more
    return shop.as(as).call('quotes.approve', {
      quoteId: sent.id,
      version: sent.version,
      optionNo: 1,
      by: '张三',
      way: 'phone',
      signatureUid: null,
      note: '',
      ...given,
    })
  }
  const refuse = (sent: { id: number; version: number }, more: Partial<InputOf<'quotes.refuse'>> = {}) =>
    shop.as('counter').call('quotes.refuse', {
      quoteId: sent.id,
      version: sent.version,
      by: '张三',
      way: 'phone',
      signatureUid: null,
      reason: '太贵',
      ...more,
    })
  /** Found, quoted and sent: the customer is asked. */
  const asked = (
    repairId: number,
    options: InputOf<'quotes.save'>['options'],
    more: Partial<InputOf<'quotes.save'>> = {},
  ) => {
    find(repairId)
    return send(quote(repairId, options, more))
  }
  const standing = (repairId: number) => shop.call('quotes.ofRepair', { repairId }).standing
  const quotes = (repairId: number) => shop.call('quotes.ofRepair', { repairId }).quotes
  const bill = (repairId: number) => shop.call('charges.ofRepair', { repairId })
  /** The lines a customer would be invoiced now, by description and price. */
  const billed = (repairId: number) =>
    bill(repairId)
      .lines.filter(({ waivedAt }) => waivedAt === null)
      .map(({ kind, unitMinor }) => [kind, unitMinor])
  const labour = (repairId: number) => shop.call('work.ofRepair', { repairId }).labour
  const solve = (id: number, outcome: InputOf<'repairs.solve'>['outcome'] = 'repaired') =>
    shop.call('repairs.solve', {
      ...shop.target(id),
      outcome,
      findings: '换电池',
      codeIds: [],
      knownDefects: [],
    })
  /** The repair's own signature, uploaded at the counter. */
  const signature = (repairId: number) => {
    const uid = anyUid()
    const sha256 = uid.replaceAll('-', '').padEnd(64, '0')
    const file = { kind: 'signature' as const, repairId, draftUid: null, name: 's.png', mime: 'image/png' }
    return shop.app.run(
      'files.register',
      { commandId: anyUid(), ...file, size: 10, sha256 },
      shop.people.counter,
    ).uid
  }
  const state = (id: number) => shop.row(id).state

  return {
    ...shop,
    taxCodeId,
    codeId,
    binId,
    line,
    partLine,
    option,
    part,
    partsOf,
    find,
    quote,
    send,
    approve,
    refuse,
    asked,
    standing,
    quotes,
    bill,
    billed,
    labour,
    solve,
    signature,
    state,
    /** The only part line of a repair. */
    onlyPart: (repairId: number) => {
      const [first] = partsOf(repairId)
      expect(first).toBeDefined()
      return first!
    },
    issue: (line: { repairId: number; id: number; partNumber: string }) =>
      shop.call('stock.issue', {
        repairId: line.repairId,
        repairPartId: line.id,
        code: line.partNumber,
        quantity: null,
        binId: null,
        overrideReason: null,
      }),
    settle: (
      line: { id: number; version: number },
      result: InputOf<'stock.settle'>['result'],
      more: Partial<InputOf<'stock.settle'>> = {},
    ) =>
      shop.call('stock.settle', {
        repairPartId: line.id,
        version: line.version,
        result,
        quantity: null,
        serial: '',
        oldSerial: '',
        reason: '',
        personId: null,
        binId: null,
        ...more,
      }),
  }
}
export type BenchShop = ReturnType<typeof benchShop>
