import { onlyCustomer } from '#contract/charges.ts'
import { priceOf } from '#contract/payer-parts.ts'
import type { ShopSettings } from '#contract/settings.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { dayOf, daysBetween } from '../kernel/days.ts'
import { noteWork } from '../repairs/steps.ts'
import { requireLine, writeCharge } from './charges.ts'
import { linesOfRepair, type ChargeRow } from './charge-store.ts'
import { defaultTaxCodeId } from './tax-store.ts'
import { billedRepair, type BilledRepair } from './views.ts'

/** The fee for a device nobody collects (domain §3.2 "unclaimed"). */

/**
 * What storage comes to by a day, with tax: nothing in the days of grace after it was ready, then so much a day, up
 * to the cap (0: no cap). Days are the shop's calendar days; the day it became ready is not counted.
 */
export function storageFeeBy(
  storage: Pick<ShopSettings['storage'], 'graceDays' | 'perDayMinor' | 'capMinor'>,
  readyOn: string,
  today: string,
): number {
  const days = Math.max(0, daysBetween(readyOn, today) - storage.graceDays)
  const fee = days * storage.perDayMinor
  return storage.capMinor > 0 ? Math.min(fee, storage.capMinor) : fee
}

/**
 * What of it is not on the bill yet: days that were charged, paid or waived before are not charged again. Nothing
 * for a device that is not ready, or has been collected; one that was disposed of takes no room from that day on.
 */
export function storageFeeDue(
  ctx: Pick<QueryContext, 'settings' | 'today'>,
  repair: Pick<BilledRepair, 'processedAt' | 'state' | 'disposedOn'>,
  lines: readonly ChargeRow[],
): number {
  const { processedAt, state, disposedOn } = repair
  if (processedAt === null || (state !== 'processed' && state !== 'unclaimed')) return 0
  const { storage, timeZone } = ctx.settings
  const whole = storageFeeBy(storage, dayOf(processedAt, timeZone), disposedOn ?? ctx.today)
  const charged = lines
    .filter((line) => line.source === 'storage')
    .reduce((sum, line) => sum + priceOf(line), 0)
  return Math.max(0, whole - charged)
}

/**
 * Puts the storage fee so far on the bill, once for each day. Errors: `not_found`, `charge.no_storage_fee`,
 * `tax.rate_missing` at `line.taxCodeId`.
 */
export const addStorageFee: Handler<'charges.addStorageFee'> = (ctx, { repairId }) =>
  chargeStorage(ctx, repairId)

/** As the command, for acts that charge it as a consequence. */
export function chargeStorage(ctx: CommandContext, repairId: number): { id: number; uid: string } {
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  const amountMinor = storageFeeDue(ctx, repair, linesOfRepair(ctx.db, repairId))
  const taxCodeId = ctx.settings.storage.taxCodeId ?? defaultTaxCodeId(ctx.db)
  if (amountMinor === 0 || taxCodeId === undefined) throw new AppError('charge.no_storage_fee')
  const line = {
    kind: 'storage_fee' as const,
    serviceId: null,
    partId: null,
    // No words: a window and a document call the line by its kind.
    description: '',
    quantity: 1000,
    unitMinor: amountMinor,
    discountMinor: 0,
    taxCodeId,
    shares: [...onlyCustomer],
    standardMinutes: 0,
    warrantyMonths: 0,
  }
  requireLine(ctx, line, 'line')
  const added = writeCharge(ctx, repairId, 'storage', true, line)
  noteWork(ctx, repairId, '', { act: 'storage_fee_added', amountMinor })
  return added
}
