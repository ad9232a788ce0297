import { customersContract } from './customers.ts'
import { devicesContract } from './devices.ts'
import { dictionariesContract } from './dictionaries.ts'
import { importsContract } from './imports.ts'
import { attachmentsContract, documentsContract, draftsContract } from './intake.ts'
import { internalContract } from './internal.ts'
import { repairsContract } from './repairs.ts'
import { searchContract } from './search.ts'
import { sessionContract, setupContract, usersContract } from './session.ts'
import { settingsContract } from './settings.ts'

/** Everything a seat may call: one contract gives the MessagePort, HTTP, event streams and OpenAPI. */
export const contract = {
  session: sessionContract,
  setup: setupContract,
  users: usersContract,
  settings: settingsContract,
  dictionaries: dictionariesContract,
  customers: customersContract,
  devices: devicesContract,
  drafts: draftsContract,
  attachments: attachmentsContract,
  repairs: repairsContract,
  documents: documentsContract,
  search: searchContract,
  imports: importsContract,
}

export type Contract = typeof contract
/** The public methods and the host's own, as dispatch knows them. */
export const everyMethod = { ...contract, ...internalContract }
