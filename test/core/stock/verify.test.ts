import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { goodsMark, verifyGoodsSince, type GoodsMark } from '#core/stock/steps.ts'
import { stockShop, type StockShop } from './kit.ts'

let shop: StockShop
beforeEach(() => {
  shop = stockShop()
})
afterEach(() => shop.close())

/** Spoils the file as a bug or a stranger's tool might; the ledger's own triggers are taken off first. */
function spoil(sql: string): string[] {
  shop.sql.exec('DROP TRIGGER goods_moves_no_update; DROP TRIGGER goods_moves_no_delete;')
  shop.sql.exec(sql)
  return shop.faults().map((fault) => fault.rule)
}

/** What a proof that goes on from a mark finds. */
const foundSince = (mark: GoodsMark): string[] =>
  verifyGoodsSince({ $client: shop.sql }, mark).map((fault) => fault.rule)
const mark = (): GoodsMark => goodsMark({ $client: shop.sql })

describe('the proof of the goods ledger finds', () => {
  const broken: [string, string, string][] = [
    [
      'a balance that the moves do not give',
      'UPDATE stock_balances SET on_hand = on_hand + 1',
      'goods.on_hand',
    ],
    [
      'a reservation that no move made',
      'UPDATE stock_balances SET reserved = reserved + 1',
      'goods.reserved',
    ],
    [
      'a piece in another place than its last move',
      'UPDATE part_serials SET place_id = 1 + place_id % 2',
      'goods.serial_place',
    ],
    [
      'a piece nobody moved',
      "INSERT INTO part_serials SELECT part_id, 'X', 'X', place_id FROM part_serials LIMIT 1",
      'goods.serial_count',
    ],
    [
      'a move that ends more than was set aside',
      "UPDATE goods_moves SET quantity = 9000 WHERE kind = 'post'",
      'goods.ended',
    ],
    [
      'a shelf below nothing without a reason',
      "UPDATE goods_moves SET quantity = 90000 WHERE reason = 'issue'",
      'goods.negative',
    ],
    [
      'a line that says set aside and is not',
      "UPDATE repair_parts SET state = 'reserved' WHERE state = 'planned'",
      'goods.line_reserved',
    ],
    [
      'a line that says issued and is not on the bench',
      "UPDATE repair_parts SET state = 'used' WHERE state = 'issued'",
      'goods.line_issued',
    ],
    ['a loaner out without a loan', 'UPDATE loans SET returned_at = 1', 'goods.loaner'],
    [
      'a reversal that is not the same move back',
      "UPDATE goods_moves SET quantity = 3 WHERE reason = 'reversal'",
      'goods.reversed',
    ],
  ]
  test.each(broken)('%s', (_what, sql, rule) => {
    const begin = mark()
    const part = shop.part({}, 5)
    const pieces = shop.part({ serialised: true })
    shop.receiveSerials(pieces.id, 'S1', 'S2')
    const id = shop.repair()
    shop.plan(id, part.id, 2)
    shop.issue(id, part.number)
    shop.issue(id, 'S1')
    shop.plan(id, part.id, 9, false)
    const wrong = shop.part({}, 2)
    const [receipt] = shop.call('stock.moves', { partId: wrong.id }).rows
    shop.call('stock.reverse', { moveUid: receipt!.uid, reason: '错' })
    const loaner = { name: '备用机', serial: '', valueMinor: 0, condition: '', active: true }
    const { id: loanerId } = shop.call('loaners.create', { loaner })
    const due = { dueOn: shop.today(1), conditionOut: '', signatureUid: null }
    shop.call('loaners.lend', { loanerId, repairId: id, ...due })
    expect(shop.faults()).toEqual([])
    expect(spoil(sql)).toContain(rule)
    // All of it moved after the mark, so a proof that goes on from there finds the same.
    expect(foundSince(begin)).toContain(rule)
  })
})

test('a proof that goes on from a mark leaves what did not move since, and looks at all of what did', () => {
  const [still, busy] = [shop.part({}, 5), shop.part({}, 5)]
  const id = shop.repair()
  shop.plan(id, still.id, 2)
  const before = mark()
  shop.issue(id, busy.number)
  expect(foundSince(before)).toEqual([])
  shop.sql.exec(`UPDATE stock_balances SET on_hand = on_hand + 1 WHERE part_id = ${still.id}`)
  expect(foundSince(before)).toEqual([])
  shop.sql.exec(`UPDATE stock_balances SET on_hand = on_hand + 1 WHERE part_id = ${busy.id}`)
  expect(new Set(foundSince(before))).toEqual(new Set(['goods.on_hand']))
})

test('however long the goods ledger is, a drawer closes over what moved since the night, and over that alone', () => {
  const [still, busy] = [shop.part({}, 5), shop.part({}, 5)]
  // Ten thousand pieces came and went through the years.
  shop.sql.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO goods_moves (uid, at, kind, reason, part_id, quantity, from_place_id, to_place_id, note)
    SELECT way.name || i, i, 'direct', 'transfer', ${still.id}, 1000, way.a, way.b, '' FROM n, (
      SELECT 'there' AS name, from_place_id AS a, to_place_id AS b FROM goods_moves WHERE part_id = ${still.id}
      UNION ALL SELECT 'back', to_place_id, from_place_id FROM goods_moves WHERE part_id = ${still.id}) way`)
  shop.app.run('schedule.purge', { commandId: randomUUID() })
  expect(shop.call('ledgers.lastCheck', {})?.faults).toEqual([])
  const close = (): string | null => {
    shop.call('shifts.open', { floatMinor: 0 })
    const { id: shiftId, version } = shop.call('shifts.current', {}) ?? { id: 0, version: 0 }
    const count = { countedMinor: 0, counting: [], leftMinor: 0, note: '' }
    return codeOf(() => shop.call('shifts.close', { shiftId, version, ...count }))
  }
  shop.issue(shop.repair(), busy.number)
  shop.sql.exec(`UPDATE stock_balances SET on_hand = on_hand + 1 WHERE part_id = ${still.id}`)
  expect(close()).toBe(null)
  shop.sql.exec(`UPDATE stock_balances SET on_hand = on_hand + 1 WHERE part_id = ${busy.id}`)
  expect(close()).toBe('ledger.unbalanced')
})

function codeOf(act: () => unknown): string | null {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
