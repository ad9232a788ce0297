import { defaultShares } from '#contract/charges.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { AttachmentRow, Repair, TimelineRow } from '#contract/repairs.ts'
import type { QueryContext } from '../context.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { dayOf } from '../kernel/days.ts'
import { cardColumns, cardJoins, cardOf, labelOf, type CardRow } from './views.ts'

/** The page of one repair: its head, what came with it, each handling, and its history. */

type Plain = Omit<
  Repair,
  | keyof CardRow
  | keyof ReturnType<typeof cardOf>
  | 'problemType'
  | 'reworkOf'
  | 'defaultShares'
  | 'warrantyFrom'
  | 'checks'
  | 'accessories'
  | 'attachments'
  | 'attempts'
  | 'knownDefects'
  | 'siblings'
>
type Flag = 'dropped' | 'liquid' | 'intermittent' | 'dataLossWaiver' | 'oldPartBack' | 'hasPasscode'
interface PageRow extends CardRow, Omit<Plain, Flag>, Record<Flag, number> {
  problemZh: string | null
  problemEn: string | null
  reworkUid: string | null
  reworkNumber: string | null
  reworkEngineer: string | null
}

const pageColumns = `${cardColumns},
  r.visit_uid AS visitUid, r.channel, r.customer_id AS customerId, r.device_id AS deviceId,
  (SELECT number FROM customer_phones WHERE customer_id = r.customer_id ORDER BY position LIMIT 1) AS customerPhone,
  r.sub_status_id AS subStatusId, r.problem_type_id AS problemTypeId, pt.name_zh AS problemZh,
  pt.name_en AS problemEn, d.imei1, d.colour, r.fault_since AS faultSince, r.dropped, r.liquid, r.intermittent,
  r.backup, r.estimate_minor AS estimateMinor, r.ceiling_minor AS ceilingMinor,
  r.bench_fee_minor AS benchFeeMinor, r.warranty_kind AS warrantyKind, r.data_loss_waiver AS dataLossWaiver,
  r.parts_policy AS partsPolicy, r.old_part_back AS oldPartBack, r.other_reference AS otherReference,
  r.may_collect AS mayCollect, r.internal_note AS internalNote,
  EXISTS (SELECT 1 FROM repair_passcodes WHERE repair_id = r.id) AS hasPasscode,
  r.signature_uid AS signatureUid, r.no_signature_reason AS noSignatureReason,
  r.no_signature_note AS noSignatureNote, r.terms_version AS termsVersion, clerk.name AS clerkName,
  r.lock_note AS lockNote, r.locked_at AS lockedAt, r.suspend_reason AS suspendReason,
  r.failed_attempts AS failedAttempts, r.follow_up_tries AS followUpTries, r.collected_by AS collectedBy,
  r.collected_at AS collectedAt, r.processed_at AS processedAt, r.closed_at AS closedAt,
  (SELECT on_day FROM disposals WHERE repair_id = r.id AND voided_at IS NULL) AS disposedOn,
  r.close_kind AS closeKind, r.satisfaction, r.verified_at AS verifiedAt, verifier.name AS verifiedBy,
  o.uid AS reworkUid, o.number AS reworkNumber, r.rework_kind AS reworkKind,
  (SELECT u.name FROM repair_attempts a JOIN users u ON u.id = a.engineer_id
   WHERE a.repair_id = o.id AND a.result = 'solved' ORDER BY a.no DESC LIMIT 1) AS reworkEngineer`
const pageJoins = `${cardJoins}
  LEFT JOIN dictionary_entries pt ON pt.id = r.problem_type_id
  LEFT JOIN users clerk ON clerk.id = r.clerk_id
  LEFT JOIN users verifier ON verifier.id = r.verified_by_id
  LEFT JOIN repairs o ON o.id = r.rework_of_id`

function pageRow(db: ReadDb, by: 'uid' | 'number', value: string): PageRow | undefined {
  const text = `SELECT ${pageColumns} FROM repairs r ${pageJoins} WHERE r.${by} = ?`
  return sqlStatement(db, text).get(value) as PageRow | undefined
}

