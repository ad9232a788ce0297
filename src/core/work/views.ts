import type { Label } from '#contract/fields.ts'
import type { ExternalJob, LabourLine, TestRun } from '#contract/work.ts'
import type { RepairState } from '#contract/repair-states.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import type { WorkedLine } from './work.ts'

/** Reads across modules that the bench needs (decision 005). Nothing here writes. */

export interface BenchRepair {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly state: RepairState
  readonly attempts: number
  readonly deviceId: number
  readonly categoryId: number
  readonly serial: string
  readonly imei1: string | null
}

export function benchRepair(db: ReadDb, repairId: number): BenchRepair | undefined {
  return sqlStatement(
    db,
    `SELECT r.id, r.uid, r.number, r.state, r.attempts, r.device_id AS deviceId, d.category_id AS categoryId,
       d.serial, d.imei1
     FROM repairs r JOIN devices d ON d.id = r.device_id WHERE r.id = ?`,
  ).get(repairId) as BenchRepair | undefined
}

/** The test list of a device category, in the shop's order; items switched off are not asked. */
export function testItemsOf(db: ReadDb, categoryId: number): { itemId: number; label: Label }[] {
  const rows = sqlStatement(
    db,
    `SELECT id, name_zh AS zh, name_en AS en FROM dictionary_entries
     WHERE parent_id = ? AND kind = 'test_item' AND active = 1 ORDER BY sort, id`,
  ).all(categoryId) as { id: number; zh: string; en: string }[]
  return rows.map(({ id, zh, en }) => ({ itemId: id, label: { zh, en } }))
}

/** Whether the device was taken apart again after a moment: a test before that says nothing about it now. */
export function workedAfter(db: ReadDb, repairId: number, at: number): boolean {
  const text = `SELECT 1 FROM repair_log WHERE repair_id = ? AND kind = 'move' AND at > ?
    AND to_state IN ('assigned', 'diagnosing', 'in_repair', 'at_vendor') LIMIT 1`
  return sqlStatement(db, text).get(repairId, at) !== undefined
}

export function serviceKnown(db: ReadDb, serviceId: number): boolean {
  return sqlStatement(db, 'SELECT 1 FROM services WHERE id = ?').get(serviceId) !== undefined
}

/** Whether a line of the bill stands on an invoice. */
export function isInvoiced(db: ReadDb, chargeLineId: number | null): boolean {
  if (chargeLineId === null) return false
  const text = 'SELECT 1 FROM charge_lines WHERE id = ? AND invoice_id IS NOT NULL'
  return sqlStatement(db, text).get(chargeLineId) !== undefined
}

type LabourView = Omit<LabourLine, 'credits'> & { credits: string }

export function labourLinesOf(db: ReadDb, repairId: number): LabourLine[] {
  const rows = sqlStatement(
    db,
    `SELECT l.id, l.uid, l.version, l.repair_id AS repairId, l.service_id AS serviceId, l.description,
       l.standard_minutes AS standardMinutes, l.actual_minutes AS actualMinutes, l.running_since AS runningSince,
       runner.name AS runningBy, l.done_on AS doneOn, l.charge_line_id AS chargeLineId, l.note,
       (SELECT json_group_array(json_object('userId', c.user_id, 'userName', u.name, 'shareBp', c.share_bp))
        FROM (SELECT * FROM labour_credits WHERE labour_id = l.id ORDER BY share_bp DESC, user_id) c
        JOIN users u ON u.id = c.user_id) AS credits
     FROM labour_lines l LEFT JOIN users runner ON runner.id = l.running_by_id
     WHERE l.repair_id = ? AND l.removed = 0 ORDER BY l.id`,
  ).all(repairId) as LabourView[]
  return rows.map((row) => ({ ...row, credits: JSON.parse(row.credits) as LabourLine['credits'] }))
}

/** Tests of a repair, newest first. */
export function testRunsOf(db: ReadDb, repairId: number): TestRun[] {
  const runs = sqlStatement(
    db,
    `SELECT t.id, t.uid, t.at, u.name AS userName, t.passed, t.note
     FROM test_runs t LEFT JOIN users u ON u.id = t.user_id WHERE t.repair_id = ? ORDER BY t.id DESC`,
  ).all(repairId) as (Omit<TestRun, 'passed' | 'results'> & { passed: number })[]
  return runs.map((run) => ({ ...run, passed: run.passed === 1, results: resultsOf(db, run.id) }))
}

function resultsOf(db: ReadDb, runId: number): TestRun['results'] {
  const rows = sqlStatement(
    db,
    `SELECT i.item_id AS itemId, e.name_zh AS zh, e.name_en AS en, i.result, i.note
     FROM test_run_items i JOIN dictionary_entries e ON e.id = i.item_id WHERE i.run_id = ? ORDER BY e.sort, e.id`,
  ).all(runId) as (Omit<TestRun['results'][number], 'label'> & Label)[]
  return rows.map(({ zh, en, ...row }) => ({ ...row, label: { zh, en } }))
}

/** Times the device was away, newest first. */
export function externalJobsOf(db: ReadDb, repairId: number): ExternalJob[] {
  return sqlStatement(
    db,
    `SELECT e.id, e.uid, e.version, e.repair_id AS repairId, e.kind, e.vendor, e.reference, e.sent_at AS sentAt,
       sender.name AS sentBy, e.expected_on AS expectedOn, e.serial_out AS serialOut, e.back_at AS backAt,
       taker.name AS backBy, e.result, e.serial_back AS serialBack, e.cost_minor AS costMinor, e.note
     FROM external_jobs e LEFT JOIN users sender ON sender.id = e.sent_by_id
     LEFT JOIN users taker ON taker.id = e.back_by_id WHERE e.repair_id = ? ORDER BY e.id DESC`,
  ).all(repairId) as ExternalJob[]
}

/** Every credited part of the lines done between two days, both included; all parts of a line, whoever is asked for. */
export function workedBetween(db: ReadDb, from: string, to: string): WorkedLine[] {
  return sqlStatement(
    db,
    `SELECT l.id AS labourId, l.done_on AS doneOn, l.standard_minutes AS standardMinutes,
       l.actual_minutes AS actualMinutes, c.user_id AS userId, u.name AS userName, c.share_bp AS shareBp
     FROM labour_lines l JOIN labour_credits c ON c.labour_id = l.id JOIN users u ON u.id = c.user_id
     WHERE l.done_on IS NOT NULL AND l.done_on BETWEEN ? AND ? AND l.removed = 0 ORDER BY l.id, c.user_id`,
  ).all(from, to) as WorkedLine[]
}
