import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { DeviceInput } from '#contract/devices.ts'
import { sqlStatement, statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { deviceDefects, deviceOwners, devices } from '../db/schema/devices.ts'

type Row = typeof devices.$inferSelect
export type StoredDevice = Omit<Row, 'purchaseProof'> & Pick<DeviceInput, 'purchaseProof'>

const byId = statement((db: ReadDb) =>
  db
    .select()
    .from(devices)
    .where(eq(devices.id, sql.placeholder('id')))
    .prepare(),
)

export function deviceById(db: ReadDb, id: number): StoredDevice | undefined {
  return byId(db).get({ id }) as StoredDevice | undefined
}

/** What other modules ask of a device. */
export interface KnownDevice {
  readonly id: number
  readonly uid: string
  readonly version: number
  readonly categoryId: number
  readonly brandId: number | null
  readonly modelId: number | null
  readonly modelText: string
  readonly ownerId: number | null
  readonly serialKey: string | null
  readonly imei1: string | null
  readonly imei2: string | null
}

export function knownDevice(db: ReadDb, id: number): KnownDevice | undefined {
  return sqlStatement(
    db,
    `SELECT id, uid, version, category_id AS categoryId, brand_id AS brandId, model_id AS modelId,
       model_text AS modelText, owner_id AS ownerId, serial_key AS serialKey, imei1, imei2
     FROM devices WHERE id = ?`,
  ).get(id) as KnownDevice | undefined
}

export function deviceByUid(db: ReadDb, uid: string): StoredDevice | undefined {
  return db.select().from(devices).where(eq(devices.uid, uid)).get() as StoredDevice | undefined
}

/** Ids of devices with this comparable serial, the one seen last first. */
export function devicesBySerial(
  db: ReadDb,
  serialKey: string,
): { id: number; uid: string; categoryId: number }[] {
  return sqlStatement(
    db,
    `SELECT id, uid, category_id AS categoryId FROM devices WHERE serial_key = ? ORDER BY updated_at DESC, id DESC`,
  ).all(serialKey) as { id: number; uid: string; categoryId: number }[]
}

/** The device with this IMEI in either place. */
export function deviceByImei(db: ReadDb, imei: string): { id: number; uid: string } | undefined {
  return sqlStatement(
    db,
    `SELECT id, uid FROM devices WHERE imei1 = :imei
     UNION ALL SELECT id, uid FROM devices WHERE imei2 = :imei LIMIT 1`,
  ).get({ imei }) as { id: number; uid: string } | undefined
}

export interface NewDevice extends DeviceInput {
  readonly uid: string
  readonly serialKey: string | null
  readonly ownerId: number | null
  readonly madeInYear: number | null
  /** Repairs it comes with. */
  readonly repairsCount: number
  readonly now: number
}

const insertText = `
  INSERT INTO devices (uid, category_id, brand_id, model_id, model_text, colour, serial, serial_key, imei1, imei2,
    purchased_on, purchase_proof, seller, account_locked, notes, owner_id, made_in_year, repairs_count, created_at,
    updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

export function insertDevice(db: WriteDb, row: NewDevice): number {
  const accountLocked = row.accountLocked === null ? null : Number(row.accountLocked)
  const { uid, categoryId, brandId, modelId, modelText, colour, serial, serialKey, imei1, imei2 } = row
  const { purchasedOn, purchaseProof, seller, notes, ownerId, madeInYear, repairsCount, now } = row
  const identity = [uid, categoryId, brandId, modelId, modelText, colour, serial, serialKey, imei1, imei2]
  const past = [purchasedOn, purchaseProof, seller, accountLocked, notes, ownerId, madeInYear, repairsCount]
  return Number(sqlStatement(db, insertText).run(...identity, ...past, now, now).lastInsertRowid)
}

export function updateDeviceRow(db: WriteDb, id: number, set: Partial<typeof devices.$inferInsert>): void {
  db.update(devices).set(set).where(eq(devices.id, id)).run()
}

/** Ends the present ownership and begins the next one. */
export function passOwnership(db: WriteDb, deviceId: number, ownerId: number | null, at: number): void {
  sqlStatement(db, 'UPDATE device_owners SET to_at = ? WHERE device_id = ? AND to_at IS NULL').run(
    at,
    deviceId,
  )
  if (ownerId === null) return
  sqlStatement(db, 'INSERT INTO device_owners (device_id, customer_id, from_at) VALUES (?, ?, ?)').run(
    deviceId,
    ownerId,
    at,
  )
}

export function devicesOfOwner(db: ReadDb, ownerId: number): StoredDevice[] {
  return db
    .select()
    .from(devices)
    .where(eq(devices.ownerId, ownerId))
    .orderBy(asc(devices.id))
    .all() as StoredDevice[]
}

/** Every ownership of one customer, past and present, becomes the other's. */
export function movePastOwnership(db: WriteDb, fromId: number, intoId: number): void {
  db.update(deviceOwners).set({ customerId: intoId }).where(eq(deviceOwners.customerId, fromId)).run()
}

/** Defects not yet resolved, oldest first. */
export function openDefects(db: ReadDb, deviceId: number) {
  return db
    .select({
      id: deviceDefects.id,
      text: deviceDefects.text,
      notedAt: deviceDefects.notedAt,
      repairUid: deviceDefects.repairUid,
    })
    .from(deviceDefects)
    .where(and(eq(deviceDefects.deviceId, deviceId), isNull(deviceDefects.resolvedAt)))
    .orderBy(asc(deviceDefects.id))
    .all()
}

export function defectById(db: ReadDb, id: number) {
  return db.select().from(deviceDefects).where(eq(deviceDefects.id, id)).get()
}

export function insertDefect(db: WriteDb, row: Omit<typeof deviceDefects.$inferInsert, 'id'>): number {
  return db.insert(deviceDefects).values(row).returning({ id: deviceDefects.id }).get().id
}

export function resolveDefectRow(db: WriteDb, id: number, at: number): void {
  db.update(deviceDefects).set({ resolvedAt: at }).where(eq(deviceDefects.id, id)).run()
}

export function raiseRepairs(db: WriteDb, id: number): void {
  sqlStatement(db, 'UPDATE devices SET repairs_count = repairs_count + 1 WHERE id = ?').run(id)
}

/** Ids of devices, newest first. */
export function devicePage(
  db: ReadDb,
  filter: {
    readonly ownerId?: number | undefined
    readonly categoryId?: number | undefined
    readonly beforeId?: number | undefined
  },
  limit: number,
): number[] {
  return db
    .select({ id: devices.id })
    .from(devices)
    .where(
      and(
        filter.ownerId === undefined ? undefined : eq(devices.ownerId, filter.ownerId),
        filter.categoryId === undefined ? undefined : eq(devices.categoryId, filter.categoryId),
        filter.beforeId === undefined ? undefined : sql`${devices.id} < ${filter.beforeId}`,
      ),
    )
    .orderBy(desc(devices.id))
    .limit(limit)
    .all()
    .map(({ id }) => id)
}

/** Of these devices those of one category, in the same order. */
export function devicesOfCategory(db: ReadDb, ids: readonly number[], categoryId: number): number[] {
  return sqlStatement(
    db,
    'SELECT d.id FROM json_each(?) ids CROSS JOIN devices d ON d.id = ids.value WHERE d.category_id = ? ORDER BY ids.key',
  )
    .pluck()
    .all(JSON.stringify(ids), categoryId) as number[]
}
