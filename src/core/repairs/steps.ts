import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { announceLine, writeLine } from './change.ts'
import { deletePasscodesBefore, giveRepairsTo, repairById } from './store.ts'

/** What other modules may do with repairs. */
export {
  repairImport,
  updateImportedRepair,
  type ImportedFacts,
  type ImportedRepair,
  type RepairImport,
} from './import-repair.ts'
export { giveUpUnreached, lockUnassigned, missRepairs, wakeRepairs } from './time-rules.ts'

/** Removes passcodes whose day has passed, some days after the device was handed over. Answers how many. */
export function purgePasscodes(ctx: CommandContext): number {
  return deletePasscodesBefore(ctx.db, ctx.today)
}

/** A photo was added to a repair: a line in its history, and the repair is not idle. `not_found` for no repair. */
export function notePhoto(ctx: CommandContext, repairId: number, photo: { uid: string; name: string }): void {
  const row = found(repairById(ctx.db, repairId), 'repair')
  announceLine(ctx, row, { kind: 'photo', detail: { uid: photo.uid, name: photo.name } })
}

/**
 * A merge: the repairs of one customer are the other's from now on. No work was done on them, so they stay as
 * idle as they were. The customers' counters are the merge's business.
 */
export function moveCustomerRepairs(ctx: CommandContext, fromId: number, intoId: number): void {
  for (const { id, uid, number, version } of giveRepairsTo(ctx.db, fromId, intoId)) {
    const line = { kind: 'edit', detail: { 'customerId.from': fromId, 'customerId.to': intoId } } as const
    writeLine(ctx, id, line)
    const payload = { number, customerId: intoId, history: [line] }
    ctx.record({ entity: 'repairs', id, uid, version, type: 'repair.edit', payload })
  }
}
