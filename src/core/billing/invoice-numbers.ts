import type { Payer } from '#contract/charges.ts'
import type { CommandContext } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { drawNumber } from '../system/steps.ts'
import { lastIssuedOn } from './invoice-store.ts'

/**
 * Numbers are drawn at issue, in the issuing transaction, so that a series has no gap (V-02): invoices and credit
 * notes are one series a year, `<prefix><year><six digits>`. What warranty, an agreement or goodwill bears is no
 * invoice to anybody and has series of its own, told apart by the letter at the end.
 */
const endings: Readonly<Record<Payer, string>> = {
  customer: '',
  warranty: '-W',
  agreement: '-A',
  goodwill: '-G',
}

export function nextInvoiceNumber(ctx: CommandContext, payer: Payer): string {
  const year = ctx.today.slice(0, 4)
  const ending = endings[payer]
  const last = drawNumber(ctx.db, `invoice${ending} ${year}`)
  return `${ctx.settings.invoicePrefix}${year}${String(last).padStart(6, '0')}${ending}`
}

/** No document is issued on an earlier day than the one before it (T-18). Error: `invoice.clock_behind`. */
export function requireClock(ctx: CommandContext): void {
  const last = lastIssuedOn(ctx.db)
  if (last !== undefined && last > ctx.today) throw new AppError('invoice.clock_behind', { last })
}
