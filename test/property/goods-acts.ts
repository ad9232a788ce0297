import fc from 'fast-check'
import { AppError } from '#core/app.ts'
import { one, type StockShop } from '../core/stock/kit.ts'

/** One random step in the storeroom or at the bench; numbers choose parts, repairs, lines and shelves. */
export interface GoodsStep {
  readonly kind: (typeof kinds)[number]
  readonly a: number
  readonly b: number
  readonly pieces: number
  readonly flag: boolean
  readonly as: 'owner' | 'technician' | 'storekeeper'
}

const kinds = [
  'receive',
  'plan',
  'reserve',
  'issue',
  'issue',
  'settle',
  'settle',
  'settle',
  'drop',
  'adjust',
  'reverse',
  'transfer',
  'lend',
  'takeBack',
  'cancel',
] as const

export const goodsSteps = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    a: fc.nat(50),
    b: fc.nat(50),
    pieces: fc.integer({ min: 1, max: 4 }),
    flag: fc.boolean(),
    as: fc.constantFrom('owner' as const, 'technician' as const, 'storekeeper' as const),
  }),
  { minLength: 25, maxLength: 40 },
)

/** The storeroom a run plays in: two counted parts, a serialised one, three repairs, two shelves, a loaner. */
export interface Storeroom {
  readonly shop: StockShop
  readonly parts: readonly { id: number; uid: string; number: string; serialised: boolean }[]
  readonly repairs: readonly number[]
  readonly bins: readonly number[]
  readonly loanerId: number
}

export function storeroom(shop: StockShop): Storeroom {
  const parts = [false, false, true].map((serialised) => ({ ...shop.part({ serialised }), serialised }))
  const loaner = { name: '备用机', serial: '', valueMinor: 0, condition: '', active: true }
  return {
    shop,
    parts,
    repairs: [shop.repair(), shop.repair(), shop.repair()],
    bins: [shop.bin, shop.call('stock.addBin', { name: 'B2' }).id],
    loanerId: shop.call('loaners.create', { loaner }).id,
  }
}

function pick<T>(from: readonly T[], index: number): T | undefined {
  return from[index % Math.max(1, from.length)]
}

const results = ['used', 'returned', 'dead_on_arrival', 'broken_here', 'lost'] as const

/** Serials come from a small set, so that the same one is received twice, moved and found again. */
function serials(room: Storeroom, step: GoodsStep, count: number): string[] {
  const known = room.shop.get(room.parts[2]!.uid).serials.map((row) => row.serial)
  const fresh = Array.from({ length: count }, (_, index) => `S${(step.a + index) % 9}`)
  return step.flag || known.length < count ? fresh : known.slice(0, count)
}

type Act = (room: Storeroom, step: GoodsStep) => unknown

