import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Proof of the goods ledger: everything kept beside it is worked out of its rows again (architecture §5). */

export interface GoodsFault {
  readonly rule: string
  readonly row: string
  readonly expected: number
  readonly found: number
}

/** What moves bring to and take from each place. */
const carried = `SELECT id, part_id, to_place_id AS place_id, quantity AS delta, reason, note FROM goods_moves
    WHERE part_id IS NOT NULL AND kind IN ('direct', 'post')
  UNION ALL
  SELECT id, part_id, from_place_id, -quantity, reason, note FROM goods_moves
    WHERE part_id IS NOT NULL AND kind IN ('direct', 'post')`

const openPending = `SELECT m.id, m.part_id, m.from_place_id, m.quantity, m.repair_part_id FROM goods_moves m
  WHERE m.kind = 'pending' AND NOT EXISTS (SELECT 1 FROM goods_moves e WHERE e.pending_id = m.id)`

/** A loaner is lent when its last move says so; the few there are are all looked at each time. */
export const loanerRule = `SELECT 'loaner ' || id AS row, lent AS expected, moved AS found FROM (
      SELECT o.id, EXISTS (SELECT 1 FROM loans l WHERE l.loaner_id = o.id AND l.returned_at IS NULL) AS lent,
        coalesce((SELECT m.reason = 'lend' FROM goods_moves m WHERE m.loaner_id = o.id ORDER BY m.id DESC LIMIT 1), 0)
          AS moved
      FROM loaners o) WHERE lent <> moved`

