import type { Loan } from '#contract/loaners.ts'
import type { RepairState } from '#contract/repair-states.ts'
import type { GoodsMove, RepairPart } from '#contract/stock-model.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Reads across modules for what goods have to do with repairs, prices and people (decision 005). */

/** What a part line must know of its repair. */
export interface RepairStanding {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly state: RepairState
  /** The state a suspension covers. */
  readonly suspendedFrom: RepairState | null
  readonly lockReason: string | null
  readonly customerId: number | null
}

export function repairStanding(db: ReadDb, id: number): RepairStanding | undefined {
  const text = `SELECT id, uid, number, state, suspended_from AS suspendedFrom, lock_reason AS lockReason,
    customer_id AS customerId FROM repairs WHERE id = ?`
  return sqlStatement(db, text).get(id) as RepairStanding | undefined
}

/** Whether a tax code is there and used; undefined when it is not there. */
export function taxCodeActive(db: ReadDb, id: number): boolean | undefined {
  const active = sqlStatement(db, 'SELECT active FROM tax_codes WHERE id = ?').pluck().get(id)
  return active === undefined ? undefined : active === 1
}

/** Whether a person is on file. */
export function personExists(db: ReadDb, id: number): boolean {
  return sqlStatement(db, 'SELECT 1 FROM users WHERE id = ?').get(id) !== undefined
}

export interface WaitingRow {
  readonly repairId: number
  readonly repairUid: string
  readonly repairNumber: string
  readonly state: RepairState
  readonly suspendedFrom: RepairState | null
  readonly quantity: number
  readonly plannedAt: number
}

/** Repairs under way that wait for a part, who planned it first, first. */
export function waitingFor(db: ReadDb, partId: number): WaitingRow[] {
  const text = `SELECT r.id AS repairId, r.uid AS repairUid, r.number AS repairNumber, r.state,
      r.suspended_from AS suspendedFrom, sum(l.quantity) AS quantity, min(l.planned_at) AS plannedAt
    FROM repair_parts l JOIN repairs r ON r.id = l.repair_id
    WHERE l.part_id = ? AND l.state = 'planned'
      AND r.state NOT IN ('processed', 'collected', 'closed', 'cancelled', 'unclaimed')
    GROUP BY r.id ORDER BY plannedAt, min(l.id) LIMIT 200`
  return sqlStatement(db, text).all(partId) as WaitingRow[]
}

/** Part lines of a repair with what is known of each part, in the order they were planned. */
export function linesOfRepair(db: ReadDb, repairId: number): RepairPart[] {
  const text = `SELECT l.id, l.uid, l.version, l.repair_id AS repairId, l.part_id AS partId, p.number AS partNumber,
      p.name_zh AS zh, p.name_en AS en, p.serialised, p.returnable, l.quantity, l.state, l.serial,
      l.old_serial AS oldSerial, l.reason, l.person_id AS personId, u.name AS personName,
      l.charge_line_id AS chargeLineId, l.changed_at AS changedAt, bin.name AS binName,
      (SELECT coalesce(sum(b.on_hand - b.reserved), 0) FROM stock_balances b JOIN places pl ON pl.id = b.place_id
       WHERE b.part_id = l.part_id AND pl.kind = 'bin') AS available
    FROM repair_parts l JOIN parts p ON p.id = l.part_id LEFT JOIN users u ON u.id = l.person_id
      LEFT JOIN places bin ON bin.id = coalesce(l.bin_id, p.bin_id)
    WHERE l.repair_id = ? ORDER BY l.id`
  type Raw = Omit<RepairPart, 'label' | 'serialised' | 'returnable'> &
    Record<'serialised' | 'returnable', number> & { zh: string; en: string }
  return (sqlStatement(db, text).all(repairId) as Raw[]).map(({ zh, en, ...row }) => ({
    ...row,
    label: { zh, en },
    serialised: row.serialised === 1,
    returnable: row.returnable === 1,
  }))
}