/** One repair by uid or number. Errors: `field.required` when neither is given, `not_found`. */
export function getRepair(ctx: QueryContext, input: InputOf<'repairs.get'>): OutputOf<'repairs.get'> {
  const { uid, number } = input
  if (uid === undefined && number === undefined) throw fieldError('uid', 'field.required')
  const row = uid === undefined ? pageRow(ctx.db, 'number', number ?? '') : pageRow(ctx.db, 'uid', uid)
  return pageOfRepair(ctx, found(row, 'repair'))
}

function pageOfRepair({ db, settings }: QueryContext, row: PageRow): Repair {
  const { problemZh, problemEn, reworkUid, reworkNumber, reworkEngineer: engineerName, ...plain } = row
  const began = warrantyStart(db, row.id)
  const { dropped, liquid, intermittent, dataLossWaiver, oldPartBack, hasPasscode, ...rest } = plain
  const { priority: _rank, faultUnknown: _flag, source, ...shown } = rest
  return {
    ...shown,
    ...cardOf(row),
    source,
    dropped: dropped !== 0,
    liquid: liquid !== 0,
    intermittent: intermittent !== 0,
    dataLossWaiver: dataLossWaiver !== 0,
    oldPartBack: oldPartBack !== 0,
    hasPasscode: hasPasscode !== 0,
    problemType: labelOf(problemZh, problemEn),
    reworkOf:
      reworkUid === null || reworkNumber === null
        ? null
        : { uid: reworkUid, number: reworkNumber, engineerName },
    defaultShares: defaultShares(reworkUid !== null, row.reworkKind),
    warrantyFrom: began === null ? null : dayOf(began, settings.timeZone),
    checks: checksOf(db, row.id),
    accessories: accessoriesOf(db, row.id),
    attachments: filesOf(db, row.id),
    attempts: attemptsOf(db, row.id),
    knownDefects: defectsOf(db, row.deviceId),
    siblings: siblingsOf(db, row.visitUid, row.id),
  }
}

/**
 * When the first of a chain of reworks was collected: repairing the same thing again does not begin a warranty anew,
 * and does not take it away. A rework for another fault is its own beginning. null: not collected yet.
 */
function warrantyStart(db: ReadDb, repairId: number): number | null {
  const text = `WITH RECURSIVE chain (id, collected_at, rework_of_id, rework_kind) AS (
      SELECT id, collected_at, rework_of_id, rework_kind FROM repairs WHERE id = ?
      UNION ALL SELECT r.id, r.collected_at, r.rework_of_id, r.rework_kind
      FROM chain c JOIN repairs r ON r.id = c.rework_of_id WHERE coalesce(c.rework_kind, 'same') = 'same')
    SELECT min(collected_at) FROM chain`
  return sqlStatement(db, text).pluck().get(repairId) as number | null
}

interface Named {
  readonly zh: string | null
  readonly en: string | null
}

function checksOf(db: ReadDb, repairId: number): Repair['checks'] {
  const rows = sqlStatement(
    db,
    `SELECT k.item_id AS itemId, e.name_zh AS zh, e.name_en AS en, k.result, k.note FROM repair_checks k
     LEFT JOIN dictionary_entries e ON e.id = k.item_id WHERE k.repair_id = ? ORDER BY k.id`,
  ).all(repairId) as (Omit<Repair['checks'][number], 'label'> & Named)[]
  return rows.map(({ zh, en, ...check }) => ({ ...check, label: labelOf(zh, en) ?? { zh: '', en: '' } }))
}

function accessoriesOf(db: ReadDb, repairId: number): Repair['accessories'] {
  const rows = sqlStatement(
    db,
    `SELECT a.id, a.name, a.serial, a.returned_at AS returnedAt, e.name_zh AS zh, e.name_en AS en
     FROM repair_accessories a LEFT JOIN dictionary_entries e ON e.id = a.accessory_id
     WHERE a.repair_id = ? ORDER BY a.id`,
  ).all(repairId) as ({ id: number; name: string; serial: string; returnedAt: number | null } & Named)[]
  return rows.map(({ id, name, serial, returnedAt, zh, en }) => ({
    id,
    // What the clerk typed says more than the pick list ("charger, 20 W"), so it comes first where it is given.
    name: (name === '' ? labelOf(zh, en) : null) ?? { zh: name, en: name },
    serial,
    returned: returnedAt !== null,
  }))
}

