import type { ImportTarget } from '#contract/import-profile.ts'
import type { ImportRow } from '#contract/internal.ts'
import type { Batch } from './batch.ts'
import { importCustomer } from './import-customer.ts'
import { importDevice } from './import-device.ts'
import { importRepair } from './import-repair.ts'

/**
 * Makes or changes what a row describes; answers its id and whether it was not on file before. `entityId`: what the
 * row became in an earlier import; null when its key is new. Errors: those of the fields, as for what a person types.
 */
export type Applier = (
  batch: Batch,
  row: Pick<ImportRow, 'key' | 'values'>,
  entityId: number | null,
) => { readonly id: number; readonly isNew: boolean }

export const appliers: Record<ImportTarget, Applier> = {
  repairs: importRepair,
  customers: importCustomer,
  devices: importDevice,
}
