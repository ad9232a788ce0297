import {
  pairSame,
  type ChargeKind,
  type ChargeLine,
  type PayerShare,
  type PricedLineInput,
} from '#contract/charges.ts'
import { amountOf, shareOf } from '#contract/money.ts'
import { priceOption, type OptionPrice } from '#contract/option-price.ts'
import type { Quote, QuoteOption, QuoteOptionInput } from '#contract/quotes.ts'
import type { Repair } from '#contract/repairs.ts'

/** The form of a quote: what a person types, what it comes to at once, and what is sent to be kept. */

export interface LineForm {
  /** Of this form only, so that lines keep their fields when others come and go. */
  key: number
  kind: ChargeKind
  serviceId: number | null
  partId: number | null
  description: string
  /** Thousandths. */
  quantity: number | null
  unitMinor: number | null
  discountAs: 'amount' | 'percent'
  discountMinor: number | null
  discountBp: number | null
  taxCodeId: number | null
  rateBp: number
  shares: PayerShare[]
  standardMinutes: number
  warrantyMonths: number | null
  /** Of a part, thousandths on shelves and not reserved, when it was put on the quote. */
  available: number | null
}

export interface OptionForm {
  key: number
  title: string
  days: number | null
  quality: string
  lines: LineForm[]
}

export interface QuoteForm {
  /** The draft that a save replaces, as it was seen. */
  draft: { quoteId: number; version: number } | null
  validUntil: string | null
  note: string
  benchFeeMinor: number | null
  includesTax: boolean
  options: OptionForm[]
  /** Of other customers who pay, by their id: a form that is kept says them again. */
  names: Record<number, string>
  /** The last key given. */
  lastKey: number
}

/** Everything of a new line that its source (price list, catalogue, hand) does not say. */
export function blankLine(key: number, shares: readonly PayerShare[]): LineForm {
  return {
    key,
    kind: 'labour',
    serviceId: null,
    partId: null,
    description: '',
    quantity: 1000,
    unitMinor: null,
    discountAs: 'amount',
    discountMinor: null,
    discountBp: null,
    taxCodeId: null,
    rateBp: 0,
    shares: shares.map((share) => ({ ...share })),
    standardMinutes: 0,
    warrantyMonths: 0,
    available: null,
  }
}

/** A quote not written yet, with the words of the only option it begins with. */
export function blankQuote(
  repair: Pick<Repair, 'benchFeeMinor'>,
  shop: { title: string; validUntil: string; includesTax: boolean },
): QuoteForm {
  return {
    draft: null,
    validUntil: shop.validUntil,
    note: '',
    benchFeeMinor: repair.benchFeeMinor,
    includesTax: shop.includesTax,
    options: [{ key: 1, title: shop.title, days: 1, quality: '', lines: [] }],
    names: {},
    lastKey: 1,
  }
}

/** The names of other customers who pay a part of a quote, by their id. */
export function namesOf(quote: Pick<Quote, 'options'>): Record<number, string> {
  const payers = quote.options.flatMap((option) => option.payers)
  return Object.fromEntries(
    payers.flatMap(({ customerId, customerName }) =>
      customerId === null || customerName === null ? [] : [[customerId, customerName]],
    ),
  )
}

/** A draft to go on with, or the next revision of a quote that has left the shop. */
export function formOf(quote: Quote, validUntil: string): QuoteForm {
  let lastKey = 0
  const isDraft = quote.state === 'draft'
  const optionForm = (option: QuoteOption): OptionForm => ({
    key: ++lastKey,
    title: option.title,
    days: option.days,
    quality: option.quality,
    lines: option.lines.map((line) => lineForm(++lastKey, line)),
  })
  const options = quote.options.map(optionForm)
  return {
    draft: isDraft ? { quoteId: quote.id, version: quote.version } : null,
    validUntil: isDraft && quote.validUntil > validUntil ? quote.validUntil : validUntil,
    note: quote.note,
    benchFeeMinor: quote.benchFeeMinor || null,
    includesTax: quote.pricesIncludeTax,
    options,
    names: namesOf(quote),
    lastKey,
  }
}

