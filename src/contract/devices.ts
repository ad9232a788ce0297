import { z } from 'zod'
import {
  at,
  changed,
  id,
  imei,
  label,
  line,
  on,
  ok,
  page,
  pageOf,
  reason,
  text,
  uid,
  version,
} from './fields.ts'
import { command, query } from './method.ts'

export const purchaseProofs = ['none', 'invoice', 'warranty_card', 'both'] as const

/** A device exists apart from repairs (domain §1a-1). */
export const deviceFields = {
  categoryId: id,
  brandId: id.nullable(),
  modelId: id.nullable(),
  /** Model as written when it is not in the dictionary. */
  modelText: line(120),
  colour: line(40),
  serial: line(60),
  imei1: imei.nullable(),
  imei2: imei.nullable(),
  purchasedOn: on.nullable(),
  purchaseProof: z.enum(purchaseProofs),
  seller: line(120),
  /** Account lock seen at the counter (Find My, Google lock): null when nobody looked. */
  accountLocked: z.boolean().nullable(),
  notes: text(1000),
}
export const deviceInput = z.strictObject(deviceFields)
export type DeviceInput = z.output<typeof deviceInput>

export const knownDefect = z.object({ id, text: z.string(), notedAt: at, repairUid: uid.nullable() })

export const deviceSummary = z.object({
  id,
  uid,
  category: label,
  brand: z.string(),
  model: z.string(),
  colour: z.string(),
  serial: z.string(),
  imei1: z.string().nullable(),
  ownerId: id.nullable(),
  ownerUid: uid.nullable(),
  ownerName: z.string().nullable(),
  openRepairUid: uid.nullable(),
  repairs: z.int(),
})
export type DeviceSummary = z.output<typeof deviceSummary>

export const device = z.object({
  id,
  uid,
  version,
  categoryId: id,
  brandId: id.nullable(),
  modelId: id.nullable(),
  modelText: z.string(),
  category: label,
  brand: z.string(),
  model: z.string(),
  colour: z.string(),
  serial: z.string(),
  imei1: z.string().nullable(),
  imei2: z.string().nullable(),
  purchasedOn: z.string().nullable(),
  purchaseProof: z.enum(purchaseProofs),
  seller: z.string(),
  accountLocked: z.boolean().nullable(),
  notes: z.string(),
  owner: z.object({ id, uid, name: z.string(), phone: z.string().nullable() }).nullable(),
  owners: z.array(z.object({ customerUid: uid, name: z.string(), fromAt: at, toAt: at.nullable() })),
  knownDefects: z.array(knownDefect),
  createdAt: at,
})
export type Device = z.output<typeof device>

/** What intake shows as soon as a device is recognised. */
export const deviceVisit = z.object({
  device,
  /** The open repair that forbids another one without a reason. */
  openRepair: z.object({ uid, number: z.string(), state: z.string() }).nullable(),
  /** 返修 hint: the last finished repair, when it is within the shop's rework days. */
  rework: z
    .object({ uid, number: z.string(), closedAt: at, faultText: z.string(), days: z.int() })
    .nullable(),
  history: z.array(
    z.object({
      uid,
      number: z.string(),
      receivedAt: at,
      state: z.string(),
      outcome: z.string().nullable(),
      faultText: z.string(),
    }),
  ),
})
export type DeviceVisit = z.output<typeof deviceVisit>

export const devicesContract = {
  list: query(
    'devices.read',
    { text: line(120).optional(), ownerId: id.optional(), categoryId: id.optional(), ...page },
    pageOf(deviceSummary),
  ),
  get: query('devices.read', { uid }, device),
  /** Exact serial or IMEI, in any spacing; null when the shop has never seen it. */
  visit: query(
    'devices.read',
    { code: line(60).optional(), deviceId: id.optional() },
    deviceVisit.nullable(),
  ),
  create: command(
    'devices.write',
    { ownerId: id.nullable(), ...deviceFields },
    z.object({ id, uid, version }),
  ),
  update: command('devices.write', { deviceId: id, version, ...deviceFields }, changed),
  changeOwner: command('devices.write', { deviceId: id, version, ownerId: id.nullable() }, changed),
  addDefect: command('devices.write', { deviceId: id, text: reason(500) }, knownDefect),
  resolveDefect: command('devices.write', { defectId: id }, ok),
}