const acts: Readonly<Record<GoodsStep['kind'], Act>> = {
  receive({ shop, ...room }, step) {
    const part = pick(room.parts, step.a)!
    const quantity = step.pieces * one
    const given = part.serialised ? serials({ shop, ...room }, step, step.pieces) : []
    const binId = pick(room.bins, step.b)!
    const line = { partId: part.id, quantity, unitCostMinor: 100 + step.b, binId, serials: given }
    return shop
      .as(step.as)
      .call('stock.receive', { supplier: '供应商', document: '', note: '', lines: [line] })
  },
  plan: ({ shop, parts, repairs }, { a, b, pieces, flag, as }) =>
    shop.as(as).call('stock.plan', {
      repairId: pick(repairs, b)!,
      partId: pick(parts, a)!.id,
      quantity: pieces * one,
      reserve: flag,
    }),
  reserve: ({ shop, repairs }, { a, b, as }) => {
    const line = pick(shop.lines(pick(repairs, b)!), a)
    return line && shop.as(as).call('stock.reserve', { repairPartId: line.id, version: line.version })
  },
  drop: ({ shop, repairs }, { a, b, as }) => {
    const line = pick(shop.lines(pick(repairs, b)!), a)
    const target = line && { repairPartId: line.id, version: line.version, reason: '' }
    return target && shop.as(as).call('stock.drop', target)
  },
  issue(room, step) {
    const { shop, repairs, parts, bins } = room
    const { a, b, pieces, flag, as } = step
    const repairId = pick(repairs, b)!
    const part = pick(parts, a)!
    const line = flag ? pick(shop.lines(repairId), a) : undefined
    const [serial = 'S0'] = serials(room, { ...step, flag: pieces % 2 === 0 }, 1)
    const serialised = line ? line.serialised : part.serialised
    return shop.as(as).call('stock.issue', {
      repairId,
      repairPartId: line?.id ?? null,
      code: serialised ? serial : (line?.partNumber ?? part.number),
      quantity: serialised ? null : pieces * one - (a % 3),
      binId: b % 3 === 0 ? pick(bins, a)! : null,
      overrideReason: b % 4 === 0 ? '货已到未入库' : null,
    })
  },
  settle({ shop, repairs, bins }, { a, b, pieces, flag, as }) {
    const line = pick(
      shop.lines(pick(repairs, b)!).filter((row) => row.state === 'issued' || flag),
      a,
    )
    if (!line) return undefined
    return shop.as(as).call('stock.settle', {
      repairPartId: line.id,
      version: line.version,
      result: pick(results, a + b)!,
      quantity: flag || line.serialised ? null : Math.min(line.quantity, pieces * one),
      serial: '',
      oldSerial: '',
      reason: b % 5 === 0 ? '' : '原因',
      personId: b % 7 === 0 ? null : shop.technicianId,
      binId: a % 2 === 0 ? pick(bins, b)! : null,
    })
  },
  adjust(room, step) {
    const { shop, parts, bins } = room
    const part = pick(parts, step.a)!
    const pieces = step.flag ? step.pieces : -step.pieces
    return shop.as(step.as).call('stock.adjust', {
      partId: part.id,
      binId: pick(bins, step.b)!,
      differenceThousandths: pieces * one,
      unitCostMinor: step.b % 2 === 0 ? null : 250,
      serials: part.serialised ? serials(room, step, step.pieces) : [],
      reason: '盘点',
    })
  },
  reverse({ shop, parts }, { a, b, as }) {
    const move = pick(shop.call('stock.moves', { partId: pick(parts, a)!.id }).rows, b)
    return move && shop.as(as).call('stock.reverse', { moveUid: move.uid, reason: '错了' })
  },
  transfer(room, step) {
    const { shop, parts, bins } = room
    const part = pick(parts, step.a)!
    const [from, to] = step.flag ? bins : bins.toReversed()
    return shop.as(step.as).call('stock.transfer', {
      partId: part.id,
      quantity: step.pieces * one,
      fromBinId: from!,
      toBinId: to!,
      serials: part.serialised ? serials(room, { ...step, flag: false }, step.pieces) : [],
      note: '',
    })
  },
  lend({ shop, loanerId, repairs }, { b }) {
    const repairId = pick(repairs, b)!
    const fields = { dueOn: shop.today(1), conditionOut: '', signatureUid: null }
    return shop.call('loaners.lend', { loanerId, repairId, ...fields })
  },
  takeBack({ shop, repairs }, { b }) {
    const [loan] = shop.call('loaners.ofRepair', { repairId: pick(repairs, b)! })
    return loan && shop.call('loaners.takeBack', { loanId: loan.id, version: loan.version, conditionIn: '' })
  },
  cancel({ shop, repairs }, { a, b }) {
    // Rarely: a cancelled repair takes nothing more for the rest of the run.
    if (a !== 7) return undefined
    const { refused } = shop.call('repairs.cancel', { ...shop.targets(pick(repairs, b)!), reason: '不修了' })
    if (refused[0]) throw new AppError('not_found', { code: refused[0].code })
    return refused
  },
}

/** Takes a step; answers the refusal's code, null when it was done, undefined when there was nothing to do. */
export function takeGoodsStep(room: Storeroom, step: GoodsStep): string | null | undefined {
  try {
    return acts[step.kind](room, step) === undefined ? undefined : null
  } catch (error) {
    if (error instanceof AppError) return error.fields[0]?.code ?? error.code
    throw error
  }
}
