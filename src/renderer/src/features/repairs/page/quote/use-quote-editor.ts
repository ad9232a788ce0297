import { computed, reactive, shallowRef } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import type { Quote } from '#contract/quotes.ts'
import type { Repair } from '#contract/repairs.ts'
import type { Part } from '#contract/stock-model.ts'
import type { Service } from '#contract/prices.ts'
import { labelText, shopTimeZone } from '@/app/format.ts'
import { translate } from '@/app/i18n.ts'
import { useSession } from '@/app/session.ts'
import { addDays, call, dayIn, seatNow, useCommand, useFormErrors, useQueryOf } from '@/client/index.ts'
import { useKeptForm } from '@/components/repair/index.ts'
import {
  billedIn,
  blankLine,
  blankQuote,
  emptyFields,
  formOf,
  optionsInput,
  takeBilled,
  type LineForm,
  type OptionForm,
  type QuoteForm,
} from './quote-form.ts'

/** Under this name a quote that is being written waits for a reload of the window. */
export function keptQuoteName(repairId: number): string {
  return `quote.${repairId}`
}

/** What stands on the bill of the repair without a quote. */
export type Bill = Pick<OutputOf<'quotes.ofRepair'>, 'pricesIncludeTax' | 'handLines'>

/** A form with what it needs to begin: words of the first option, the day it holds to, how prices are meant. */
function beginForm(repair: Repair, from: Quote | undefined, bill: Bill): QuoteForm {
  const { shop } = useSession()
  const validUntil = addDays(dayIn(seatNow(), shopTimeZone()), shop?.quoteValidDays ?? 14)
  const title = translate('quotes.firstOption')
  const form = from
    ? formOf(from, validUntil)
    : blankQuote(repair, { title, validUntil, includesTax: bill.pricesIncludeTax })
  // A new quote begins with what is on the bill by hand; whoever goes on with a draft has chosen already.
  if (form.draft === null) for (const option of form.options) takeBilled(form, option, bill.handLines)
  return form
}

/** Lines and options come and go; prices are this customer's. */
function useLines(repair: Repair, form: QuoteForm) {
  const taxCodes = useQueryOf('prices.taxCodes', () => ({}))
  const codes = computed(() => taxCodes.data.value ?? [])
  const target = form
  const newLine = (): LineForm => blankLine(++target.lastKey, repair.defaultShares)

  /** A line of the price list or the catalogue, at this customer's price. */
  async function addPriced(option: OptionForm, line: LineForm): Promise<void> {
    const { partId, serviceId } = line
    const price = await call('prices.priceFor', { repairId: repair.id, partId, serviceId })
    const { priceMinor: unitMinor, taxCodeId, rateBp } = price
    target.includesTax = price.includesTax
    option.lines.push({ ...line, unitMinor, taxCodeId, rateBp: rateBp ?? 0 })
  }

  return {
    codes,
    async addService(option: OptionForm, service: Service): Promise<void> {
      const { id: serviceId, standardMinutes, warrantyMonths } = service
      const description = labelText(service.label)
      await addPriced(option, { ...newLine(), serviceId, description, standardMinutes, warrantyMonths })
    },
    async addPart(option: OptionForm, part: Part): Promise<void> {
      const { id: partId, warrantyMonths, available } = part
      const description = `${labelText(part.label)} (${part.number})`.slice(0, 200)
      await addPriced(option, {
        ...newLine(),
        kind: 'part',
        partId,
        description,
        warrantyMonths,
        available,
      })
    },
    addFree(option: OptionForm): void {
      const code = codes.value.find(({ isDefault }) => isDefault) ?? codes.value[0]
      option.lines.push({ ...newLine(), taxCodeId: code?.id ?? null, rateBp: code?.presentBp ?? 0 })
    },
    removeLine(option: OptionForm, line: LineForm): void {
      const { lines } = option
      lines.splice(lines.indexOf(line), 1)
    },
    /** Another way to do it; begins as a copy of the one it stands beside. Answers its key. */
    addOption(like: OptionForm): number {
      const lines = like.lines.map((line) => ({ ...line, key: ++target.lastKey, shares: [...line.shares] }))
      const title = translate('quotes.optionTitle', { n: form.options.length + 1 })
      const key = ++target.lastKey
      target.options.push({ ...like, key, title, lines })
      return key
    },
    removeOption(option: OptionForm): void {
      target.options = form.options.filter(({ key }) => key !== option.key)
    },
    setTaxCode(line: LineForm, id: number | null): void {
      const changed = line
      changed.taxCodeId = id
      changed.rateBp = codes.value.find((code) => code.id === id)?.presentBp ?? 0
    },
  }
}

/** The state of the editor: the form with its lines, the price list behind it, and how it is saved. */
export function useQuoteEditor(repair: Repair, from: Quote | undefined, bill: () => Bill, saved: () => void) {
  const form = reactive<QuoteForm>(beginForm(repair, from, bill()))
  const first = JSON.stringify(form)
  const kept = useKeptForm(keptQuoteName(repair.id), form, () => JSON.stringify(form) !== first)
  const lines = useLines(repair, form)
  const errors = useFormErrors()
  const stale = shallowRef(false)
  const command = useCommand('quotes.save', {
    errors,
    onError(error) {
      stale.value = error.code === 'stale'
      return false
    },
  })

  let taking: Promise<QuoteForm['draft']> | undefined
  async function presentDraft(): Promise<QuoteForm['draft']> {
    const { quotes } = await call('quotes.ofRepair', { repairId: repair.id })
    const draft = quotes.find(({ state }) => state === 'draft')
    return draft ? { quoteId: draft.id, version: draft.version } : null
  }

  return {
    ...lines,
    form,
    errors,
    stale,
    restored: kept.restored,
    billedIn: (option: OptionForm) => billedIn(option, bill().handLines),
    takeBilled: (option: OptionForm) => takeBilled(form, option, bill().handLines),
    pending: command.pending,
    usualShares: repair.defaultShares,
    /** Goes on from what a colleague saved: the next save replaces their draft with what stands here. */
    async takePresent(): Promise<void> {
      taking = presentDraft()
      try {
        form.draft = await taking
        stale.value = false
        errors.clear()
      } finally {
        taking = undefined
      }
    },
    async save(): Promise<boolean> {
      // Who presses both buttons at once means both: what is saved goes on from the present draft.
      await taking
      const empty = emptyFields(form)
      errors.setFields(empty.map((path) => ({ path, code: 'field.required' })))
      if (empty.length > 0 || form.validUntil === null) return false
      const { draft, validUntil, note, benchFeeMinor } = form
      const rest = { validUntil, note, benchFeeMinor: benchFeeMinor ?? 0, options: optionsInput(form) }
      if (!(await command.run({ repairId: repair.id, draft, ...rest }))) return false
      kept.drop()
      saved()
      return true
    },
    nameCustomer(customerId: number, name: string): void {
      form.names[customerId] = name
    },
    giveUp(): void {
      kept.drop()
    },
  }
}

export type QuoteEditor = ReturnType<typeof useQuoteEditor>
