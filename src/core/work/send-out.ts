import { serialKey } from '#contract/names.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { exchangeSerial } from '../devices/steps.ts'
import { moveRepair, requireOwnRepair, saveWork } from '../repairs/steps.ts'
import { insertJob, openJobOf, updateJob, type ExternalRow } from './external-store.ts'
import { requireBack } from './steps.ts'
import { benchRepair } from './views.ts'

/**
 * Sends the device to a vendor or the factory; the serial it goes with is kept, so that the same unit, or another
 * one, is known when it comes back (domain §1a-5). Errors: `stale`, `repair.not_your_repair`, `work.already_out`,
 * `repair.not_allowed_in_state`, `field.in_past` at expectedOn.
 */
export const sendOut: Handler<'work.sendOut'> = (ctx, input) => {
  const { repairId, kind, vendor, reference, expectedOn, note } = input
  const row = requireOwnRepair(ctx, repairId, input.version)
  requireBack(ctx, repairId)
  if (expectedOn !== null && expectedOn < ctx.today) {
    throw fieldError('expectedOn', 'field.in_past', { min: ctx.today })
  }
  const { serial, imei1 } = found(benchRepair(ctx.db, repairId), 'repair')
  const serialOut = serial || (imei1 ?? '')
  const uid = ctx.newUid()
  const job = { uid, repairId, kind, vendor, reference, expectedOn, note, serialOut }
  const id = insertJob(ctx.db, { ...job, sentAt: ctx.now, sentById: ctx.actor.userId })
  ctx.record({ entity: 'work', id, uid, version: 1, type: 'external.sent', payload: job })
  const why = { text: note, detail: { vendor, reference, serialOut, expectedOn } }
  // A step of the bench may have said already that it is away.
  return row.state === 'at_vendor'
    ? saveWork(ctx, row, note, why.detail)
    : moveRepair(ctx, repairId, 'send_out', {}, why)
}

/**
 * The unit is back: the same one, or another in exchange, whose serial the device has from then on; the old one
 * stays with the job, in the history and in the device's notes. What was repaired or exchanged is tested, anything
 * else goes back to diagnosis. Errors: `stale`, `repair.not_your_repair`, `work.not_out`, `work.serial_required`,
 * `work.serial_differs` and `device.serial_taken` at serialBack.
 */
export const takeBack: Handler<'work.takeBack'> = (ctx, input) => {
  const { repairId, jobId, result, costMinor } = input
  const row = requireOwnRepair(ctx, repairId, input.version)
  const job = openJobOf(ctx.db, repairId)
  if (job?.id !== jobId) throw new AppError('work.not_out')
  requireSerial(job, input)
  // A device without a serial comes back as it went.
  const serialBack = input.serialBack || job.serialOut
  const version = job.version + 1
  const back = { backAt: ctx.now, backById: ctx.actor.userId, result, serialBack, costMinor }
  const note = [job.note, input.note].filter((text) => text !== '').join('\n')
  updateJob(ctx.db, job.id, { ...back, note, version })
  if (result === 'exchanged') {
    const { deviceId } = found(benchRepair(ctx.db, repairId), 'repair')
    exchangeSerial(ctx, deviceId, { from: job.serialOut, to: input.serialBack }, 'serialBack')
  }
  ctx.record({ entity: 'work', id: job.id, uid: job.uid, version, type: 'external.back', payload: back })
  const { serialOut, vendor } = job
  const detail = { vendor, externalResult: result, serialOut, serialBack, costMinor }
  if (row.state !== 'at_vendor') return saveWork(ctx, row, input.note, detail)
  const isMended = result === 'repaired' || result === 'exchanged'
  return moveRepair(ctx, repairId, isMended ? 'test' : 'diagnose_again', {}, { text: input.note, detail })
}

/** The serial says whether it is the same unit: it is read off the unit that came back, wherever it had one. */
function requireSerial(job: ExternalRow, input: InputOf<'work.takeBack'>): void {
  const out = serialKey(job.serialOut)
  const back = serialKey(input.serialBack)
  if (back === null) {
    if (out === null && input.result !== 'exchanged') return
    throw fieldError('serialBack', 'work.serial_required')
  }
  const isSame = out === back
  if (input.result === 'exchanged') {
    if (isSame) throw fieldError('serialBack', 'field.duplicate')
    return
  }
  if (!isSame && out !== null) {
    throw fieldError('serialBack', 'work.serial_differs', {
      serial: input.serialBack,
      expected: job.serialOut,
    })
  }
}
