import type { NamesOfKind } from '#contract/method-types.ts'
import type { HandlersOf } from './context.ts'
import {
  accessHandlers,
  peopleHandlers,
  seatsHandlers,
  sessionHandlers,
  usersHandlers,
} from './access/handlers.ts'
import { auditHandlers, reviewsHandlers, trailHandlers } from './audit/handlers.ts'
import { backupsHandlers, recoveryHandlers } from './backups/handlers.ts'
import {
  chargesHandlers,
  invoicesHandlers,
  ledgersHandlers,
  paymentsHandlers,
  pricesHandlers,
  shiftsHandlers,
} from './billing/handlers.ts'
import { customersHandlers } from './customers/handlers.ts'
import { devicesHandlers } from './devices/handlers.ts'
import { dictionariesHandlers } from './dictionaries/handlers.ts'
import { disposalsHandlers } from './disposals/handlers.ts'
import { draftsHandlers } from './drafts/handlers.ts'
import { attachmentsHandlers, filesHandlers } from './files/handlers.ts'
import { foundingHandlers } from './founding/handlers.ts'
import { importsHandlers, runsHandlers } from './imports/handlers.ts'
import { noticesHandlers, postHandlers } from './notices/handlers.ts'
import { privacyHandlers } from './privacy/handlers.ts'
import { quotesHandlers } from './quotes/handlers.ts'
import { repairsHandlers } from './repairs/handlers.ts'
import { scheduleHandlers } from './schedule/handlers.ts'
import { searchHandlers } from './search/handlers.ts'
import { settingsHandlers } from './settings/handlers.ts'
import { loanersHandlers, stockHandlers } from './stock/handlers.ts'
import { transferHandlers } from './transfer/handlers.ts'
import { workHandlers } from './work/handlers.ts'

type ModuleWithHandlers =
  NamesOfKind<'query' | 'command'> extends infer N ? (N extends `${infer M}.${string}` ? M : never) : never

/** Every query and command of the contract, one function each: a missing handler is a compile error. */
export const handlers: { readonly [M in ModuleWithHandlers]: HandlersOf<M> } = {
  access: accessHandlers,
  backups: backupsHandlers,
  attachments: attachmentsHandlers,
  audit: auditHandlers,
  charges: chargesHandlers,
  customers: customersHandlers,
  devices: devicesHandlers,
  dictionaries: dictionariesHandlers,
  disposals: disposalsHandlers,
  drafts: draftsHandlers,
  files: filesHandlers,
  founding: foundingHandlers,
  imports: importsHandlers,
  invoices: invoicesHandlers,
  ledgers: ledgersHandlers,
  loaners: loanersHandlers,
  notices: noticesHandlers,
  payments: paymentsHandlers,
  people: peopleHandlers,
  post: postHandlers,
  prices: pricesHandlers,
  privacy: privacyHandlers,
  quotes: quotesHandlers,
  repairs: repairsHandlers,
  recovery: recoveryHandlers,
  reviews: reviewsHandlers,
  runs: runsHandlers,
  schedule: scheduleHandlers,
  search: searchHandlers,
  seats: seatsHandlers,
  session: sessionHandlers,
  settings: settingsHandlers,
  shifts: shiftsHandlers,
  stock: stockHandlers,
  trail: trailHandlers,
  transfer: transferHandlers,
  users: usersHandlers,
  work: workHandlers,
}
