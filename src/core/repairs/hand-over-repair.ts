import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { addDays } from '../kernel/days.ts'
import { requirePaid } from '../billing/steps.ts'
import { requireNotDisposed } from '../disposals/steps.ts'
import { adoptDraftFiles } from '../files/steps.ts'
import { requireLoanerBack } from '../stock/steps.ts'
import { requireBack } from '../work/steps.ts'
import { moveOf, requireRepair, saveRepair, type Detail } from './change.ts'
import { accessoriesHere, returnAccessory, setPurgeDay } from './store.ts'

/** The customer is called the day after: by then they have used the device. */
const followUpAfterDays = 1

type Input = InputOf<'repairs.handOver'>

/**
 * The device leaves the shop, repaired or not, also when nobody had claimed it before. What is lent is back, what is
 * due is paid (or the person may hand over on credit), the customer has signed or it is said why not, even when
 * nothing is due (domain §1a-17), and accessories that stay were seen to stay. The passcode is purged some days
 * later. Errors: `repair.disposed`, `loaner.still_out`, `repair.unbilled`, `repair.unpaid`, `work.already_out`;
 * `repair.hand_over_signature_required` and `attachment.missing` at `signatureUid`, `field.required` at
 * `noSignatureNote`, `repair.accessory_left` at `accessoriesKeptConfirmed`, `field.not_found` or `field.duplicate`
 * at `returnedAccessoryIds.<n>`.
 */
export const handOverRepair: Handler<'repairs.handOver'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  requireNotDisposed(ctx, row)
  const { line, to } = moveOf(row, row.state === 'unclaimed' ? 'claim_after_all' : 'hand_over')
  requireSignature(input)
  requireBack(ctx, row.id)
  requireLoanerBack(ctx, row.id)
  requirePaid(ctx, row)
  const accessories = giveBackAccessories(ctx, row.id, input)
  const { collectedBy, signatureUid, noSignatureReason, noSignatureNote } = input
  if (signatureUid !== null) adoptDraftFiles(ctx, null, row.id, [signatureUid], 'signatureUid')
  setPurgeDay(ctx.db, row.id, addDays(ctx.today, ctx.settings.passcodePurgeDays))
  const signed: Detail = signatureUid === null ? { noSignatureReason } : { signatureUid }
  if (signatureUid === null && noSignatureNote !== '') signed['noSignatureNote'] = noSignatureNote
  const detail = { collectedBy, ...accessories, ...signed }
  const patch = {
    state: to,
    collectedAt: ctx.now,
    collectedBy,
    followUpTries: 0,
    nextTryOn: addDays(ctx.today, followUpAfterDays),
  }
  return saveRepair(ctx, row, patch, [{ ...line, text: input.note, detail }])
}

function requireSignature({ signatureUid, noSignatureReason, noSignatureNote }: Input): void {
  if (signatureUid !== null) return
  if (noSignatureReason === null) throw fieldError('signatureUid', 'repair.hand_over_signature_required')
  if (noSignatureReason === 'other' && noSignatureNote === '')
    throw fieldError('noSignatureNote', 'field.required')
}

/** Accessories that were ticked go along; the history keeps how many went and how many stay. */
function giveBackAccessories(
  ctx: CommandContext,
  repairId: number,
  input: Input,
): { accessoriesReturned: number; accessoriesKept: number } {
  const here = new Set(accessoriesHere(ctx.db, repairId))
  const returned = new Set<number>()
  input.returnedAccessoryIds.forEach((accessoryId, index) => {
    const path = `returnedAccessoryIds.${index}`
    if (returned.has(accessoryId)) throw fieldError(path, 'field.duplicate')
    if (!here.has(accessoryId)) throw fieldError(path, 'field.not_found')
    returned.add(accessoryId)
  })
  const count = here.size - returned.size
  if (count > 0 && !input.accessoriesKeptConfirmed) {
    throw fieldError('accessoriesKeptConfirmed', 'repair.accessory_left', { count })
  }
  for (const id of returned) returnAccessory(ctx.db, id, ctx.now)
  return { accessoriesReturned: returned.size, accessoriesKept: count }
}
