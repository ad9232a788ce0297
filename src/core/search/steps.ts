import type { CommandContext } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handles.ts'
import { repairIdsOfCustomer, repairIdsOfDevice } from '../repairs/views.ts'
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
import { wordsOfRepair } from './repair-words.ts'
import { deleteWord, insertKey, isWordUsed, keysOf, replaceKeys, replaceWords } from './store.ts'

export { askedPieces, findableText } from './findable-text.ts'
export { indexNewRepairs, type NewRepairIndex } from './new-repairs.ts'
export { rebuildWords } from './rebuild-words.ts'

/**
 * Makes a repair found by its number and by `words` (fault text and whatever else describes it; what its device and
 * its customer are called is added here). Replaces what stood there.
 */
export function indexRepair(
  ctx: CommandContext,
  repair: { readonly repairId: number; readonly number: string; readonly words: string },
): void {
  const { repairId } = repair
  replaceKeys(ctx.db, repairKinds, repairId, repairKeys(repair.number, ctx.settings.code))
  replaceWords(ctx.db, repairId, wordsOfRepair(ctx.db, repairId, repair.words))
}

/** The repairs of a device whose category, maker or model was corrected are found by what it is called now. */
export function indexRepairsOfDevice(ctx: CommandContext, deviceId: number): void {
  renewWords(ctx, repairIdsOfDevice(ctx.db, deviceId))
}

/** The same for a customer's repairs, after a change of names or phones or when repairs came from another record. */
export function indexRepairsOfCustomer(ctx: CommandContext, customerId: number): void {
  renewWords(ctx, repairIdsOfCustomer(ctx.db, customerId))
}

function renewWords(ctx: CommandContext, repairIds: readonly number[]): void {
  for (const id of repairIds) replaceWords(ctx.db, id, wordsOfRepair(ctx.db, id))
}

/**
 * Makes a customer found by name, pinyin, initials and any part of each phone (`phones` in national form).
 * Replaces what stood there; without name, phones and extra it is found no more. Answers whether anything changed:
 * then the customer's repairs are to be found by it too (`indexRepairsOfCustomer`).
 */
export function indexCustomer(
  ctx: CommandContext,
  customer: FindableCustomer & { readonly customerId: number },
): boolean {
  const { customerId } = customer
  const keys = customerKeys(customer, readings)
  const before = new Set(keysOf(ctx.db, customerKinds, customerId))
  const now = new Set(keys.map(({ key }) => key))
  if (before.size === now.size && [...now].every((key) => before.has(key))) return false
  replaceKeys(ctx.db, customerKinds, customerId, keys)
  return true
}

/** The same for one nobody could find before: there is nothing to take out. */
export function indexNewCustomer(
  ctx: CommandContext,
  customer: FindableCustomer & { readonly customerId: number },
): void {
  for (const { key, kind } of customerKeys(customer, readings))
    insertKey(ctx.db, key, kind, customer.customerId)
}

/** Words in letters under which these repairs are found now. */
export function spelledOfRepairs(db: ReadDb, repairIds: readonly number[]): ReadonlySet<string> {
  return new Set(repairIds.flatMap((id) => wordsOfRepair(db, id).spelled))
}

/** Of these words none is proposed any more that no repair has: a name that was erased. */
export function dropUnusedWords(db: WriteDb, words: Iterable<string>): void {
  for (const word of words) if (!isWordUsed(db, word)) deleteWord(db, word)
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
