import type { Device, DeviceVisit } from '#contract/devices.ts'
import { serialKey } from '#contract/names.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { QueryContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { dayOf, daysBetween } from '../kernel/days.ts'
import { cursorOf, pageOf, pageOfAll } from '../kernel/paging.ts'
import { deviceHistory, openRepairOfDevice, type DeviceRepair } from '../repairs/views.ts'
import { devicesFound } from '../search/queries.ts'
import { imeiOf } from './devices.ts'
import {
  deviceByImei,
  deviceById,
  deviceByUid,
  devicePage,
  devicesBySerial,
  devicesOfCategory,
  openDefects,
  type StoredDevice,
} from './store.ts'
import { deviceSummaries, namesOfDevice, ownersOfDevice } from './views.ts'

export function getDevice(ctx: QueryContext, input: { uid: string }): Device {
  return deviceView(ctx, found(deviceByUid(ctx.db, input.uid), 'device'))
}

function deviceView(ctx: QueryContext, row: StoredDevice): Device {
  return {
    id: row.id,
    uid: row.uid,
    version: row.version,
    categoryId: row.categoryId,
    brandId: row.brandId,
    modelId: row.modelId,
    modelText: row.modelText,
    ...namesOfDevice(ctx.db, row.id, row.modelText),
    colour: row.colour,
    serial: row.serial,
    imei1: row.imei1,
    imei2: row.imei2,
    purchasedOn: row.purchasedOn,
    purchaseProof: row.purchaseProof,
    seller: row.seller,
    accountLocked: row.accountLocked,
    notes: row.notes,
    ...ownersOfDevice(ctx.db, row.id),
    knownDefects: openDefects(ctx.db, row.id),
    createdAt: row.createdAt,
  }
}

/** Repairs shown when a device is recognised; its page has them all. */
const historyLength = 20

/** A device recognised at the counter with its past; null when the shop has never seen the code. */
export function deviceVisit(ctx: QueryContext, input: InputOf<'devices.visit'>): DeviceVisit | null {
  const row = recognised(ctx, input)
  if (!row) return null
  const history = deviceHistory(ctx.db, row.id, historyLength)
  const open = openRepairOfDevice(ctx.db, row.id)
  return {
    device: deviceView(ctx, row),
    openRepair: open && { uid: open.uid, number: open.number, state: open.state },
    rework: reworkHint(ctx, history),
    history: history.map(({ uid, number, receivedAt, state, outcome, faultText }) => ({
      uid,
      number,
      receivedAt,
      state,
      outcome,
      faultText,
    })),
  }
}

function recognised(ctx: QueryContext, input: InputOf<'devices.visit'>): StoredDevice | undefined {
  if (input.deviceId !== undefined) return deviceById(ctx.db, input.deviceId)
  const code = input.code ?? ''
  const imei = imeiOf(code)
  const byImei = imei === null ? undefined : deviceByImei(ctx.db, imei)
  if (byImei) return deviceById(ctx.db, byImei.id)
  const key = serialKey(code)
  const bySerial = key === null ? undefined : devicesBySerial(ctx.db, key)[0]
  return bySerial && deviceById(ctx.db, bySerial.id)
}

/** 返修: the last repair that was handed back or closed, when that is no more than the shop's rework days ago. */
function reworkHint(ctx: QueryContext, history: readonly DeviceRepair[]): DeviceVisit['rework'] {
  const last = history.find(({ state }) => state === 'collected' || state === 'closed')
  const finishedAt = last?.collectedAt ?? last?.closedAt
  if (!last || finishedAt === null || finishedAt === undefined) return null
  const days = daysBetween(dayOf(finishedAt, ctx.settings.timeZone), ctx.today)
  if (ctx.settings.reworkDays === 0 || days > ctx.settings.reworkDays) return null
  return { uid: last.uid, number: last.number, closedAt: finishedAt, faultText: last.faultText, days }
}

/** A text that finds more devices than these is not a useful one. */
const mostFound = 200

/** Devices, the newest first; with a text those whose serial or IMEI it is part of, the best match first. */
export function listDevices(ctx: QueryContext, input: InputOf<'devices.list'>): OutputOf<'devices.list'> {
  const { ownerId, categoryId } = input
  const cursor = cursorOf(input)
  if (!input.text) {
    const ids = devicePage(ctx.db, { ownerId, categoryId, beforeId: cursor.afterId }, cursor.limit + 1)
    return pageOf(deviceSummaries(ctx.db, ids), cursor.limit)
  }
  const found = devicesFound(ctx, input.text, mostFound)
  const ofCategory = categoryId === undefined ? found : devicesOfCategory(ctx.db, found, categoryId)
  const all = deviceSummaries(ctx.db, ofCategory)
  return pageOfAll(ownerId === undefined ? all : all.filter((row) => row.ownerId === ownerId), cursor)
}
