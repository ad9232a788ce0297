import type { RepairState } from '#contract/repair-states.ts'
import { serialKey } from '#contract/names.ts'
import type { IntakeItem } from '#contract/repairs.ts'
import type { CommandContext } from '../context.ts'
import { addDays, dayOf, daysBetween } from '../kernel/days.ts'
import { countDeviceRepair, createDevice, requireDevice, setOwner } from '../devices/steps.ts'
import { countUse, requireEntry } from '../dictionaries/steps.ts'
import { adoptDraftFiles } from '../files/steps.ts'
import type { NewRepairIndex } from '../search/steps.ts'
import { writeLine } from './change.ts'
import { checkCategory, checkItem } from './intake-guards.ts'
import type { Problems } from './intake-problems.ts'
import { nextRepairNumber } from './numbers.ts'
import { priorityRank } from './repairs.ts'
import { searchWords } from './search-words.ts'
import { insertAccessory, insertCheck, insertPasscode, insertRepair, lastFinished } from './store.ts'
import { openRepairOfDevice } from './views.ts'

/** What all devices of one visit share. */
export interface Visit {
  readonly uid: string
  readonly draftUid: string | null
  readonly channel: string
  readonly customer: { readonly id: number; readonly uid: string } | null
  readonly signatureUid: string | null
  readonly noSignatureReason: string | null
  readonly noSignatureNote: string
  readonly termsVersion: number | null
}

/** An item whose device is known and which passed every guard. */
export interface ReadyItem {
  readonly item: IntakeItem
  readonly at: string
  readonly device: {
    readonly id: number
    readonly uid: string
    readonly modelText: string
    readonly known: boolean
  }
  /** Category, brand and model: the product whose counters rise (W3). */
  readonly product: readonly (number | null)[]
  /** Set when another repair of the device is open and somebody with the permission said why. */
  readonly overrideReason: string | null
}

/** Finds or creates the device of one item and checks everything; problems are noted and the answer is undefined. */
export function prepareItem(
  ctx: CommandContext,
  item: IntakeItem,
  at: string,
  customerId: number | null,
  problems: Problems,
): ReadyItem | undefined {
  checkItem(ctx, item, at, problems)
  const device = problems.check(() => deviceOf(ctx, item, at, customerId))
  if (!device) return undefined
  const path = device.known ? `${at}.device` : `${at}.device.new.categoryId`
  const held = device.known ? device.categoryId : null
  const category = problems.check(() => requireEntry(ctx, 'device_category', device.categoryId, path, held))
  if (!category) return undefined
  checkCategory(ctx, category, item, isIdentified(device), at, problems)
  const overrideReason = device.known ? overrideOf(ctx, item, device.id, at, problems) : null
  const product = [device.categoryId, device.brandId, device.modelId]
  return { item, at, device, product, overrideReason }
}

function deviceOf(ctx: CommandContext, item: IntakeItem, at: string, customerId: number | null) {
  if ('id' in item.device) {
    const device = requireDevice(ctx, item.device.id, `${at}.device`)
    // Whoever brings it in has it now; a unit of the shop's own has no customer.
    if (device.ownerId !== customerId) setOwner(ctx, device.id, customerId)
    return { ...device, known: true }
  }
  const { new: input } = item.device
  const { id, uid, brandId } = createDevice(ctx, customerId, input, `${at}.device.new.`)
  return { ...input, id, uid, brandId, serialKey: serialKey(input.serial), known: false }
}

/** True when the device can be recognised again: it has a serial or an IMEI. */
function isIdentified(device: Record<'serialKey' | 'imei1' | 'imei2', string | null>): boolean {
  return (device.serialKey ?? device.imei1 ?? device.imei2) !== null
}

/** One open repair per device, unless somebody who may says why another one is right (GSX). */
function overrideOf(
  ctx: CommandContext,
  item: IntakeItem,
  deviceId: number,
  at: string,
  problems: Problems,
): string | null {
  const open = openRepairOfDevice(ctx.db, deviceId)
  if (!open) return null
  const { overrideReason } = item
  if (!overrideReason) {
    problems.add(`${at}.device`, 'repair.serial_open', { number: open.number })
    return null
  }
  if (ctx.actor.permissions.has('repairs.override_serial')) return overrideReason
  problems.add(`${at}.overrideReason`, 'forbidden', { permission: 'repairs.override_serial' })
  return null
}

