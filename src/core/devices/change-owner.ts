import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { requirePresentCustomer } from '../customers/steps.ts'
import { found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { setOwner } from './set-owner.ts'
import { deviceById } from './store.ts'

/** Gives a device to another customer, or to nobody; the history keeps who had it. Error: `stale`. */
export function changeOwner(
  ctx: CommandContext,
  input: InputOf<'devices.changeOwner'>,
): OutputOf<'devices.changeOwner'> {
  const device = found(deviceById(ctx.db, input.deviceId), 'device')
  if (device.version !== input.version) throw stale(ctx.db, 'device', device.uid)
  const ownerId = input.ownerId === null ? null : requirePresentCustomer(ctx, input.ownerId, 'ownerId').id
  setOwner(ctx, device.id, ownerId)
  return { id: device.id, version: found(deviceById(ctx.db, device.id), 'device').version }
}
