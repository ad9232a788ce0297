import { backupsContract } from './backups.ts'
import { auditContract, reviewsContract } from './audit.ts'
import { chargesContract } from './billing.ts'
import { customersContract } from './customers.ts'
import { devicesContract } from './devices.ts'
import { dictionariesContract } from './dictionaries.ts'
import { disposalsContract } from './disposals.ts'
import { documentsContract } from './documents.ts'
import { exportsContract } from './exports.ts'
import { importsContract } from './imports.ts'
import { attachmentsContract, draftsContract } from './intake.ts'
import { internalContract } from './internal.ts'
import { invoicesContract } from './invoices.ts'
import { loanersContract } from './loaners.ts'
import { noticesContract } from './notices.ts'
import { paymentsContract } from './payments.ts'
import { pricesContract } from './prices.ts'
import { privacyContract } from './privacy.ts'
import { quotesContract } from './quotes.ts'
import { repairsContract } from './repairs.ts'
import { searchContract } from './search.ts'
import { seatsContract } from './seats.ts'
import { sessionContract, setupContract, usersContract } from './session.ts'
import { settingsContract } from './settings.ts'
import { ledgersContract, shiftsContract } from './shifts.ts'
import { stockContract } from './stock.ts'
import { takeoverContract } from './takeover.ts'
import { workContract } from './work.ts'

/** Everything a seat may call: one contract gives the MessagePort, HTTP, event streams and OpenAPI. */
export const contract = {
  session: sessionContract,
  setup: setupContract,
  takeover: takeoverContract,
  users: usersContract,
  seats: seatsContract,
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
  stock: stockContract,
  loaners: loanersContract,
  prices: pricesContract,
  quotes: quotesContract,
  work: workContract,
  charges: chargesContract,
  invoices: invoicesContract,
  payments: paymentsContract,
  shifts: shiftsContract,
  ledgers: ledgersContract,
  notices: noticesContract,
  disposals: disposalsContract,
  audit: auditContract,
  reviews: reviewsContract,
  backups: backupsContract,
  exports: exportsContract,
  privacy: privacyContract,
}

export type Contract = typeof contract
/** The public methods and the host's own, as dispatch knows them. */
export const everyMethod = { ...contract, ...internalContract }
