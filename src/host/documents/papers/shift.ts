import type { Content } from 'pdfmake/interfaces.js'

import type { ShiftReport } from '#contract/shifts.ts'

import type { Composed } from './frame.ts'
import { grid, totals } from './grid.ts'
import type { Cell, Total } from './grid.ts'
import { signatures } from './parts.ts'
import type { ShiftData } from './types.ts'
import { factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'

/** Z-report: what a shift took, and whether the drawer agrees. An open shift gives the same without the count. */

function takings(writer: Writer, report: ShiftReport): Content {
  const { words } = writer
  const right = { align: 'right' as const }
  const columns = [
    { title: words['shift.method'], flex: 1 },
    { title: words['shift.count'], ...right },
    { title: words['shift.in'], ...right },
    { title: words['shift.out'], ...right },
    ...(writer.isRoll ? [] : [{ title: words['shift.net'], ...right }]),
  ]
  const row = (name: string, count: number, inMinor: number, outMinor: number, bold = false): Cell[] => [
    { text: name, bold },
    { text: String(count), bold },
    { text: writer.amount(inMinor), bold },
    { text: writer.amount(-outMinor), bold },
    ...(writer.isRoll ? [] : [{ text: writer.amount(inMinor - outMinor), bold }]),
  ]
  const sum = (key: 'count' | 'inMinor' | 'outMinor') =>
    report.methods.reduce((total, one) => total + one[key], 0)
  const rows = report.methods.map((one) =>
    row(words[`method.${one.method}`], one.count, one.inMinor, one.outMinor),
  )
  const all = row(words['shift.sum'], sum('count'), sum('inMinor'), sum('outMinor'), true)
  return grid(writer, columns, rows, [all])
}

function moves(writer: Writer, report: ShiftReport): Content[] {
  return totals(
    writer,
    report.cashMoves.map((move) => ({
      label: writer.aside(`${writer.moment(move.at)} ${move.reason}`, move.by),
      value: writer.amount(move.amountMinor),
    })),
  )
}

function drawer(writer: Writer, report: ShiftReport): Content[] {
  const { words } = writer
  const { countedMinor, differenceMinor, leftMinor } = report
  const rows: Total[] = [
    { label: words['shift.float'], value: writer.amount(report.floatMinor) },
    { label: words['shift.expected'], value: writer.amount(report.expectedMinor) },
  ]
  if (countedMinor !== null) {
    rows.push({ label: words['shift.counted'], value: writer.amount(countedMinor) })
  }
  if (differenceMinor !== null) {
    rows.push({ label: words['shift.difference'], value: writer.money(differenceMinor), strong: true })
  }
  if (countedMinor !== null && leftMinor !== null) {
    rows.push({ label: words['shift.left'], value: writer.amount(leftMinor) })
    rows.push({ label: words['shift.to_safe'], value: writer.amount(countedMinor - leftMinor) })
  }
  return totals(writer, rows)
}

export function composeShift(writer: Writer, { report }: ShiftData): Composed {
  const { words } = writer
  const isOpen = report.closedAt === null
  const who = (at: number, by: string | null) => [writer.moment(at), by].filter(Boolean).join('  ')
  return {
    title: words[isOpen ? 'title.shift_open' : 'title.shift_report'],
    number: report.number,
    ...(report.forced ? { standing: words['shift.forced'] } : {}),
    facts: factsOf(
      [words['shift.seat'], report.seatName],
      [words['shift.opened'], who(report.openedAt, report.openedBy)],
      [words['shift.closed'], report.closedAt === null ? '' : who(report.closedAt, report.closedBy)],
    ),
    address: [],
    body: [
      ...section(writer, words['shift.takings'], [takings(writer, report)]),
      ...section(writer, words['shift.moves'], moves(writer, report)),
      ...section(writer, words['shift.drawer'], drawer(writer, report)),
      ...section(
        writer,
        words['shift.summary'],
        totals(writer, [
          {
            label: writer.say('shift.invoices', { n: report.invoices }),
            value: writer.amount(report.invoicedMinor),
          },
          { label: words['shift.deposits'], value: writer.amount(report.depositsMinor) },
          { label: words['shift.refunds'], value: writer.amount(report.refundsMinor) },
        ]),
      ),
      ...section(writer, words['shift.note'], report.note ? [paragraph(writer, report.note)] : []),
      signatures(writer, [{ caption: words['shift.sign'] }, { caption: words['shift.sign_manager'] }]),
    ],
    at: report.closedAt ?? report.openedAt,
  }
}
