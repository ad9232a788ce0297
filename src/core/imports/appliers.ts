import type { ImportTarget } from '#contract/import-profile.ts'
import type { Applier } from './batch.ts'
import { importCustomer } from './import-customer.ts'
import { importDevice } from './import-device.ts'
import { importRepair } from './import-repair.ts'

export const appliers: Record<ImportTarget, Applier> = {
  repairs: importRepair,
  customers: importCustomer,
  devices: importDevice,
}
