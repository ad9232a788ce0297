import { z } from 'zod'
import type { ErrorCode, ErrorParams } from './errors.ts'

/**
 * Building blocks of every input schema. A refinement names its error code in
 * `params.code`; dispatch turns zod's issues into `FieldError`s.
 */
function coded(code: ErrorCode, params: ErrorParams = {}) {
  return { params: { code, ...params } }
}

// Tab and line breaks are what people type; every other C0/C1 control, the bidirectional overrides (which can
// disguise a file name or an amount) and half characters (which no file can keep) are refused.
const control = new RegExp(
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]',
  'u',
)
const lineBreak = new RegExp('[\\t\\r\\n\\u2028\\u2029]')

/** Free text, trimmed, up to `max` characters; line breaks allowed. May be empty. */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => !control.test(value), coded('field.control_character'))
    .transform((value) => value.trim())
}

/** One line of text, trimmed, up to `max` characters. May be empty. */
export function line(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => !control.test(value) && !lineBreak.test(value), coded('field.control_character'))
    .transform((value) => value.trim())
}

/** One line of text that must say something. */
export function name(max: number) {
  return line(max).refine((value) => value.length > 0, coded('field.required'))
}

/** Text that must say something (a reason, a finding). */
export function reason(max = 1000) {
  return text(max).refine((value) => value.length > 0, coded('field.required'))
}

/** A row's integer id. */
export const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER)

/** An aggregate's UUIDv7, used in links, QR codes and the outbox. */
export const uid = z.uuid()

/** The version the person saw; a stale save is refused. */
export const version = z.int().min(1).max(Number.MAX_SAFE_INTEGER)

/** UTC epoch milliseconds. */
export const at = z.int().min(0).max(8_640_000_000_000)

function isRealDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day <= days
}

/** A calendar day `YYYY-MM-DD` in the shop's zone, 1900 to 2200. */
export const on = z.string().refine(isRealDate, coded('field.not_a_date'))

/** The two languages of the window and of documents. */
export const languages = ['zh-CN', 'en'] as const
export const language = z.enum(languages)
export type Language = z.output<typeof language>

/** A name in both languages, as dictionaries carry it. */
export const label = z.object({ zh: z.string(), en: z.string() })
export type Label = z.output<typeof label>

/** Money in minor units (fen, cents); never negative here, at most 9 billion minor units. */
export const amountMinor = z.int().min(0).max(9_000_000_000)

/** A phone number as people write it; 3 to 20 digits in any punctuation. */
export const phone = line(40).refine((value) => {
  const digits = value.replace(/\D/g, '')
  return digits.length >= 3 && digits.length <= 20 && /^[+\d\s().\-/#*,x]+$/i.test(value)
}, coded('field.phone'))

export const email = line(254).refine(
  (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
  coded('field.email'),
)

/** True when the 15 digits pass the Luhn check of an IMEI (3GPP TS 23.003 annex B). */
export function isImei(value: string): boolean {
  if (!/^\d{15}$/.test(value)) return false
  let sum = 0
  for (let i = 0; i < 15; i++) {
    let digit = Number(value[i])
    if (i % 2 === 1) {
      digit *= 2
      if (digit > 9) digit -= 9
    }
    sum += digit
  }
  return sum % 10 === 0
}

/** An IMEI: 15 digits with a right check digit; blanks and hyphens are taken out. */
export const imei = line(24)
  .transform((value) => value.replace(/[\s-]/g, ''))
  .refine(isImei, coded('field.imei'))

/** One page of a list, paged by key: `after` is the cursor of the page before. */
export const page = {
  after: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).optional(),
}

/** A page of `row`s; `next` is absent on the last one. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().optional() })
}

/** What a command that changes one aggregate answers. */
export const changed = z.object({ id, version })

export const ok = z.object({ ok: z.literal(true) })
