import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { brokenRules, loanerRule, type GoodsFault } from './verify-goods.ts'

/**
 * Where the goods ledger stood when it was found sound: the newest move and what lay and was set aside in each place,
 * as part, place, on hand, reserved. Moves never change, so from there only later moves need to be read.
 */
export interface GoodsMark {
  readonly moveId: number
  readonly balances: readonly (readonly [number, number, number, number])[]
}

/** To be taken when the whole ledger was just found sound. */
export function goodsMark(db: Pick<ReadDb, '$client'>): GoodsMark {
  const text = `SELECT part_id, place_id, on_hand, reserved FROM stock_balances WHERE on_hand <> 0 OR reserved <> 0`
  const end = sqlStatement(db, 'SELECT coalesce(max(id), 0) FROM goods_moves').pluck().get() as number
  const rows = sqlStatement(db, text).all() as Record<
    'part_id' | 'place_id' | 'on_hand' | 'reserved',
    number
  >[]
  return {
    moveId: end,
    balances: rows.map((row) => [row.part_id, row.place_id, row.on_hand, row.reserved]),
  }
}

/** Moves after the mark; the rules ask for nothing that grows with the years. */
const later = 'SELECT * FROM goods_moves WHERE id > @moveId'
const partsMoved = 'SELECT part_id FROM goods_moves WHERE id > @moveId AND part_id IS NOT NULL'
const markRows = `SELECT value ->> 0 AS part_id, value ->> 1 AS place_id, value ->> 2 AS on_hand, value ->> 3 AS reserved
  FROM json_each(@balances) WHERE value ->> 0 IN (${partsMoved})`

/** What lay at the mark (as move 0), and what later moves brought and took. */
const carried = `SELECT 0 AS id, part_id, place_id, on_hand AS delta, '' AS reason, '' AS note FROM (${markRows})
  UNION ALL
  SELECT id, part_id, to_place_id, quantity, reason, note FROM (${later})
    WHERE part_id IS NOT NULL AND kind IN ('direct', 'post')
  UNION ALL
  SELECT id, part_id, from_place_id, -quantity, reason, note FROM (${later})
    WHERE part_id IS NOT NULL AND kind IN ('direct', 'post')`

/** What was set aside at the mark, what was since, and what of either ended since. */
const setAside = `SELECT part_id, place_id, reserved AS quantity FROM (${markRows})
  UNION ALL SELECT part_id, from_place_id, quantity FROM (${later}) WHERE kind = 'pending'
  UNION ALL SELECT m.part_id, m.from_place_id, -m.quantity FROM (${later}) e JOIN goods_moves m ON m.id = e.pending_id
    WHERE e.kind IN ('post', 'void')`

const hasEnded = (move: string) => `EXISTS (SELECT 1 FROM goods_moves e WHERE e.pending_id = ${move}.id)`