/** Writes one repair with everything that came with it; it is found once `index` is finished. */
export function receiveItem(ctx: CommandContext, visit: Visit, ready: ReadyItem, index: NewRepairIndex) {
  const { item, at, device } = ready
  const number = nextRepairNumber(ctx.db, ctx.settings, ctx.today)
  const uid = ctx.newUid()
  const state: RepairState = item.suspend ? 'suspended' : 'waiting'
  const reworkOfId = device.known ? reworkOf(ctx, device.id) : null
  const row = repairRow(ctx, visit, ready, { number, uid, state, reworkOfId })
  const id = insertRepair(ctx.db, row)
  writeLine(ctx, id, {
    kind: 'move',
    action: item.suspend ? 'receive_suspended' : 'receive',
    to: state,
    text: item.suspend?.reason ?? '',
    detail: {
      number,
      channel: visit.channel,
      ...(item.suspend ? { wakeOn: item.suspend.wakeOn } : {}),
      ...(visit.noSignatureReason ? { noSignatureReason: visit.noSignatureReason } : {}),
      ...(ready.overrideReason ? { overrideReason: ready.overrideReason } : {}),
    },
  })
  writeBelongings(ctx, item, id)
  if (item.photoUids.length > 0) adoptDraftFiles(ctx, visit.draftUid, id, item.photoUids, `${at}.photoUids`)
  countUse(ctx, [...ready.product, item.visit.problemTypeId])
  countDeviceRepair(ctx, device.id)
  index.add(
    { repairId: id, number, words: searchWords(item.visit) },
    { entryIds: ready.product, modelText: device.modelText },
    visit.customer?.id ?? null,
  )
  const payload = {
    number,
    state,
    visitUid: visit.uid,
    customerUid: visit.customer?.uid ?? null,
    deviceUid: device.uid,
    channel: visit.channel,
    dueOn: row.dueOn,
    rework: reworkOfId !== null,
    visit: item.visit,
  }
  ctx.record({ entity: 'repairs', id, uid, version: 1, type: 'repair.receive', payload })
  return { id, uid, number, state }
}

function repairRow(
  ctx: CommandContext,
  visit: Visit,
  { item, device, overrideReason }: ReadyItem,
  drawn: { number: string; uid: string; state: RepairState; reworkOfId: number | null },
): Parameters<typeof insertRepair>[1] {
  const { visit: said, suspend } = item
  return {
    ...said,
    ...drawn,
    visitUid: visit.uid,
    channel: visit.channel,
    customerId: visit.customer?.id ?? null,
    deviceId: device.id,
    suspendedFrom: suspend ? 'waiting' : null,
    suspendReasonId: suspend?.reasonId ?? null,
    suspendReason: suspend?.reason ?? '',
    wakeOn: suspend?.wakeOn ?? null,
    priority: priorityRank[said.priority],
    dueOn: said.dueOn ?? addDays(ctx.today, ctx.settings.defaultDueDays),
    signatureUid: visit.signatureUid,
    noSignatureReason: visit.noSignatureReason,
    noSignatureNote: visit.noSignatureNote,
    termsVersion: visit.termsVersion,
    clerkId: ctx.actor.userId,
    overrideReason,
    receivedAt: ctx.now,
    activeAt: ctx.now,
  }
}

function writeBelongings(ctx: CommandContext, item: IntakeItem, repairId: number): void {
  for (const check of item.checks) insertCheck(ctx.db, { repairId, ...check })
  for (const accessory of item.accessories) insertAccessory(ctx.db, { repairId, ...accessory })
  if (item.passcode && item.passcodeKind) {
    insertPasscode(ctx.db, { repairId, kind: item.passcodeKind, sealed: ctx.box.seal(item.passcode) })
  }
}

/** 返修: the device's last finished repair, when it is within the shop's rework days. */
function reworkOf(ctx: CommandContext, deviceId: number): number | null {
  const last = lastFinished(ctx.db, deviceId)
  if (!last) return null
  const days = daysBetween(dayOf(last.finishedAt, ctx.settings.timeZone), ctx.today)
  return ctx.settings.reworkDays > 0 && days <= ctx.settings.reworkDays ? last.id : null
}
