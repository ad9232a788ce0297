import { z } from 'zod'
import { amountMinor, changed, id, label, line, ok, on, uid, version } from './fields.ts'
import { command, query } from './method.ts'
import { rateBp } from './money.ts'
import { customerTiers } from './customers.ts'

/** A tax code carries dated rates: the rate of a day is the one with the latest `validFrom` not after it. */
export const taxRate = z.strictObject({ validFrom: on, rateBp })
export const taxCode = z.object({
  id,
  code: z.string(),
  label,
  isDefault: z.boolean(),
  active: z.boolean(),
  /** Newest first. */
  rates: z.array(taxRate),
  /** Today's; null when no rate is valid yet. */
  presentBp: rateBp.nullable(),
  version,
})
export type TaxCode = z.output<typeof taxCode>

const serviceFields = {
  code: line(40),
  zh: line(120),
  en: line(120),
  /** null: for every category. */
  categoryId: id.nullable(),
  standardMinutes: z.int().min(0).max(60_000),
  priceMinor: amountMinor,
  taxCodeId: id,
  warrantyMonths: z.int().min(0).max(120),
  active: z.boolean(),
}
export const serviceInput = z.strictObject(serviceFields)
export type ServiceInput = z.output<typeof serviceInput>
/** A labour item with its standard time and price. */
export const service = z.object({ id, uid, version, ...serviceFields, label })
export type Service = z.output<typeof service>

/**
 * A price list says other prices for customers of a tier, and whether its prices include tax. Without one the
 * prices of the part and the service hold, with the shop's own tax flag.
 */
const priceListFields = {
  zh: line(120),
  en: line(120),
  includesTax: z.boolean(),
  tier: z.enum(customerTiers).nullable(),
  active: z.boolean(),
  items: z
    .array(z.strictObject({ partId: id.nullable(), serviceId: id.nullable(), priceMinor: amountMinor }))
    .max(5000),
}
export const priceListInput = z.strictObject(priceListFields)
export const priceList = z.object({ id, uid, version, ...priceListFields, label })
export type PriceList = z.output<typeof priceList>

export const pricesContract = {
  taxCodes: query('signed_in', {}, z.array(taxCode)),
  saveTaxCode: command(
    'billing.prices',
    {
      taxCodeId: id.nullable(),
      version: version.nullable(),
      code: line(20),
      zh: line(60),
      en: line(60),
      isDefault: z.boolean(),
      active: z.boolean(),
      rates: z.array(taxRate).min(1).max(50),
    },
    changed,
  ),
  services: query(
    'signed_in',
    { text: line(80).optional(), categoryId: id.optional(), includeInactive: z.boolean().optional() },
    z.array(service),
  ),
  createService: command('billing.prices', { service: serviceInput }, z.object({ id, uid, version })),
  updateService: command('billing.prices', { serviceId: id, version, service: serviceInput }, changed),
  priceLists: query('signed_in', {}, z.array(priceList)),
  savePriceList: command(
    'billing.prices',
    { priceListId: id.nullable(), version: version.nullable(), list: priceListInput },
    changed,
  ),
  /** What a part or a service costs this repair's customer today. `includesTax` says in which sense. */
  priceFor: query(
    'signed_in',
    { repairId: id, partId: id.nullable(), serviceId: id.nullable() },
    z.object({ priceMinor: amountMinor, includesTax: z.boolean(), taxCodeId: id, rateBp: rateBp.nullable() }),
  ),
  removePriceList: command('billing.prices', { priceListId: id, version }, ok),
}
