import type { Label } from '#contract/fields.ts'
import type { RepairOutcome, RepairState } from '#contract/repair-states.ts'
import { priorities, type RepairCard } from '#contract/repairs.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/**
 * What screens show of repairs across modules, read in one go (decision 005): joins over customers, devices,
 * dictionaries and people by raw SQL, prepared once per connection. Nothing here writes.
 */

/** A dictionary entry's two names; one of them is enough, the other falls back to it. */
export function labelOf(zh: string | null, en: string | null): Label | null {
  if (zh === null || en === null) return null
  return { zh: zh || en, en: en || zh }
}

const nothing: Label = { zh: '', en: '' }

interface CardRow extends Omit<
  RepairCard,
  'subStatus' | 'category' | 'brand' | 'model' | 'priority' | 'faultUnknown' | 'imported'
> {
  priority: number
  faultUnknown: number
  source: string | null
  subZh: string | null
  subEn: string | null
  categoryZh: string | null
  categoryEn: string | null
  brandZh: string | null
  brandEn: string | null
  modelZh: string | null
  modelEn: string | null
  modelText: string
}

/** Columns and joins of a card; other views of one repair add theirs. */
export const cardColumns = `
  r.id, r.uid, r.number, r.version, r.state, r.lock_reason AS locked, r.priority,
  ss.name_zh AS subZh, ss.name_en AS subEn,
  c.uid AS customerUid, c.name AS customerName, c.tier AS customerTier,
  d.uid AS deviceUid, cat.name_zh AS categoryZh, cat.name_en AS categoryEn,
  b.name_zh AS brandZh, b.name_en AS brandEn, m.name_zh AS modelZh, m.name_en AS modelEn,
  d.model_text AS modelText, d.serial, r.fault_text AS faultText, r.fault_unknown AS faultUnknown,
  r.engineer_id AS engineerId, u.name AS engineerName, r.bin, r.requested_on AS requestedOn,
  r.due_on AS dueOn, r.wake_on AS wakeOn, r.next_try_on AS nextTryOn, r.received_at AS receivedAt,
  r.active_at AS activeAt, r.outcome, r.source`
export const cardJoins = `
  JOIN devices d ON d.id = r.device_id
  LEFT JOIN customers c ON c.id = r.customer_id
  LEFT JOIN dictionary_entries cat ON cat.id = d.category_id
  LEFT JOIN dictionary_entries b ON b.id = d.brand_id
  LEFT JOIN dictionary_entries m ON m.id = d.model_id
  LEFT JOIN dictionary_entries ss ON ss.id = r.sub_status_id
  LEFT JOIN users u ON u.id = r.engineer_id`

/** Makers and models are proper names: the international spelling, or the only one there is. */
function properName(zh: string | null, en: string | null): string {
  return en || zh || ''
}

/** A row of `cardColumns` as the contract's card. */
export function cardOf(row: CardRow): RepairCard {
  const { priority, faultUnknown, source, subZh, subEn, categoryZh, categoryEn, ...rest } = row
  const { brandZh, brandEn, modelZh, modelEn, modelText, ...card } = rest
  return {
    ...card,
    priority: priorities[priority] ?? 'normal',
    faultUnknown: faultUnknown !== 0,
    imported: source !== null,
    subStatus: labelOf(subZh, subEn),
    category: labelOf(categoryZh, categoryEn) ?? nothing,
    brand: properName(brandZh, brandEn),
    model: properName(modelZh, modelEn) || modelText,
  }
}
export type { CardRow }

/** Cards of the given repairs, in the order given; ids of no repair are left out. */
export function repairCards(db: ReadDb, ids: readonly number[]): RepairCard[] {
  if (ids.length === 0) return []
  const rows = sqlStatement(
    db,
    `SELECT ${cardColumns} FROM json_each(?) ids CROSS JOIN repairs r ON r.id = ids.value ${cardJoins}
     ORDER BY ids.key`,
  ).all(JSON.stringify(ids)) as CardRow[]
  return rows.map(cardOf)
}

/**
 * The device's repair that is still the shop's business, newest first; null when there is none. It is what
 * "one open repair per serial" looks at (`openStates`).
 */
export function openRepairOfDevice(
  db: ReadDb,
  deviceId: number,
): { id: number; uid: string; number: string; state: RepairState } | null {
  const row = sqlStatement(
    db,
    `SELECT id, uid, number, state FROM repairs INDEXED BY repairs_open_device WHERE device_id = ?
     AND state NOT IN ('closed','cancelled','unclaimed','collected') ORDER BY received_at DESC, id DESC LIMIT 1`,
  ).get(deviceId) as { id: number; uid: string; number: string; state: RepairState } | undefined
  return row ?? null
}

export interface DeviceRepair {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly receivedAt: number
  readonly processedAt: number | null
  readonly collectedAt: number | null
  readonly closedAt: number | null
  readonly state: RepairState
  readonly outcome: RepairOutcome | null
  readonly faultText: string
}

