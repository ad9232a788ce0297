import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { addDays } from '../kernel/days.ts'
import { adoptDraftFiles } from '../files/steps.ts'
import { moveOf, requireRepair, saveRepair } from './change.ts'
import { accessoriesHere, returnAccessory, setPurgeDay } from './store.ts'

/** The customer is called the day after: by then they have used the device. */
const followUpAfterDays = 1

/**
 * The device leaves the shop, also when nobody had claimed it before. Accessories that go with it are ticked;
 * those that stay are in the history. The passcode is purged some days later. Errors: `field.not_found` or
 * `field.duplicate` at `returnedAccessoryIds.<n>`, `attachment.missing` at `signatureUid`.
 */
export const handOverRepair: Handler<'repairs.handOver'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  const { line, to } = moveOf(row, row.state === 'unclaimed' ? 'claim_after_all' : 'hand_over')
  const here = new Set(accessoriesHere(ctx.db, row.id))
  const returned = new Set<number>()
  input.returnedAccessoryIds.forEach((accessoryId, index) => {
    const path = `returnedAccessoryIds.${index}`
    if (returned.has(accessoryId)) throw fieldError(path, 'field.duplicate')
    if (!here.has(accessoryId)) throw fieldError(path, 'field.not_found')
    returned.add(accessoryId)
    returnAccessory(ctx.db, accessoryId, ctx.now)
  })
  const { collectedBy, signatureUid } = input
  if (signatureUid !== null) adoptDraftFiles(ctx, null, row.id, [signatureUid], 'signatureUid')
  setPurgeDay(ctx.db, row.id, addDays(ctx.today, ctx.settings.passcodePurgeDays))
  const detail = {
    collectedBy,
    accessoriesReturned: returned.size,
    accessoriesKept: here.size - returned.size,
    ...(signatureUid === null ? {} : { signatureUid }),
  }
  const patch = {
    state: to,
    collectedAt: ctx.now,
    collectedBy,
    followUpTries: 0,
    nextTryOn: addDays(ctx.today, followUpAfterDays),
  }
  return saveRepair(ctx, row, patch, [{ ...line, text: input.note, detail }])
}
