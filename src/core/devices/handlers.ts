import type { HandlersOf } from '../context.ts'
import { requirePresentCustomer } from '../customers/steps.ts'
import { changeOwner } from './change-owner.ts'
import { createDevice } from './create-device.ts'
import { addDefect, resolveDefect } from './defects.ts'
import { deviceVisit, getDevice, listDevices } from './queries.ts'
import { updateDevice } from './update-device.ts'

export const devicesHandlers: HandlersOf<'devices'> = {
  list: listDevices,
  get: getDevice,
  visit: deviceVisit,
  create(ctx, { commandId: _id, ownerId, ...input }) {
    const owner = ownerId === null ? null : requirePresentCustomer(ctx, ownerId, 'ownerId').id
    const { id, uid, version } = createDevice(ctx, owner, input)
    return { id, uid, version }
  },
  update: updateDevice,
  changeOwner,
  addDefect: (ctx, { deviceId, text }) => addDefect(ctx, deviceId, text, null),
  resolveDefect,
}
