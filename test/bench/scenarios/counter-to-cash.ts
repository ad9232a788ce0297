import { onlyCustomer, type PricedLineInput } from '#contract/charges.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { measureActs, type Act } from '../acts.ts'
import type { Scenario } from '../figures.ts'
import { newIntake, type World } from '../intakes.ts'
import { random } from '../measure.ts'

/** A screen and a battery, of which the shelf never runs out. */
const goods = [
  { number: 'BENCH-SCREEN', zh: '屏幕总成', en: 'Screen', priceMinor: 45_000, unitCostMinor: 28_000 },
  { number: 'BENCH-BATTERY', zh: '电池', en: 'Battery', priceMinor: 12_000, unitCostMinor: 4_500 },
] as const
const plenty = 900_000_000

/** What the shop needs before its first round: tax, parts on the shelf, an open drawer. */
export function fitOut(_world: World, act: Act, state: Fittings): void {
  const set = 'fit out'
  act(set, 'settings.update', { version: 1, settings: { testRequired: false } })
  const { id: taxCodeId } = act(set, 'prices.saveTaxCode', {
    taxCodeId: null,
    version: null,
    code: 'BENCH13',
    zh: '测量',
    en: 'Measuring',
    isDefault: false,
    active: true,
    rates: [{ validFrom: '2000-01-01', rateBp: 1300 }],
  })
  state.taxCodeId = taxCodeId
  const bin = act(set, 'stock.addBin', { name: 'BENCH' })
  const parts = goods.map(({ number, zh, en, priceMinor }) =>
    act(set, 'stock.createPart', {
      part: {
        number,
        zh,
        en,
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
        binId: bin.id,
        supersedesId: null,
        active: true,
      },
    }),
  )
  state.partIds = parts.map((part) => part.id)
  act(set, 'stock.receive', {
    supplier: 'Bench',
    document: 'B-1',
    note: '',
    lines: goods.map(({ unitCostMinor }, index) => ({
      partId: parts[index]?.id ?? 0,
      quantity: plenty,
      unitCostMinor,
      binId: bin.id,
      serials: [],
    })),
  })
  act(set, 'shifts.open', { floatMinor: 50_000 })
}

export interface Fittings {
  taxCodeId: number
  partIds: readonly number[]
}

function linesOf({ taxCodeId, partIds }: Fittings): PricedLineInput[] {
  const shared = { quantity: 1000, discountMinor: 0, taxCodeId, shares: [...onlyCustomer], warrantyMonths: 3 }
  const parts = goods.map(({ zh, priceMinor }, index) => ({
    ...shared,
    kind: 'part' as const,
    serviceId: null,
    partId: partIds[index] ?? null,
    description: zh,
    unitMinor: priceMinor,
    standardMinutes: 0,
  }))
  const labour = { kind: 'labour' as const, serviceId: null, partId: null, description: '更换屏幕与电池' }
  return [...parts, { ...shared, ...labour, unitMinor: 8000, standardMinutes: 40 }]
}

/** One walk-in from the counter to the cash desk: two parts issued and used, invoiced, paid, handed over. */
export function round(world: World, n: number, act: Act, fittings: Fittings): void {
  const by = random(n)
  const received = act('cash: receive', 'repairs.receive', newIntake(world, by, n))
  const repairId = received.repairs[0]?.id ?? 0
  const engineerId = by.pick(world.engineers)
  act('cash: assign', 'repairs.assign', { repairs: [{ repairId }], engineerId })
  act('cash: start', 'repairs.work', { repairs: [{ repairId }], action: 'start' })
  const used = {
    result: 'used',
    quantity: null,
    serial: '',
    oldSerial: '',
    reason: '',
    personId: null,
    binId: null,
  } as const
  for (const { number } of goods) {
    const issued = act('cash: issue a part', 'stock.issue', {
      repairId,
      repairPartId: null,
      code: number,
      quantity: 1000,
      binId: null,
      overrideReason: null,
    })
    act('cash: use a part', 'stock.settle', { repairPartId: issued.id, version: issued.version, ...used })
  }
  const { version } = act('cash: solve', 'repairs.solve', {
    repairId,
    version: 3,
    outcome: 'repaired',
    findings: '更换屏幕与电池，测试正常',
    codeIds: [],
    knownDefects: [],
  })
  for (const line of linesOf(fittings)) act('cash: charge a line', 'charges.add', { repairId, line })
  const invoice = act('cash: issue the invoice', 'invoices.issue', {
    repairIds: [repairId],
    payer: 'customer',
    customerId: null,
    cashRounding: false,
    dueOn: null,
    note: '',
    expectedGrossMinor: null,
  })
  act('cash: take the payment', 'payments.take', {
    method: 'cash',
    amountMinor: invoice.grossMinor,
    tenderedMinor: invoice.grossMinor,
    reference: '',
    note: '',
    allocations: [{ invoiceId: invoice.id, amountMinor: invoice.grossMinor }],
  })
  act('cash: hand over', 'repairs.handOver', {
    repairId,
    version,
    collectedBy: '本人',
    signatureUid: null,
    noSignatureReason: 'other',
    noSignatureNote: '平板没电',
    returnedAccessoryIds: [],
    accessoriesKeptConfirmed: true,
    note: '',
  })
}

/** From the counter to the cash desk (issue: speed), against the same rows as bare statements. */
export const scenario: Scenario = {
  name: 'counter-to-cash',
  order: 2,
  measure({ file, size, vocabulary, quick, report }) {
    const fittings: Fittings = { taxCodeId: 0, partIds: [] }
    measureActs(
      file,
      size,
      {
        vocabulary,
        rounds: quick ? 50 : 200,
        whole: 'counter to cash',
        before: (world, act) => fitOut(world, act, fittings),
        round: (world, n, act) => round(world, n, act, fittings),
        after(shop) {
          const { ok, faults } = shop.call<OutputOf<'ledgers.verify'>>('ledgers.verify', {})
          report.check(ok, `both ledgers balance after the rounds (${JSON.stringify(faults.slice(0, 3))})`)
        },
      },
      report,
    )
  },
}
