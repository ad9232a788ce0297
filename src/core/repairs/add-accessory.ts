import type { Handler } from '../context.ts'
import { requireAccessory } from './intake-guards.ts'
import { requireRepair, saveRepair } from './change.ts'
import { insertAccessory } from './store.ts'

/** Something that came with the device and was not written down at once; intake evidence is only added to. */
export const addAccessory: Handler<'repairs.addAccessory'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  const { accessoryId, name, serial } = input
  const accessory = { accessoryId, name, serial }
  const label = requireAccessory(ctx, accessory, '')
  insertAccessory(ctx.db, { repairId: row.id, ...accessory })
  return saveRepair(ctx, row, {}, [{ kind: 'edit', detail: { accessory: label, serial } }])
}
