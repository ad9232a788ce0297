import type { Content } from 'pdfmake/interfaces.js'

import type { Quote, QuoteOption } from '#contract/quotes.ts'

import type { Composed } from './frame.ts'
import { grid, tickBox, totals } from './grid.ts'
import type { Column, Total } from './grid.ts'
import { lineGrid, taxTotals } from './lines.ts'
import { addressOf, deviceFacts, drawn, faultText, findingsOf, signatures, tickLine } from './parts.ts'
import type { QuoteData } from './types.ts'
import { factList, factsOf, paragraph, section, space } from './writer.ts'
import type { Writer } from './writer.ts'

/** What a repair will cost, in one or several options, with room for the customer's answer. */

function days(writer: Writer, option: QuoteOption): string {
  if (option.days === 0) return ''
  return option.days === 1 ? writer.say('quote.days_one') : writer.say('quote.days_value', { n: option.days })
}

/** The options in one look; only when there is something to choose. */
function overview(writer: Writer, quote: Quote): Content[] {
  if (quote.options.length < 2) return []
  const { words } = writer
  const right = { align: 'right' as const }
  const withQuality = quote.options.some((option) => option.quality !== '')
  const withDays = quote.options.some((option) => option.days > 0)
  const isShared = quote.options.some((option) => option.customerMinor !== option.grossMinor)
  const columns: Column[] = [
    { title: '', align: 'center' },
    { title: words['column.option'], flex: 1 },
    ...(withQuality ? [{ title: words['column.quality'], flex: 1 }] : []),
    ...(withDays ? [{ title: words['column.days'], ...right }] : []),
    { title: words['total.gross'], ...right },
    ...(isShared ? [{ title: words['quote.you_pay'], ...right }] : []),
  ]
  const rows = quote.options.map((option) => [
    tickBox,
    { text: `${option.no}. ${option.title}`, bold: true },
    ...(withQuality ? [option.quality] : []),
    ...(withDays ? [option.days > 0 ? String(option.days) : ''] : []),
    { text: writer.money(option.grossMinor), bold: !isShared },
    ...(isShared ? [{ text: writer.money(option.customerMinor), bold: true }] : []),
  ])
  return section(writer, words['section.options'], [grid(writer, columns, rows)])
}

/** What each other payer takes off the total, and what is left for the customer. */
function payers(writer: Writer, option: QuoteOption): Total[] {
  const others = option.payers.filter((payer) => payer.payer !== 'customer' || payer.customerId !== null)
  const paying = others.filter((payer) => payer.grossMinor !== 0)
  if (paying.length === 0) return []
  return [
    ...paying.map((payer) => ({
      label: payer.customerName ?? writer.words[`payer.${payer.payer}`],
      value: writer.amount(-payer.grossMinor),
    })),
    { label: writer.words['quote.you_pay'], value: writer.money(option.customerMinor), strong: true },
  ]
}

function optionPart(writer: Writer, quote: Quote, option: QuoteOption): Content[] {
  const isOnly = quote.options.length === 1
  const title = isOnly ? option.title : writer.say('quote.option', { no: option.no, title: option.title })
  const about = factsOf(
    [writer.words['quote.quality'], option.quality],
    [writer.words['quote.days'], days(writer, option)],
  )
  const tax = writer.words[quote.pricesIncludeTax ? 'invoice.includes_tax' : 'invoice.without_tax']
  const total = { label: writer.words['total.gross'], value: writer.money(option.grossMinor), strong: true }
  return [
    ...section(writer, title, [
      ...factList(writer, about),
      lineGrid(writer, option.lines, quote.pricesIncludeTax),
    ]),
    paragraph(writer, tax, { size: writer.setting.small, margin: [0, 3, 0, 0] }),
    ...totals(writer, [...taxTotals(writer, option), total, ...payers(writer, option)]),
  ]
}

function answered(writer: Writer, quote: Quote): string {
  const { decision } = quote
  if (!decision) return ''
  const about = {
    day: writer.dayOf(decision.at),
    name: decision.by,
    way: writer.words[`way.${decision.way}`],
  }
  if (!decision.approved) return writer.say('quote.answered_no', about)
  const amount = decision.amountMinor === null ? '' : writer.money(decision.amountMinor)
  const no = decision.optionNo ?? 1
  return quote.options.length > 1
    ? writer.say('quote.answered_option', { ...about, no, amount })
    : writer.say('quote.answered_yes', { ...about, amount })
}

/** The answer as it was given, or room to give it. */
function answer(writer: Writer, data: QuoteData): Content[] {
  const { quote } = data
  const { words } = writer
  const given = answered(writer, quote)
  if (given) {
    const picture = drawn(data.signature)
    const note = quote.decision?.note ?? ''
    return section(writer, words['section.answer'], [
      paragraph(writer, given, { bold: true }),
      ...(note ? [paragraph(writer, note)] : []),
      ...(picture ? [signatures(writer, [{ caption: words['sign.customer'], picture }])] : []),
    ])
  }
  if (quote.state === 'superseded') return []
  const choices = quote.options.map((option) => {
    const amount = writer.money(option.customerMinor)
    return quote.options.length > 1
      ? writer.say('quote.approve_option', { no: option.no, amount })
      : writer.say('quote.approve', { amount })
  })
  const body = [
    paragraph(writer, words['quote.ask'], { margin: [0, 0, 0, 3] }),
    ...[...choices, words['quote.decline']].map((text) => tickLine(writer, text)),
    signatures(writer, [{ caption: words['sign.customer'] }, { caption: words['sign.shop'] }]),
  ]
  return [{ stack: section(writer, words['section.answer'], body), unbreakable: true }]
}

function standingOf(writer: Writer, quote: Quote): string | undefined {
  const { state } = quote
  return state === 'sent' ? undefined : writer.words[`quote.${state}`]
}

export function composeQuote(writer: Writer, data: QuoteData): Composed {
  const { quote, repair } = data
  const { words, shop } = writer
  const madeAt = quote.sentAt ?? quote.createdAt
  const standing = standingOf(writer, quote)
  const fee = quote.benchFeeMinor
  const told = faultText(writer, repair)
  const picture = drawn(data.signature)
  return {
    title: words['title.quote'],
    number: quote.number,
    ...(standing ? { standing } : {}),
    facts: factsOf(
      [words['head.date'], writer.dayOf(madeAt)],
      [words['quote.valid_until'], writer.day(quote.validUntil), true],
      [words['head.repair'], repair.number],
      [words['head.prepared_by'], quote.createdBy],
    ),
    address: addressOf(writer, data.customer),
    body: [
      ...section(writer, words['section.device'], factList(writer, deviceFacts(writer, repair))),
      ...section(writer, words['section.fault'], told ? [paragraph(writer, told)] : []),
      ...section(writer, words['section.findings'], findingsOf(writer, repair)),
      ...overview(writer, quote),
      ...quote.options.flatMap((option) => optionPart(writer, quote, option)),
      ...section(writer, words['section.notes'], quote.note ? [paragraph(writer, quote.note)] : []),
      ...(fee > 0
        ? [space(6), paragraph(writer, writer.say('quote.bench_fee', { amount: writer.money(fee) }))]
        : []),
      ...section(
        writer,
        words['section.terms'],
        shop.terms.trim() === '' ? [] : [paragraph(writer, shop.terms, { size: writer.setting.small })],
      ),
      ...answer(writer, data),
    ],
    pictures: [picture],
    at: madeAt,
  }
}
