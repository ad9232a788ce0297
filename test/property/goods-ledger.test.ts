import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goodsMark, verifyGoodsSince, type GoodsMark } from '#core/stock/steps.ts'
import { stockShop, type StockShop } from '../core/stock/kit.ts'
import { goodsSteps, storeroom, takeGoodsStep, type GoodsStep, type Storeroom } from './goods-acts.ts'
import { goOnUntil } from '../kit/go-on-until.ts'

const seed = Number(process.env['BENCHSIDE_SEED'])

/** Everything the storeroom holds, as one text. */
function snapshot(shop: StockShop): string {
  const tables = ['goods_moves', 'stock_balances', 'part_serials', 'repair_parts', 'loans', 'parts']
  return JSON.stringify(tables.map((table) => shop.all(`SELECT * FROM ${table}`)))
}

interface Move {
  readonly kind: string
  readonly part_id: number | null
  readonly serial: string
  readonly quantity: number
  readonly from_place_id: number
  readonly to_place_id: number
  readonly pending_id: number | null
  readonly id: number
  readonly repair_part_id: number | null
  readonly reason: string
  readonly note: string
}

/** Works everything out of the moves one by one, by other means than the program's own proof. */
function derive(shop: StockShop) {
  const moves = shop.sql
    .prepare('SELECT * FROM goods_moves WHERE part_id IS NOT NULL ORDER BY id')
    .all() as Move[]
  const onHand = new Map<string, number>()
  const pending = new Map<number, Move>()
  const places = new Map<string, number>()
  const issued = new Map<number, number>()
  const add = (part: number | null, place: number, by: number) => {
    const key = `${part}/${place}`
    onHand.set(key, (onHand.get(key) ?? 0) + by)
  }
  for (const move of moves) {
    if (move.kind === 'pending') pending.set(move.id, move)
    if (move.pending_id !== null) {
      // A reservation ends once.
      expect(pending.delete(move.pending_id)).toBe(true)
    }
    if (move.kind !== 'direct' && move.kind !== 'post') continue
    add(move.part_id, move.from_place_id, -move.quantity)
    add(move.part_id, move.to_place_id, move.quantity)
    if (move.serial !== '') places.set(`${move.part_id}/${move.serial}`, move.to_place_id)
    if (move.reason === 'issue' && move.repair_part_id !== null) {
      issued.set(move.repair_part_id, (issued.get(move.repair_part_id) ?? 0) + 1)
    }
  }
  return { onHand, pending, places, issued }
}

function checkEverything(room: Storeroom, marks: readonly GoodsMark[]): void {
  const { shop } = room
  expect(shop.faults()).toEqual([])
  // From wherever the proof goes on, it finds nothing either.
  for (const mark of marks) expect(verifyGoodsSince({ $client: shop.sql }, mark)).toEqual([])
  const { onHand, pending, places, issued } = derive(shop)
  const reserved = new Map<string, number>()
  for (const move of pending.values()) {
    const key = `${move.part_id}/${move.from_place_id}`
    reserved.set(key, (reserved.get(key) ?? 0) + move.quantity)
  }
  const kept = shop.all('SELECT part_id, place_id, on_hand, reserved FROM stock_balances')
  for (const [part, place, quantity, set] of kept) {
    const key = `${String(part)}/${String(place)}`
    expect([key, quantity, set]).toEqual([key, onHand.get(key) ?? 0, reserved.get(key) ?? 0])
    onHand.delete(key)
  }
  expect([...onHand.values()].filter((quantity) => quantity !== 0)).toEqual([])
  // Nothing is gained or lost: all places together hold nothing.
  expect(shop.all('SELECT part_id FROM stock_balances GROUP BY part_id HAVING sum(on_hand) <> 0')).toEqual([])
  const serials = shop.all('SELECT part_id, serial, place_id FROM part_serials')
  expect(
    serials.map(([part, serial, place]) => [`${String(part)}/${String(serial)}`, place]).toSorted(),
  ).toEqual([...places].toSorted())
  // No line is issued twice.
  expect([...issued.values()].filter((times) => times > 1)).toEqual([])
  checkNegative(shop)
}

/** A shelf is below nothing only where somebody who may took from it with a reason. */
function checkNegative(shop: StockShop): void {
  const negative =
    shop.all(`SELECT b.part_id, b.place_id FROM stock_balances b JOIN places p ON p.id = b.place_id
    WHERE (p.kind = 'bin' AND (b.on_hand < 0 OR b.on_hand < b.reserved) OR b.on_hand < 0 AND p.kind NOT IN ('supplier', 'difference'))`)
  for (const [part, place] of negative) {
    const by = shop.all(`SELECT m.user_id FROM goods_moves m WHERE m.part_id = ${Number(part)}
      AND m.from_place_id = ${Number(place)} AND m.note <> '' AND m.reason IN ('issue', 'adjustment', 'reversal')`)
    expect(by.flat()).toContain(shop.people.owner.userId)
  }
}

function run(steps: readonly GoodsStep[], seen: Map<string, number>): void {
  const shop = stockShop()
  const trail: string[] = []
  try {
    const room = storeroom(shop)
    let held = snapshot(shop)
    const marks = [goodsMark({ $client: shop.sql })]
    for (const step of steps) {
      const refused = takeGoodsStep(room, step)
      trail.push(`${JSON.stringify(step)} ${refused ?? 'done'}`)
      const now = snapshot(shop)
      // A refused command leaves everything as it was.
      expect([trail.at(-1), typeof refused === 'string' && now !== held]).toEqual([trail.at(-1), false])
      held = now
      if (refused === null) {
        seen.set(step.kind, (seen.get(step.kind) ?? 0) + 1)
        checkEverything(room, marks)
        if (trail.length % 4 === 0) marks.push(goodsMark({ $client: shop.sql }))
      }
    }
  } catch (error) {
    throw new Error(`broken after:\n${trail.join('\n')}`, { cause: error })
  } finally {
    shop.close()
  }
}

test(
  'no sequence of receipts, reservations, issues and corrections loses, doubles or invents goods',
  { timeout: 240_000 },
  () => {
    const seen = new Map<string, number>()
    const goods = fc.property(goodsSteps, (steps) => run(steps, seen))
    const round = (from: number) => fc.assert(goods, { seed: from, numRuns: 100, endOnFailure: true })
    // The runs prove something only if every kind of step was done.
    const kinds = [
      'receive',
      'plan',
      'reserve',
      'issue',
      'settle',
      'drop',
      'adjust',
      'reverse',
      'transfer',
      'lend',
    ]
    expect(goOnUntil(seed, round, () => kinds.filter((kind) => !seen.has(kind)))).toEqual([])
  },
)