/** Each rule finds the rows that break it: what they are, what they should say and what they say. */
const rules: Readonly<Record<string, string>> = {
  'goods.on_hand': `SELECT 'part ' || part_id || ' place ' || place_id AS row, sum(derived) AS expected, sum(kept) AS found
    FROM (SELECT part_id, place_id, on_hand AS kept, 0 AS derived FROM stock_balances
          UNION ALL SELECT part_id, place_id, 0, delta FROM (${carried}))
    GROUP BY part_id, place_id HAVING sum(kept) <> sum(derived)`,
  'goods.reserved': `SELECT 'part ' || part_id || ' place ' || place_id AS row, sum(derived) AS expected, sum(kept) AS found
    FROM (SELECT part_id, place_id, reserved AS kept, 0 AS derived FROM stock_balances
          UNION ALL SELECT part_id, from_place_id, 0, quantity FROM (${openPending}))
    GROUP BY part_id, place_id HAVING sum(kept) <> sum(derived)`,
  'goods.serial_place': `SELECT 'part ' || part_id || ' serial ' || serial AS row, sum(derived) AS expected, sum(kept) AS found
    FROM (SELECT part_id, serial, place_id AS kept, 0 AS derived FROM part_serials
          UNION ALL
          SELECT part_id, serial, 0, to_place_id FROM goods_moves WHERE id IN (
            SELECT max(id) FROM goods_moves WHERE part_id IS NOT NULL AND serial <> '' AND kind IN ('direct', 'post')
            GROUP BY part_id, serial))
    GROUP BY part_id, serial HAVING sum(kept) <> sum(derived)`,
  'goods.serial_count': `SELECT 'part ' || b.part_id || ' place ' || b.place_id AS row,
      1000 * (SELECT count(*) FROM part_serials s WHERE s.part_id = b.part_id AND s.place_id = b.place_id) AS expected,
      b.on_hand AS found
    FROM stock_balances b JOIN parts p ON p.id = b.part_id JOIN places pl ON pl.id = b.place_id
    WHERE p.serialised = 1 AND pl.kind IN ('bin', 'bench') AND expected <> found`,
  'goods.ended': `SELECT 'move ' || e.id AS row, coalesce(m.quantity, 0) AS expected, e.quantity AS found
    FROM goods_moves e LEFT JOIN goods_moves m ON m.id = e.pending_id
    WHERE e.kind IN ('post', 'void') AND (m.id IS NULL OR m.kind <> 'pending' OR m.part_id <> e.part_id
      OR m.from_place_id <> e.from_place_id OR e.quantity > m.quantity)
    UNION ALL
    SELECT 'move ' || pending_id, 1, count(*) FROM goods_moves WHERE pending_id IS NOT NULL
      GROUP BY pending_id HAVING count(*) > 1
    UNION ALL
    SELECT 'move ' || id, 0, 1 FROM goods_moves WHERE kind IN ('direct', 'pending') AND pending_id IS NOT NULL`,
  'goods.reversed': `SELECT 'move ' || r.id AS row, m.quantity AS expected, r.quantity AS found
    FROM goods_moves r JOIN goods_moves m ON m.id = r.reverses_id
    WHERE r.quantity <> m.quantity OR r.part_id <> m.part_id OR r.serial <> m.serial
      OR r.from_place_id <> m.to_place_id OR r.to_place_id <> m.from_place_id`,
  'goods.negative': `SELECT 'move ' || c.id AS row, 0 AS expected, after AS found FROM (
      SELECT id, place_id, delta, reason, note, sum(delta) OVER (PARTITION BY part_id, place_id ORDER BY id) AS after
      FROM (${carried})) c JOIN places pl ON pl.id = c.place_id
    WHERE delta < 0 AND after < 0 AND pl.kind NOT IN ('supplier', 'difference')
      AND NOT (pl.kind = 'bin' AND reason IN ('issue', 'adjustment', 'reversal') AND note <> '')`,
  'goods.line_reserved': `SELECT 'line ' || l.id AS row, l.quantity AS expected, coalesce(o.quantity, 0) AS found
    FROM repair_parts l LEFT JOIN (${openPending}) o ON o.id = l.pending_id
    WHERE l.state = 'reserved' AND (o.id IS NULL OR o.quantity <> l.quantity OR o.part_id <> l.part_id)
    UNION ALL
    SELECT 'move ' || o.id, 0, o.quantity FROM (${openPending}) o
    WHERE NOT EXISTS (SELECT 1 FROM repair_parts l
      WHERE l.id = o.repair_part_id AND l.pending_id = o.id AND l.state = 'reserved')`,
  'goods.line_issued': `SELECT 'part ' || part_id AS row, sum(derived) AS expected, sum(kept) AS found FROM (
      SELECT b.part_id, b.on_hand AS kept, 0 AS derived FROM stock_balances b JOIN places pl ON pl.id = b.place_id
        WHERE pl.kind = 'bench'
      UNION ALL SELECT part_id, 0, quantity FROM repair_parts WHERE state = 'issued')
    GROUP BY part_id HAVING sum(kept) <> sum(derived)`,
  'goods.loaner': loanerRule,
}

/** The first rows of a rule are enough to find the cause. */
const mostOfOne = 20

/** What rules find, each rule's first rows. */
export function brokenRules(
  db: Pick<ReadDb, '$client'>,
  texts: Readonly<Record<string, string>>,
  ...given: readonly object[]
): GoodsFault[] {
  return Object.entries(texts).flatMap(([rule, text]) => {
    const rows = sqlStatement(db, `${text} LIMIT ${mostOfOne}`).all(...given)
    return (rows as Omit<GoodsFault, 'rule'>[]).map((row) => ({ rule, ...row }))
  })
}

/**
 * Works balances, places of serials and part lines out of the moves again; answers how many moves there are and the
 * first rows that differ, with what they should say. Nothing may be below nothing but a shelf somebody took from
 * with a reason.
 */
export function verifyGoods(db: ReadDb): { goodsMoves: number; faults: GoodsFault[] } {
  const goodsMoves = sqlStatement(db, 'SELECT count(*) FROM goods_moves').pluck().get() as number
  return { goodsMoves, faults: brokenRules(db, rules) }
}