/** The device's repairs, newest first, at most `limit`. */
export function deviceHistory(db: ReadDb, deviceId: number, limit: number): DeviceRepair[] {
  return sqlStatement(
    db,
    `SELECT id, uid, number, received_at AS receivedAt, processed_at AS processedAt,
       collected_at AS collectedAt, closed_at AS closedAt, state, outcome, fault_text AS faultText
     FROM repairs WHERE device_id = ? ORDER BY received_at DESC, id DESC LIMIT ?`,
  ).all(deviceId, limit) as DeviceRepair[]
}

/** What search needs to put repairs in order and to open one. */
export interface RepairRef {
  readonly id: number
  readonly uid: string
}
export interface DatedRepair {
  readonly id: number
  readonly receivedAt: number
}

export function repairByUid(db: ReadDb, uid: string): RepairRef | undefined {
  return sqlStatement(db, 'SELECT id, uid FROM repairs WHERE uid = ?').get(uid) as RepairRef | undefined
}

export function repairById(db: ReadDb, id: number): RepairRef | undefined {
  return sqlStatement(db, 'SELECT id, uid FROM repairs WHERE id = ?').get(id) as RepairRef | undefined
}

export function repairByNumber(db: ReadDb, number: string): RepairRef | undefined {
  return sqlStatement(db, 'SELECT id, uid FROM repairs WHERE number = ?').get(number) as RepairRef | undefined
}

const dated = 'SELECT r.id, r.received_at AS receivedAt FROM'

function datedRepairs(db: ReadDb, rest: string, ...params: readonly (string | number)[]): DatedRepair[] {
  return sqlStatement(db, `${dated} ${rest}`).all(...params) as DatedRepair[]
}

export function repairsById(db: ReadDb, ids: readonly number[]): DatedRepair[] {
  return ids.length === 0
    ? []
    : datedRepairs(db, 'json_each(?) ids CROSS JOIN repairs r ON r.id = ids.value', JSON.stringify(ids))
}

/**
 * Repairs that have one of the shop's own numbers, in the order given, at most `limit`. Each number is a code of
 * `prefix` characters, the day and a count: on most days fewer were drawn, which the series says before a million
 * numbers are looked through.
 */
export function repairsByOwnNumber(
  db: ReadDb,
  numbers: readonly string[],
  prefix: number,
  limit: number,
): DatedRepair[] {
  const rest = `json_each(?) n CROSS JOIN number_series s ON s.series = 'repair ' || substr(n.value, ?, 8)
    CROSS JOIN repairs r ON r.number = n.value WHERE s.last >= CAST(substr(n.value, ?) AS INTEGER) LIMIT ?`
  return numbers.length === 0
    ? []
    : datedRepairs(db, rest, JSON.stringify(numbers), prefix + 1, prefix + 9, limit)
}

/** For each code before the day: the year of the first number with it; codes never used are left out. */
export function numberSpans(
  db: ReadDb,
  prefixes: readonly string[],
): { prefix: string; firstYear: number }[] {
  const text = 'SELECT min(number) FROM repairs WHERE number >= ? AND number < ?'
  return prefixes.flatMap((prefix) => {
    const first = sqlStatement(db, text).pluck().get(`${prefix}19`, `${prefix}21`) as string | null
    if (first === null) return []
    const year = Number(first.slice(prefix.length, prefix.length + 4))
    // A number brought along may begin like one of the shop's and name no year at all.
    return [{ prefix, firstYear: Number.isInteger(year) ? year : 2000 }]
  })
}

/** Repairs whose number begins with `start`, the highest numbers first. */
export function repairsByNumberStart(db: ReadDb, start: string, limit: number): DatedRepair[] {
  const rest = 'repairs r WHERE r.number >= ? AND r.number < ? ORDER BY r.number DESC LIMIT ?'
  return datedRepairs(db, rest, start, `${start}\u{10FFFF}`, limit)
}

const newest = 'ORDER BY r.received_at DESC, r.id DESC LIMIT ?'

/** The customer's repairs, newest first. */
export function newestOfCustomer(db: ReadDb, customerId: number, limit: number): DatedRepair[] {
  return datedRepairs(db, `repairs r WHERE r.customer_id = ? ${newest}`, customerId, limit)
}

/** The device's repairs, newest first. */
export function newestOfDevice(db: ReadDb, deviceId: number, limit: number): DatedRepair[] {
  return datedRepairs(db, `repairs r WHERE r.device_id = ? ${newest}`, deviceId, limit)
}

/** Ids of all repairs of a device, in no order. */
export function repairIdsOfDevice(db: ReadDb, deviceId: number): number[] {
  return sqlStatement(db, 'SELECT id FROM repairs WHERE device_id = ?').pluck().all(deviceId) as number[]
}

/** Ids of all repairs of a customer, in no order. */
export function repairIdsOfCustomer(db: ReadDb, customerId: number): number[] {
  return sqlStatement(db, 'SELECT id FROM repairs WHERE customer_id = ?').pluck().all(customerId) as number[]
}