function filesOf(db: ReadDb, repairId: number): AttachmentRow[] {
  return sqlStatement(
    db,
    `SELECT a.uid, a.kind, a.name, a.mime, a.size, a.created_at AS createdAt, u.name AS createdBy
     FROM attachments a LEFT JOIN users u ON u.id = a.created_by_id WHERE a.repair_id = ? ORDER BY a.id`,
  ).all(repairId) as AttachmentRow[]
}

type AttemptRow = Omit<Repair['attempts'][number], 'codes'> & { codeIds: string }

function attemptsOf(db: ReadDb, repairId: number): Repair['attempts'] {
  const rows = sqlStatement(
    db,
    `SELECT a.no, a.engineer_id AS engineerId, u.name AS engineerName, a.assigned_at AS assignedAt,
       a.started_at AS startedAt, a.ended_at AS endedAt, a.result, a.findings, a.code_ids AS codeIds
     FROM repair_attempts a LEFT JOIN users u ON u.id = a.engineer_id WHERE a.repair_id = ? ORDER BY a.no`,
  ).all(repairId) as AttemptRow[]
  return rows.map(({ codeIds, ...attempt }) => ({ ...attempt, codes: codesOf(db, codeIds) }))
}

function codesOf(db: ReadDb, codeIds: string): Repair['attempts'][number]['codes'] {
  if (codeIds === '[]') return []
  const rows = sqlStatement(
    db,
    `SELECT e.id, e.kind, e.code, e.name_zh AS zh, e.name_en AS en FROM json_each(?) ids
     CROSS JOIN dictionary_entries e ON e.id = ids.value ORDER BY ids.key`,
  ).all(codeIds) as ({ id: number; kind: string; code: string } & Named)[]
  return rows.map(({ id, kind, code, zh, en }) => ({
    id,
    kind,
    code,
    label: labelOf(zh, en) ?? { zh: '', en: '' },
  }))
}

function defectsOf(db: ReadDb, deviceId: number): Repair['knownDefects'] {
  return sqlStatement(
    db,
    `SELECT id, text, noted_at AS notedAt FROM device_defects
     WHERE device_id = ? AND resolved_at IS NULL ORDER BY id`,
  ).all(deviceId) as Repair['knownDefects']
}

/** The other devices of the same visit. */
function siblingsOf(db: ReadDb, visitUid: string, repairId: number): Repair['siblings'] {
  return sqlStatement(
    db,
    'SELECT uid, number, state FROM repairs WHERE visit_uid = ? AND id <> ? ORDER BY id',
  ).all(visitUid, repairId) as Repair['siblings']
}

/** A history is told from its newest line; nobody reads past a thousand. */
const longestTimeline = 1000

/** The repair's history, newest line first. Error: `not_found`. */
export function repairTimeline(
  ctx: QueryContext,
  input: InputOf<'repairs.timeline'>,
): OutputOf<'repairs.timeline'> {
  const { db } = ctx
  found(sqlStatement(db, 'SELECT 1 FROM repairs WHERE id = ?').get(input.repairId), 'repair')
  const rows = sqlStatement(
    db,
    `SELECT l.at, l.kind, u.name AS userName, s.name AS seatName, l.action, l.from_state AS fromState,
       l.to_state AS toState, l.text, l.detail
     FROM repair_log l LEFT JOIN users u ON u.id = l.user_id LEFT JOIN seats s ON s.id = l.seat_id
     WHERE l.repair_id = ? ORDER BY l.id DESC LIMIT ${longestTimeline}`,
  ).all(input.repairId) as (Omit<TimelineRow, 'detail'> & { detail: string })[]
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as TimelineRow['detail'] }))
}