export interface MoveQuestion {
  readonly partId?: number | undefined
  readonly repairId?: number | undefined
  readonly loanerId?: number | undefined
  /** UTC epoch ms, `until` not included. */
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly beforeId?: number | undefined
  readonly limit: number
}

/** Moves of the ledger, the newest first; places other than shelves are named by their kind. */
export function movePage(db: ReadDb, asked: MoveQuestion): GoodsMove[] {
  const conditions = [
    asked.partId === undefined ? '' : 'AND m.part_id = @partId',
    asked.repairId === undefined ? '' : 'AND m.repair_id = @repairId',
    asked.loanerId === undefined ? '' : 'AND m.loaner_id = @loanerId',
    asked.from === undefined ? '' : 'AND m.at >= @from',
    asked.until === undefined ? '' : 'AND m.at < @until',
    asked.beforeId === undefined ? '' : 'AND m.id < @beforeId',
  ]
  const text = `SELECT m.id, m.uid, m.at, m.kind, m.reason, m.part_id AS partId, p.number AS partNumber,
      p.name_zh AS zh, p.name_en AS en, m.loaner_id AS loanerId, lo.name AS loanerName, m.serial, m.quantity,
      f.name AS fromPlace, t.name AS toPlace, r.uid AS repairUid, r.number AS repairNumber, m.document, m.note,
      u.name AS userName, EXISTS (SELECT 1 FROM goods_moves x WHERE x.reverses_id = m.id) AS reversed
    FROM goods_moves m JOIN places f ON f.id = m.from_place_id JOIN places t ON t.id = m.to_place_id
      LEFT JOIN parts p ON p.id = m.part_id LEFT JOIN loaners lo ON lo.id = m.loaner_id
      LEFT JOIN repairs r ON r.id = m.repair_id LEFT JOIN users u ON u.id = m.user_id
    WHERE 1 = 1 ${conditions.join(' ')} ORDER BY m.id DESC LIMIT @limit`
  type Raw = Omit<GoodsMove, 'label' | 'reversed'> & {
    zh: string | null
    en: string | null
    loanerName: string | null
    reversed: number
  }
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  return (sqlStatement(db, text).all(given) as Raw[]).map(({ zh, en, loanerName, ...row }) => ({
    ...row,
    label: loanerName === null ? { zh: zh ?? '', en: en ?? '' } : { zh: loanerName, en: loanerName },
    reversed: row.reversed === 1,
  }))
}

const loanText = `SELECT l.id, l.uid, l.version, l.loaner_id AS loanerId, lo.uid AS loanerUid, lo.name AS loanerName,
    lo.serial, l.repair_id AS repairId, r.uid AS repairUid, r.number AS repairNumber, c.name AS customerName,
    l.lent_at AS lentAt, lent.name AS lentBy, l.due_on AS dueOn, l.condition_out AS conditionOut,
    l.signature_uid AS signatureUid, l.returned_at AS returnedAt, back.name AS returnedTo,
    l.condition_in AS conditionIn
  FROM loans l JOIN loaners lo ON lo.id = l.loaner_id JOIN repairs r ON r.id = l.repair_id
    LEFT JOIN customers c ON c.id = l.customer_id LEFT JOIN users lent ON lent.id = l.lent_by_id
    LEFT JOIN users back ON back.id = l.returned_to_id`

/** Loans of a repair, the newest first. */
export function loansOfRepair(db: ReadDb, repairId: number): Loan[] {
  return sqlStatement(db, `${loanText} WHERE l.repair_id = ? ORDER BY l.id DESC`).all(repairId) as Loan[]
}

/** Loans that are not back, by the day they are due. */
export function loansOut(db: ReadDb): Loan[] {
  return sqlStatement(db, `${loanText} WHERE l.returned_at IS NULL ORDER BY l.due_on, l.id`).all() as Loan[]
}
