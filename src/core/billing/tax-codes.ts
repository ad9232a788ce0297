import type { TaxCode } from '#contract/prices.ts'
import type { Handler, QueryContext } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { bothNames } from './price-names.ts'
import {
  allRates,
  allTaxCodes,
  clearDefault,
  insertTaxCode,
  setRates,
  taxCodeByCode,
  taxCodeById,
  updateTaxCode,
  type RateRow,
} from './tax-store.ts'

/** Tax codes with all their rates, and today's. */
export function listTaxCodes(ctx: QueryContext): TaxCode[] {
  const byCode = Map.groupBy(allRates(ctx.db), (rate) => rate.taxCodeId)
  return allTaxCodes(ctx.db).map((row) => {
    const rates = (byCode.get(row.id) ?? []).map(({ validFrom, rateBp }: RateRow) => ({ validFrom, rateBp }))
    return {
      id: row.id,
      code: row.code,
      label: { zh: row.nameZh, en: row.nameEn },
      isDefault: row.isDefault === 1,
      active: row.active === 1,
      rates,
      presentBp: rates.find((rate) => rate.validFrom <= ctx.today)?.rateBp ?? null,
      version: row.version,
    }
  })
}

/** Tax codes have no uid of their own: this names one in the outbox. */
function uidOf(id: number): string {
  return `00000000-0000-7000-8001-${String(id).padStart(12, '0')}`
}

/**
 * Adds or replaces a tax code with its rates. What is invoiced keeps the rate it was invoiced with.
 * Errors: `stale`; `field.required` at code; `price.name_required` at zh; `tax.code_taken` at code;
 * `field.duplicate` at `rates.<n>.validFrom`; `tax.default_required` at isDefault.
 */
export const saveTaxCode: Handler<'prices.saveTaxCode'> = (ctx, input) => {
  const { taxCodeId, version, code, isDefault, active, rates } = input
  const before = taxCodeId === null ? null : found(taxCodeById(ctx.db, taxCodeId), 'tax_code')
  if (before && before.version !== version) throw stale(ctx.db, 'tax_code', uidOf(before.id))
  if (code === '') throw fieldError('code', 'field.required')
  const names = bothNames(input, 'zh')
  const other = taxCodeByCode(ctx.db, code)
  if (other && other.id !== before?.id) throw fieldError('code', 'tax.code_taken', { code })
  const days = rates.map((rate) => rate.validFrom)
  const twice = days.findIndex((day, index) => days.indexOf(day) !== index)
  if (twice >= 0) throw fieldError(`rates.${twice}.validFrom`, 'field.duplicate')
  const wasDefault = before?.isDefault === 1
  if ((wasDefault && !isDefault) || (isDefault && !active))
    throw fieldError('isDefault', 'tax.default_required')
  if (isDefault && !wasDefault) clearDefault(ctx.db)
  const row = { code, ...names, isDefault, active, version: (before?.version ?? 0) + 1 }
  const id = before?.id ?? insertTaxCode(ctx.db, row)
  if (before) updateTaxCode(ctx.db, id, row)
  setRates(ctx.db, id, rates)
  ctx.record({
    entity: 'prices',
    id,
    uid: uidOf(id),
    version: row.version,
    type: 'tax_code.saved',
    payload: { ...row, rates },
  })
  return { id, version: row.version }
}
