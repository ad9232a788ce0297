import type { CommandContext } from '../context.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import {
  customerKeys,
  customerKinds,
  deviceKeys,
  deviceKinds,
  repairKeys,
  repairKinds,
  type FindableCustomer,
} from './keys.ts'
import { readings } from './pinyin.ts'
import { insertKey, replaceKeys, replaceWords } from './store.ts'
import { indexWords } from './text.ts'

export { indexNewRepairs, type NewRepairIndex } from './new-repairs.ts'

/** Category, maker and model in both languages: "iphone 黑屏" names the device and the fault in one breath. */
function deviceWords(db: ReadDb, repairId: number): string {
  const row = sqlStatement(
    db,
    `SELECT concat_ws(' ', cat.name_zh, cat.name_en, b.name_zh, b.name_en, m.name_zh, m.name_en, d.model_text) AS words
     FROM repairs r JOIN devices d ON d.id = r.device_id
     LEFT JOIN dictionary_entries cat ON cat.id = d.category_id
     LEFT JOIN dictionary_entries b ON b.id = d.brand_id
     LEFT JOIN dictionary_entries m ON m.id = d.model_id WHERE r.id = ?`,
  ).get(repairId) as { words: string } | undefined
  return row?.words ?? ''
}

/**
 * Makes a repair found by its number and by `words` (fault text and whatever else describes it; the device's
 * category, maker and model are added here). Replaces what stood there.
 */
export function indexRepair(
  ctx: CommandContext,
  repair: { readonly repairId: number; readonly number: string; readonly words: string },
): void {
  const { repairId } = repair
  replaceKeys(ctx.db, repairKinds, repairId, repairKeys(repair.number, ctx.settings.code))
  replaceWords(ctx.db, repairId, indexWords(`${repair.words} ${deviceWords(ctx.db, repairId)}`))
}

/**
 * Makes a customer found by name, pinyin, initials and any part of each phone (`phones` in national form).
 * Replaces what stood there; without name, phones and extra it is found no more.
 */
export function indexCustomer(
  ctx: CommandContext,
  customer: FindableCustomer & { readonly customerId: number },
): void {
  replaceKeys(ctx.db, customerKinds, customer.customerId, customerKeys(customer, readings))
}

/** The same for one nobody could find before: there is nothing to take out. */
export function indexNewCustomer(
  ctx: CommandContext,
  customer: FindableCustomer & { readonly customerId: number },
): void {
  for (const { key, kind } of customerKeys(customer, readings))
    insertKey(ctx.db, key, kind, customer.customerId)
}

export interface FindableDevice {
  readonly deviceId: number
  readonly serialKey: string | null
  readonly imeis: readonly string[]
}

/** The same as `indexDevice` for one nobody could find before. */
export function indexNewDevice(ctx: CommandContext, device: FindableDevice): void {
  for (const { key, kind } of deviceKeys(device)) insertKey(ctx.db, key, kind, device.deviceId)
}

/** Makes a device found by beginning and end of its serial and IMEIs. Replaces what stood there. */
export function indexDevice(ctx: CommandContext, device: FindableDevice): void {
  replaceKeys(ctx.db, deviceKinds, device.deviceId, deviceKeys(device))
}
