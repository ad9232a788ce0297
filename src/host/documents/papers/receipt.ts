import type { Content } from 'pdfmake/interfaces.js'

import type { Payment } from '#contract/billing.ts'

import type { Composed } from './frame.ts'
import { totals } from './grid.ts'
import type { Total } from './grid.ts'
import { signatures } from './parts.ts'
import type { ReceiptData } from './types.ts'
import { factsOf, paragraph, space } from './writer.ts'
import type { Writer } from './writer.ts'

/** Receipt, deposit slip and refund slip for a roll of 58 or 80 mm. */

const amountLabels = {
  payment: 'receipt.amount',
  deposit: 'receipt.amount_deposit',
  refund: 'receipt.amount_refund',
} as const

/** What each invoice got of the money. */
function purposes(writer: Writer, payment: Payment): Total[] {
  return payment.allocations.map((one) => ({
    label: one.invoiceNumber,
    value: writer.amount(Math.abs(one.amountMinor)),
  }))
}

function amounts(writer: Writer, { payment, soldTo }: ReceiptData): Total[] {
  const { words } = writer
  const { amountMinor, tenderedMinor, method } = payment
  const isCash = method === 'cash' && tenderedMinor !== null && tenderedMinor > 0
  return [
    {
      label: words[soldTo === null ? amountLabels[payment.kind] : 'receipt.amount_sale'],
      value: writer.money(amountMinor),
      strong: true,
    },
    { label: words['receipt.method'], value: words[`method.${method}`] },
    ...(isCash
      ? [
          { label: words['receipt.tendered'], value: writer.amount(tenderedMinor) },
          { label: words['receipt.change'], value: writer.amount(tenderedMinor - amountMinor) },
        ]
      : []),
  ]
}

function rest(writer: Writer, data: ReceiptData): Content[] {
  if (data.payment.kind === 'refund') return []
  const owed = data.open.filter((one) => one.openMinor > 0)
  const settled = data.open.filter((one) => one.openMinor <= 0)
  const rows: Total[] = owed.map((one) => ({
    label: writer.say('receipt.open', { number: one.number }),
    value: writer.money(one.openMinor),
  }))
  if (data.depositHeldMinor !== null && data.depositHeldMinor > 0) {
    const value = writer.money(data.depositHeldMinor)
    rows.push({ label: writer.words['receipt.deposits_held'], value })
  }
  return [
    ...totals(writer, rows),
    ...settled.map((one) =>
      paragraph(writer, writer.say('receipt.nothing_open', { number: one.number }), { margin: [0, 3, 0, 0] }),
    ),
  ]
}

function closing(writer: Writer, { payment, soldTo }: ReceiptData): Content[] {
  const { words, setting } = writer
  const centred = { alignment: 'center' as const, margin: [0, 8, 0, 0] as [number, number, number, number] }
  if (payment.kind === 'refund') {
    return [signatures(writer, [{ caption: words['sign.received'] }])]
  }
  if (payment.kind === 'deposit') {
    const note = words[soldTo === null ? 'receipt.deposit_note' : 'receipt.sale_note']
    return [paragraph(writer, note, { size: setting.small + 0.5, ...centred })]
  }
  return [paragraph(writer, words['receipt.thanks'], { bold: true, ...centred })]
}

/** A receipt that was typed wrong, and the one that puts it right. */
function standingOf(writer: Writer, { reversedBy, reverses }: Payment): string | undefined {
  if (reversedBy) return writer.say('receipt.reversed', { number: reversedBy })
  return reverses ? writer.say('receipt.reverses', { number: reverses }) : undefined
}

export function composeReceipt(writer: Writer, data: ReceiptData): Composed {
  const { payment, soldTo } = data
  const { words } = writer
  const standing = standingOf(writer, payment)
  // A sale's note is the buyer, who stands above.
  const note = soldTo === payment.note ? '' : payment.note
  return {
    title: soldTo === null ? words[`title.${payment.kind}`] : words['title.sale'],
    number: payment.number,
    ...(standing ? { standing } : {}),
    facts: factsOf(
      [words['receipt.date'], writer.moment(payment.at)],
      // What is held for the owner was paid by the buyer, who is told nothing about the owner.
      soldTo === null ? [words['receipt.customer'], payment.customerName] : [words['receipt.buyer'], soldTo],
      [words['receipt.repair'], payment.repairNumber],
      [words['receipt.clerk'], payment.by],
      [words['receipt.reference'], payment.reference],
    ),
    address: [],
    body: [
      ...totals(writer, purposes(writer, payment)),
      ...totals(writer, amounts(writer, data)),
      ...rest(writer, data),
      ...(note ? [space(3), paragraph(writer, note)] : []),
      ...closing(writer, data),
    ],
    at: payment.at,
  }
}