/** As the rules of the whole ledger, told from the mark on. */
const rules: Readonly<Record<string, string>> = {
  'goods.on_hand': `SELECT 'part ' || part_id || ' place ' || place_id AS row, sum(derived) AS expected, sum(kept) AS found
    FROM (SELECT part_id, place_id, on_hand AS kept, 0 AS derived FROM stock_balances WHERE part_id IN (${partsMoved})
          UNION ALL SELECT part_id, place_id, 0, delta FROM (${carried}))
    GROUP BY part_id, place_id HAVING sum(kept) <> sum(derived)`,
  'goods.reserved': `SELECT 'part ' || part_id || ' place ' || place_id AS row, sum(derived) AS expected, sum(kept) AS found
    FROM (SELECT part_id, place_id, reserved AS kept, 0 AS derived FROM stock_balances WHERE part_id IN (${partsMoved})
          UNION ALL SELECT part_id, place_id, 0, quantity FROM (${setAside}))
    GROUP BY part_id, place_id HAVING sum(kept) <> sum(derived)`,
  'goods.serial_place': `SELECT 'part ' || m.part_id || ' serial ' || m.serial AS row, m.to_place_id AS expected,
      coalesce((SELECT s.place_id FROM part_serials s WHERE s.part_id = m.part_id AND s.serial = m.serial), 0) AS found
    FROM goods_moves m WHERE m.id IN (SELECT max(id) FROM (${later})
      WHERE part_id IS NOT NULL AND serial <> '' AND kind IN ('direct', 'post') GROUP BY part_id, serial)
      AND expected <> found`,
  'goods.serial_count': `SELECT 'part ' || b.part_id || ' place ' || b.place_id AS row,
      1000 * (SELECT count(*) FROM part_serials s WHERE s.part_id = b.part_id AND s.place_id = b.place_id) AS expected,
      b.on_hand AS found
    FROM stock_balances b JOIN parts p ON p.id = b.part_id JOIN places pl ON pl.id = b.place_id
    WHERE p.serialised = 1 AND pl.kind IN ('bin', 'bench') AND b.part_id IN (${partsMoved}) AND expected <> found`,
  'goods.ended': `SELECT 'move ' || e.id AS row, coalesce(m.quantity, 0) AS expected, e.quantity AS found
    FROM (${later}) e LEFT JOIN goods_moves m ON m.id = e.pending_id
    WHERE e.kind IN ('post', 'void') AND (m.id IS NULL OR m.kind <> 'pending' OR m.part_id <> e.part_id
      OR m.from_place_id <> e.from_place_id OR e.quantity > m.quantity)
    UNION ALL
    SELECT 'move ' || id, 0, 1 FROM (${later}) WHERE kind IN ('direct', 'pending') AND pending_id IS NOT NULL`,
  'goods.reversed': `SELECT 'move ' || r.id AS row, m.quantity AS expected, r.quantity AS found
    FROM (${later}) r JOIN goods_moves m ON m.id = r.reverses_id
    WHERE r.quantity <> m.quantity OR r.part_id <> m.part_id OR r.serial <> m.serial
      OR r.from_place_id <> m.to_place_id OR r.to_place_id <> m.from_place_id`,
  'goods.negative': `SELECT 'move ' || c.id AS row, 0 AS expected, after AS found FROM (
      SELECT id, place_id, delta, reason, note, sum(delta) OVER (PARTITION BY part_id, place_id ORDER BY id) AS after
      FROM (${carried})) c JOIN places pl ON pl.id = c.place_id
    WHERE c.id > 0 AND delta < 0 AND after < 0 AND pl.kind NOT IN ('supplier', 'difference')
      AND NOT (pl.kind = 'bin' AND reason IN ('issue', 'adjustment', 'reversal') AND note <> '')`,
  'goods.line_reserved': `SELECT 'line ' || l.id AS row, l.quantity AS expected, coalesce(o.quantity, 0) AS found
    FROM repair_parts l LEFT JOIN goods_moves o ON o.id = l.pending_id AND o.kind = 'pending'
    WHERE l.repair_id IN (SELECT repair_id FROM (${later})) AND l.state = 'reserved'
      AND (o.id IS NULL OR ${hasEnded('o')} OR o.quantity <> l.quantity OR o.part_id <> l.part_id)
    UNION ALL
    SELECT 'move ' || o.id, 0, o.quantity FROM (${later}) o
    WHERE o.kind = 'pending' AND NOT ${hasEnded('o')} AND NOT EXISTS (SELECT 1 FROM repair_parts l
      WHERE l.id = o.repair_part_id AND l.pending_id = o.id AND l.state = 'reserved')`,
  // Lines have no index by part, so the bench is counted repair by repair.
  'goods.line_issued': `SELECT 'repair ' || t.repair_id || ' part ' || t.part_id AS row,
      (SELECT coalesce(sum(quantity), 0) FROM repair_parts l
       WHERE l.repair_id = t.repair_id AND l.part_id = t.part_id AND l.state = 'issued') AS expected,
      (SELECT coalesce(sum(iif(t.bench = m.to_place_id, m.quantity, -m.quantity)), 0) FROM goods_moves m
       WHERE m.repair_id = t.repair_id AND m.part_id = t.part_id AND m.kind IN ('direct', 'post')
         AND t.bench IN (m.to_place_id, m.from_place_id)) AS found
    FROM (SELECT DISTINCT g.repair_id, g.part_id, (SELECT min(id) FROM places WHERE kind = 'bench') AS bench
          FROM (${later}) g WHERE g.repair_id IS NOT NULL AND g.part_id IS NOT NULL) t
    WHERE expected <> found`,
  'goods.loaner': loanerRule,
}

/**
 * What is wrong with the moves after a mark and with what they moved: balances, places of pieces, part lines. What
 * did not move since is as sound as it was then; whether somebody changed it by hand is for the whole proof to find.
 */
export function verifyGoodsSince(db: Pick<ReadDb, '$client'>, mark: GoodsMark): GoodsFault[] {
  const { moveId } = mark
  const balances = JSON.stringify(mark.balances)
  return Object.entries(rules).flatMap(([rule, text]) => {
    const given = { moveId, balances }
    const named = Object.entries(given).filter(([name]) => text.includes(`@${name}`))
    return brokenRules(db, { [rule]: text }, ...(named.length > 0 ? [Object.fromEntries(named)] : []))
  })
}
