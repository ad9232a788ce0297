import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
  })
})