/** A line of a quote as its form, whether it was quoted before or stands on the bill. */
function lineForm(key: number, line: PricedLineInput & { readonly rateBp: number }): LineForm {
  return {
    ...blankLine(key, line.shares),
    kind: line.kind,
    serviceId: line.serviceId,
    partId: line.partId,
    description: line.description,
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    discountMinor: line.discountMinor || null,
    taxCodeId: line.taxCodeId,
    rateBp: line.rateBp,
    standardMinutes: line.standardMinutes,
    warrantyMonths: line.warrantyMonths,
  }
}

/** For each line of an option the line of the bill it is, and those of the bill that it does not name. */
export function billedIn(option: OptionForm, handLines: readonly ChargeLine[]) {
  const named = pairSame(option.lines.map(lineInput), handLines)
  return { named, beside: handLines.filter((line) => !named.includes(line)) }
}

/** Takes the lines of the bill that an option does not name yet into it. */
export function takeBilled(form: QuoteForm, option: OptionForm, handLines: readonly ChargeLine[]): void {
  const { beside } = billedIn(option, handLines)
  const target = form
  option.lines.push(...beside.map((line) => lineForm(++target.lastKey, line)))
}

/** The price of the whole line before the discount. */
export function listPrice(line: LineForm): number {
  return amountOf(line.quantity ?? 0, line.unitMinor ?? 0)
}

/** What is taken off, in minor units, in whatever way it was typed. */
export function discountOf(line: LineForm): number {
  return line.discountAs === 'percent'
    ? shareOf(listPrice(line), line.discountBp ?? 0)
    : (line.discountMinor ?? 0)
}

/** What an option comes to at once, by the same arithmetic the host keeps it with. */
export function priceOf(option: OptionForm, form: Pick<QuoteForm, 'includesTax' | 'names'>): OptionPrice {
  const lines = option.lines.map((line) => ({
    quantity: line.quantity ?? 0,
    unitMinor: line.unitMinor ?? 0,
    discountMinor: Math.min(discountOf(line), listPrice(line)),
    rateBp: line.rateBp,
    shares: line.shares,
  }))
  return priceOption(lines, form.includesTax, (customerId) => form.names[customerId] ?? null)
}

/** What keeps a form from being sent, by the path of its field. */
export function emptyFields(form: QuoteForm): string[] {
  const paths = form.validUntil === null ? ['validUntil'] : []
  form.options.forEach((option, index) => {
    const at = `options.${index}`
    if (option.title.trim() === '') paths.push(`${at}.title`)
    if (option.lines.length === 0) paths.push(`${at}.lines`)
    option.lines.forEach((line, place) => {
      for (const field of ['description', 'quantity', 'unitMinor', 'taxCodeId'] as const) {
        const value = line[field]
        if (value === null || (typeof value === 'string' && value.trim() === ''))
          paths.push(`${at}.lines.${place}.${field}`)
      }
    })
  })
  return paths
}

function lineInput(line: LineForm): PricedLineInput {
  const { kind, serviceId, partId, description, standardMinutes, shares } = line
  return {
    kind,
    serviceId,
    partId,
    description: description.trim(),
    quantity: line.quantity ?? 0,
    unitMinor: line.unitMinor ?? 0,
    discountMinor: discountOf(line),
    taxCodeId: line.taxCodeId ?? 0,
    shares: shares.filter(({ shareBp }) => shareBp > 0),
    standardMinutes,
    warrantyMonths: line.warrantyMonths ?? 0,
  }
}

export function optionsInput(form: QuoteForm): QuoteOptionInput[] {
  return form.options.map(({ title, days, quality, lines }) => ({
    title: title.trim(),
    days: days ?? 0,
    quality,
    lines: lines.map(lineInput),
  }))
}
