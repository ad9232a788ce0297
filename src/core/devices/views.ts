import type { Device, DeviceSummary } from '#contract/devices.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { properName } from './devices.ts'

interface SummaryRow extends Omit<DeviceSummary, 'category' | 'brand' | 'model'> {
  categoryZh: string
  categoryEn: string
  brandZh: string | null
  brandEn: string | null
  modelZh: string | null
  modelEn: string | null
  modelText: string
}

const names = `
  cat.name_zh AS categoryZh, cat.name_en AS categoryEn, b.name_zh AS brandZh, b.name_en AS brandEn,
  m.name_zh AS modelZh, m.name_en AS modelEn`
const nameJoins = `
  JOIN dictionary_entries cat ON cat.id = d.category_id
  LEFT JOIN dictionary_entries b ON b.id = d.brand_id
  LEFT JOIN dictionary_entries m ON m.id = d.model_id`

const summaries = `
  SELECT d.id, d.uid, ${names}, d.model_text AS modelText, d.colour, d.serial, d.imei1,
    d.owner_id AS ownerId, c.uid AS ownerUid, c.name AS ownerName, d.repairs_count AS repairs,
    (SELECT r.uid FROM repairs r INDEXED BY repairs_open_device WHERE r.device_id = d.id
       AND r.state NOT IN ('closed','cancelled','unclaimed','collected') ORDER BY r.received_at DESC, r.id DESC LIMIT 1) AS openRepairUid
  FROM json_each(?) ids CROSS JOIN devices d ON d.id = ids.value ${nameJoins}
  LEFT JOIN customers c ON c.id = d.owner_id
  ORDER BY ids.key`

function named(
  row: Pick<SummaryRow, 'categoryZh' | 'categoryEn' | 'brandZh' | 'brandEn' | 'modelZh' | 'modelEn'>,
  modelText: string,
) {
  return {
    category: { zh: row.categoryZh, en: row.categoryEn },
    brand: properName(row.brandZh, row.brandEn),
    model: properName(row.modelZh, row.modelEn) || modelText,
  }
}

/** What lists and search results show of devices, in the order of the ids; unknown ids are left out. */
export function deviceSummaries(db: ReadDb, ids: readonly number[]): DeviceSummary[] {
  if (ids.length === 0) return []
  const rows = sqlStatement(db, summaries).all(JSON.stringify(ids)) as SummaryRow[]
  return rows.map((row) => {
    const {
      categoryZh: _cz,
      categoryEn: _ce,
      brandZh: _bz,
      brandEn: _be,
      modelZh: _mz,
      modelEn: _me,
      modelText,
      ...rest
    } = row
    return { ...rest, ...named(row, modelText) }
  })
}

const deviceNames = `SELECT ${names} FROM devices d ${nameJoins} WHERE d.id = ?`

/** Category, brand and model of one device as screens show them. */
export function namesOfDevice(
  db: ReadDb,
  id: number,
  modelText: string,
): Pick<Device, 'category' | 'brand' | 'model'> {
  return named(sqlStatement(db, deviceNames).get(id) as SummaryRow, modelText)
}

const ownerOfDevice = `
  SELECT c.id, c.uid, c.name,
    (SELECT p.number FROM customer_phones p WHERE p.customer_id = c.id ORDER BY p.position, p.id LIMIT 1) AS phone
  FROM devices d JOIN customers c ON c.id = d.owner_id WHERE d.id = ?`
const pastOwners = `
  SELECT c.uid AS customerUid, c.name, o.from_at AS fromAt, o.to_at AS toAt
  FROM device_owners o JOIN customers c ON c.id = o.customer_id
  WHERE o.device_id = ? ORDER BY o.from_at DESC, o.id DESC`

/** Who has the device and who had it, the present owner first. */
export function ownersOfDevice(db: ReadDb, id: number): Pick<Device, 'owner' | 'owners'> {
  const owner = sqlStatement(db, ownerOfDevice).get(id) as NonNullable<Device['owner']> | undefined
  return { owner: owner ?? null, owners: sqlStatement(db, pastOwners).all(id) as Device['owners'] }
}
