import { z } from 'zod'
import { backupSettings } from './backups.ts'
import { amountMinor, email, id, language, languages, line, name, text, version } from './fields.ts'
import { command, query } from './method.ts'
import { rateBp } from './money.ts'
import { retention } from './privacy.ts'
import { repairOutcomes } from './repair-states.ts'

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

/** What a repair with an outcome costs (domain §3.2): its lines, only the bench fee, or nothing. */
export const feeRules = ['charges', 'bench_fee', 'nothing'] as const
export type FeeRule = (typeof feeRules)[number]

/** Money, quotes and what happens to devices nobody collects. */
const moneySettings = {
  taxNumber: line(40),
  bankAccount: text(200),
  /** Prices on quotes and bills are with tax (V-10) or without (V-09), where no price list says otherwise. */
  pricesIncludeTax: z.boolean(),
  /** Totals paid in cash are rounded to this many minor units; 1 is not at all. */
  cashStepMinor: z.int().min(1).max(10_000),
  invoicePrefix: line(10),
  /** Terms printed on quotes and invoices, per language. */
  invoiceTerms: z.strictObject({ 'zh-CN': text(4000), en: text(4000) }),
  quoteValidDays: z.int().min(1).max(365),
  /** An approval must be given again when the total grows by more than this. */
  requoteBp: rateBp,
  /** A larger discount needs the permission for it. */
  discountLimitBp: rateBp,
  /** Test the device before it is ready, where its category has a test list. */
  testRequired: z.boolean(),
  feeRules: z.record(z.enum(repairOutcomes), z.enum(feeRules)),
  receiptWidth: z.union([z.literal(58), z.literal(80)]),
  /** Where customers reach the page behind a ticket's QR; empty: this computer while it is shared on the network. */
  reportAddress: z.union([
    z.literal(''),
    z
      .url({ protocol: /^https?$/ })
      .max(200)
      .refine((value) => !/[?#]/.test(value)),
  ]),
  /** Days from "ready" on; amounts are with tax (domain §3.2 "unclaimed"). */
  storage: z.strictObject({
    graceDays: z.int().min(0).max(3650),
    perDayMinor: amountMinor,
    capMinor: amountMinor,
    reminderDays: z.array(z.int().min(1).max(3650)).max(10),
    finalDays: z.int().min(1).max(3650),
    disposalDays: z.int().min(1).max(3650),
    taxCodeId: id.nullable(),
  }),
  /** The server for e-mail; empty host: none. The password is kept sealed elsewhere. */
  mail: z.strictObject({
    host: line(200),
    port: z.int().min(1).max(65_535),
    secure: z.boolean(),
    user: line(200),
    from: z.union([email, z.literal('')]),
  }),
}

/** Everything a shop can set, as one typed object. */
export const shopSettings = setupShop.extend({
  address: text(400),
  phone: line(60),
  /** The picture printed at the head of intake sheets; an upload of kind `logo`, the shop's own once it is saved. */
  logoUid: z.uuid().nullable(),
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
  /** Days after which a seat must give a password again, used or not; a change of person by PIN does not extend it. */
  sessionDays: z.int().min(1).max(365),
  /** Hours without any call after which a seat must give a password again. */
  sessionIdleHours: z.int().min(1).max(2160),
  /** Other seats may connect over the shop's network. */
  lanSharing: z.boolean(),
  /** The network they connect over, by the name the system gives it; empty: all of them. */
  lanInterface: line(60),
  /** The port they connect at; null is the usual one. With HTTPS the port after it is used too. */
  lanPort: z.int().min(1024).max(65_534).nullable(),
  /** Other seats connect by HTTPS, with certificates of the shop's own authority. */
  lanHttps: z.boolean(),
  ...moneySettings,
  /** Months after which somebody should look again at who may do what; 0 is never. */
  permissionReviewMonths: z.int().min(0).max(24),
  retention,
  backup: backupSettings,
})
export type ShopSettings = z.output<typeof shopSettings>

/** True when a shop has said through which server and from which address it writes. */
export function isMailSetUp(mail: Pick<ShopSettings['mail'], 'host' | 'from'>): boolean {
  return mail.host !== '' && mail.from !== ''
}

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
  pricesIncludeTax: z.boolean(),
  cashStepMinor: z.int(),
  quoteValidDays: z.int(),
  discountLimitBp: rateBp,
  testRequired: z.boolean(),
  mailReady: z.boolean(),
})
export type Shop = z.output<typeof shop>

export const settingsContract = {
  /** The password of the mail server; null removes it. Kept sealed, never answered. */
  setMailPassword: command(
    'settings.manage',
    { password: z.string().max(200).nullable() },
    z.object({ hasPassword: z.boolean() }),
    { secret: ['password'] },
  ),

  get: query('settings.manage', {}, z.object({ settings: shopSettings, version })),
  update: command(
    'settings.manage',
    { version, settings: shopSettings.omit({ termsVersion: true }).partial() },
    z.object({ settings: shopSettings, version }),
  ),
}
