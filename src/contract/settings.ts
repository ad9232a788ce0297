import { z } from 'zod'
import { language, languages, line, name, text, version } from './fields.ts'
import { command, query, task } from './method.ts'

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, { params: { code: 'field.time_zone' } })
const currency = z
  .string()
  .max(3)
  .refine((value) => Intl.supportedValuesOf('currency').includes(value), {
    params: { code: 'field.currency' },
  })

/** Given once, in the set-up wizard. */
export const setupShop = z.strictObject({
  name: name(120),
  /** Prefix of numbers when the shop switches it on; A–Z and 0–9. */
  code: z.string().regex(/^[A-Z0-9]{1,8}$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  currency,
  timeZone,
  languages: z.array(language).min(1).max(languages.length),
  defaultLanguage: language,
})

/** Everything a shop can set, as one typed object. */
export const shopSettings = setupShop.extend({
  address: text(400),
  phone: line(60),
  numberWithStorePrefix: z.boolean(),
  /** Terms printed on the intake sheet, per language. */
  terms: z.strictObject({ 'zh-CN': text(4000), en: text(4000) }),
  /** Rises by itself when the terms change; a repair keeps the version it was signed under. */
  termsVersion: z.int().min(1),
  /** Days after hand-over at which passcodes are purged. */
  passcodePurgeDays: z.int().min(0).max(365),
  /** Dated tries to reach the customer before a repair closes as not reached. */
  followUpTries: z.int().min(1).max(20),
  /** Hours without any move or note after which an open repair counts as stuck. */
  stuckAfterHours: z.int().min(1).max(2400),
  /** Days until the required resolution date proposed at intake. */
  defaultDueDays: z.int().min(0).max(365),
  /** A device back within this many days of its last repair is shown as rework (返修). */
  reworkDays: z.int().min(0).max(3650),
  /** Minutes without use after which a shared seat asks for the PIN; 0 is never. */
  seatIdleMinutes: z.int().min(0).max(1440),
  /** Other seats may connect over the shop's network. */
  lanSharing: z.boolean(),
})
export type ShopSettings = z.output<typeof shopSettings>

/** What every seat may know of the shop. */
export const shop = z.object({
  name: z.string(),
  code: z.string(),
  country: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  languages: z.array(language),
  defaultLanguage: language,
  stuckAfterHours: z.int(),
  defaultDueDays: z.int(),
  followUpTries: z.int(),
  seatIdleMinutes: z.int(),
  termsVersion: z.int(),
  terms: z.object({ 'zh-CN': z.string(), en: z.string() }),
})
export type Shop = z.output<typeof shop>

export const settingsContract = {
  /** Where other seats on the shop's network reach this host once sharing is on; empty without a network. */
  addresses: task('settings.manage', {}, z.array(z.string())),
  get: query('settings.manage', {}, z.object({ settings: shopSettings, version })),
  update: command(
    'settings.manage',
    { version, settings: shopSettings.omit({ termsVersion: true }).partial() },
    z.object({ settings: shopSettings, version }),
  ),
}
