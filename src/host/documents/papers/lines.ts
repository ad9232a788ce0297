import type { Content } from 'pdfmake/interfaces.js'

import type { Payer, PayerShare } from '#contract/charges.ts'

import { grid } from './grid.ts'
import type { Cell, Column, Total } from './grid.ts'
import type { Writer } from './writer.ts'

/** Priced lines and what they come to, on quotes, invoices and credit notes. */

export interface PricedRow {
  description: string
  quantity: number
  unitMinor: number
  discountMinor: number
  rateBp: number
  netMinor: number
  grossMinor: number
  warrantyMonths: number
  shares?: readonly PayerShare[]
}

export interface Amounts {
  netMinor: number
  grossMinor: number
  taxes: readonly { rateBp: number; netMinor: number; taxMinor: number }[]
}

/** Who pays besides the customer, with the share unless it is all. */
export function payersText(writer: Writer, shares: readonly PayerShare[]): string {
  const others = shares.filter((share) => share.payer !== 'customer')
  const payer = (one: Payer) => writer.words[`payer.${one}`]
  return writer.list(
    others.map((share) =>
      share.shareBp === 10_000
        ? payer(share.payer)
        : writer.say('line.payer', { payer: payer(share.payer), share: writer.rate(share.shareBp) }),
    ),
  )
}

export function monthsText(writer: Writer, months: number): string {
  if (months === 0) return ''
  return months === 1 ? writer.say('line.warranty_one') : writer.say('line.warranty', { n: months })
}

/** The lines in the sense of their prices: with tax, or without it. */
export function lineGrid(writer: Writer, rows: readonly PricedRow[], pricesIncludeTax: boolean): Content {
  const discounted = rows.some((row) => row.discountMinor > 0)
  const right = { align: 'right' as const }
  const columns: Column[] = [
    { title: '#', ...right },
    { title: writer.words['column.description'], flex: 1 },
    { title: writer.words['column.quantity'], ...right },
    { title: writer.words['column.unit'], ...right },
    ...(discounted ? [{ title: writer.words['column.discount'], ...right }] : []),
    { title: writer.words['column.tax_rate'], ...right },
    { title: writer.say('column.amount', { currency: writer.shop.currency }), ...right },
  ]
  const body = rows.map((row, index): Cell[] => [
    String(index + 1),
    {
      text: row.description,
      below: [monthsText(writer, row.warrantyMonths), payersText(writer, row.shares ?? [])].filter(Boolean),
    },
    writer.quantity(row.quantity),
    writer.amount(row.unitMinor),
    ...(discounted ? [row.discountMinor > 0 ? writer.amount(-row.discountMinor) : ''] : []),
    writer.rate(row.rateBp),
    writer.amount(pricesIncludeTax ? row.grossMinor : row.netMinor),
  ])
  return grid(writer, columns, body)
}

/** Net, the tax of each rate, and the sum of them. */
export function taxTotals(writer: Writer, amounts: Amounts): Total[] {
  return [
    { label: writer.words['total.net'], value: writer.amount(amounts.netMinor) },
    ...amounts.taxes.map((tax) => ({
      label: writer.say('total.tax', { rate: writer.rate(tax.rateBp), net: writer.amount(tax.netMinor) }),
      value: writer.amount(tax.taxMinor),
    })),
  ]
}
