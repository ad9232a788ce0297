import type { Language } from '#contract/fields.ts'
import type { Notice, noticeKinds } from '#contract/notices.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Read-only joins for what a person sees of notices. */

const noticesText = `SELECT n.id, n.uid, n.version, n.repair_id AS repairId, r.uid AS repairUid, r.number AS repairNumber,
    n.kind, n.channel, n.language, n.address, n.subject, n.body, n.state, n.tries, n.next_try_at AS nextTryAt,
    n.problem, n.created_at AS createdAt, u.name AS createdBy, n.sent_at AS sentAt
  FROM notices n JOIN repairs r ON r.id = n.repair_id LEFT JOIN users u ON u.id = n.created_by_id
  WHERE n.repair_id = ? ORDER BY n.id DESC`

/** What a repair's customer was told, newest first. */
export function noticesOf(db: ReadDb, repairId: number): Notice[] {
  return sqlStatement(db, noticesText).all(repairId) as Notice[]
}

const factsText = `SELECT r.uid, r.number, r.state, r.processed_at AS processedAt, c.id AS customerId, c.name AS customerName,
    c.email, c.language, b.name_zh AS brandZh, b.name_en AS brandEn, m.name_zh AS modelZh, m.name_en AS modelEn,
    d.model_text AS modelText,
    k.name_zh AS categoryZh, k.name_en AS categoryEn
  FROM repairs r LEFT JOIN customers c ON c.id = r.customer_id JOIN devices d ON d.id = r.device_id
  LEFT JOIN dictionary_entries b ON b.id = d.brand_id LEFT JOIN dictionary_entries m ON m.id = d.model_id
  LEFT JOIN dictionary_entries k ON k.id = d.category_id
  WHERE r.id = ?`

interface RepairFacts {
  readonly uid: string
  readonly number: string
  readonly state: string
  readonly processedAt: number | null
  readonly customerId: number | null
  readonly customerName: string | null
  readonly email: string | null
  readonly language: Language | null
  readonly brandZh: string | null
  readonly brandEn: string | null
  readonly modelZh: string | null
  readonly modelEn: string | null
  /** What was typed for a model the shop does not list. */
  readonly modelText: string
  readonly categoryZh: string | null
  readonly categoryEn: string | null
}

export function repairFacts(db: ReadDb, repairId: number): RepairFacts | undefined {
  return sqlStatement(db, factsText).get(repairId) as RepairFacts | undefined
}

/** Brand and model in a language; what kind of device it is where no model is known. */
export function deviceName(facts: RepairFacts, language: Language): string {
  const pick = (zh: string | null, en: string | null) => (language === 'zh-CN' ? zh || en : en || zh) ?? ''
  const model = facts.modelText || pick(facts.modelZh, facts.modelEn)
  const category = pick(facts.categoryZh, facts.categoryEn)
  return [pick(facts.brandZh, facts.brandEn), model || category].filter((part) => part !== '').join(' ')
}

// A mail that was given up told nobody anything.
const toldText = `(SELECT group_concat(kind || ' ' || created_at) FROM (SELECT kind, created_at FROM notices n
  WHERE n.repair_id = r.id AND n.created_at >= r.processed_at AND n.state <> 'failed' ORDER BY n.id)) AS told`

/** The repair whose customer was given a link with this token. */
export function linkedRepair(db: ReadDb, token: string): { id: number; uid: string } | undefined {
  const text = 'SELECT r.id, r.uid FROM report_links l JOIN repairs r ON r.id = l.repair_id WHERE l.token = ?'
  return sqlStatement(db, text).get(token) as { id: number; uid: string } | undefined
}

// Only what stands ready in the shop is looked at, over the index of the board: a few hundred rows at most.
const readyText = `SELECT r.id, r.uid, r.number, r.processed_at AS processedAt, ${toldText}
  FROM repairs r INDEXED BY repairs_board
  WHERE r.state = 'processed' AND r.state NOT IN ('closed','cancelled','unclaimed') AND r.processed_at IS NOT NULL
  LIMIT 2000`

// What was given up as unclaimed here and is still on the shelf; history that was imported is not.
const leftText = `SELECT r.id, r.uid, r.number, r.processed_at AS processedAt, ${toldText}
  FROM repairs r INDEXED BY repairs_ended
  WHERE r.state = 'unclaimed' AND r.state IN ('cancelled','unclaimed') AND r.processed_at IS NOT NULL
    AND r.source IS NULL
    AND NOT EXISTS (SELECT 1 FROM disposals d WHERE d.repair_id = r.id AND d.voided_at IS NULL)
  ORDER BY r.received_at DESC LIMIT 2000`

export interface ReadyRepair {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly processedAt: number
  /** What the customer was told since it is ready: kind and moment. */
  readonly told: readonly { kind: (typeof noticeKinds)[number]; at: number }[]
}

function readyRows(db: ReadDb, text: string): ReadyRepair[] {
  const rows = sqlStatement(db, text).all() as (Omit<ReadyRepair, 'told'> & { told: string | null })[]
  return rows.map((row) => ({
    ...row,
    told: (row.told?.split(',') ?? []).map((one) => {
      const [kind, at] = one.split(' ')
      return { kind: kind as ReadyRepair['told'][number]['kind'], at: Number(at) }
    }),
  }))
}

/** Devices that stand ready, with what their customers were told since. */
export function readyRepairs(db: ReadDb): ReadyRepair[] {
  return readyRows(db, readyText)
}

/** Devices given up as unclaimed that nobody has disposed of yet. */
export function leftRepairs(db: ReadDb): ReadyRepair[] {
  return readyRows(db, leftText)
}

const finalText = `SELECT n.created_at FROM notices n JOIN repairs r ON r.id = n.repair_id
  WHERE n.repair_id = ? AND n.kind = 'final' AND n.state IN ('done', 'sent') AND n.created_at >= r.processed_at
  ORDER BY n.id LIMIT 1`

/** When the owner was given the final notice since the device is ready; a mail still on its way is none. */
export function finalNoticeAt(db: ReadDb, repairId: number): number | undefined {
  return sqlStatement(db, finalText).pluck().get(repairId) as number | undefined
}
