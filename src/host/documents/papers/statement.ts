import type { Content } from 'pdfmake/interfaces.js'

import type { Composed } from './frame.ts'
import { grid, totals } from './grid.ts'
import { addressOf } from './parts.ts'
import type { StatementData } from './types.ts'
import { factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'

/** A customer's account from day to day: what was charged, what was paid, and the balance after each. */

const entries = [
  'invoice',
  'credit_note',
  'void',
  'payment',
  'deposit_applied',
  'deposit_forfeited',
  'credit_applied',
  'applied_taken_back',
  'refund',
  'reversal',
  'write_off',
] as const
type Entry = (typeof entries)[number]

function entryName(writer: Writer, kind: string): string {
  const known = (entries as readonly string[]).includes(kind) ? (kind as Entry) : 'other'
  return writer.words[`entry.${known}`]
}

function rows(writer: Writer, data: StatementData): Content {
  const { words } = writer
  const right = { align: 'right' as const }
  const hasRepairs = data.statement.rows.some((row) => row.repairNumber !== null)
  const columns = [
    { title: words['statement.date'] },
    { title: words['statement.what'], flex: 1 },
    { title: words['statement.number'], most: 110 },
    ...(hasRepairs ? [{ title: words['statement.repair'], most: 110 }] : []),
    { title: words['statement.charge'], ...right },
    { title: words['statement.paid'], ...right },
    { title: words['statement.balance'], ...right },
  ]
  const opening = [
    writer.day(data.from),
    words['statement.opening'],
    '',
    ...(hasRepairs ? [''] : []),
    '',
    '',
    writer.amount(data.statement.openingMinor),
  ]
  const body = data.statement.rows.map((row) => [
    writer.day(row.on),
    entryName(writer, row.kind),
    row.number,
    ...(hasRepairs ? [row.repairNumber ?? ''] : []),
    row.amountMinor > 0 ? writer.amount(row.amountMinor) : '',
    row.amountMinor < 0 ? writer.amount(-row.amountMinor) : '',
    writer.amount(row.balanceMinor),
  ])
  return grid(writer, columns, [opening, ...body])
}

export function composeStatement(writer: Writer, data: StatementData): Composed {
  const { customer, statement } = data
  const { words, shop } = writer
  const period = `${writer.day(data.from)} – ${writer.day(data.to)}`
  const closing = [
    {
      label: writer.say('statement.closing', { day: writer.day(data.to) }),
      value: writer.money(statement.closingMinor),
      strong: true,
    },
    ...(statement.depositMinor > 0
      ? [{ label: words['statement.deposit'], value: writer.money(statement.depositMinor) }]
      : []),
  ]
  return {
    title: words['title.statement'],
    number: period,
    facts: factsOf(
      [words['statement.period'], period],
      [writer.say('statement.closing', { day: writer.day(data.to) }), closing[0]?.value, true],
    ),
    address: addressOf(writer, customer),
    body: [
      rows(writer, data),
      ...(statement.rows.length > 0
        ? []
        : [paragraph(writer, words['statement.none'], { margin: [0, 6, 0, 0] })]),
      ...totals(writer, closing),
      ...section(
        writer,
        words['invoice.bank'],
        statement.closingMinor > 0 && shop.bankAccount ? [paragraph(writer, shop.bankAccount)] : [],
      ),
    ],
    at: Date.parse(`${data.to}T00:00:00Z`),
  }
}
