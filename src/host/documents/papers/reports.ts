import type { Content } from 'pdfmake/interfaces.js'

import type { TestRun } from '#contract/work.ts'

import { drawQr } from '../barcodes.ts'
import type { Composed } from './frame.ts'
import { grid } from './grid.ts'
import type { Cell } from './grid.ts'
import { addMonths, isBilled } from './warranty.ts'
import { addressOf, deviceFacts, duration, faultText, findingsOf, signatures } from './parts.ts'
import type { ServiceReportData, TestReportData } from './types.ts'
import { factList, factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'

/** Test report, and the service report that the customer takes home: what was found, done, tested and promised. */

function verdict(writer: Writer, run: TestRun): string {
  return writer.words[run.passed ? 'test.verdict_passed' : 'test.verdict_failed']
}

function results(writer: Writer, run: TestRun): Content[] {
  if (run.results.length === 0) return []
  const { words } = writer
  const withNotes = run.results.some((one) => one.note !== '')
  const columns = [
    { title: words['column.test'], flex: 1 },
    { title: words['column.result'] },
    ...(withNotes ? [{ title: words['column.note'], flex: 1 }] : []),
  ]
  const rows = run.results.map((one): Cell[] => [
    writer.name(one.label),
    { text: words[`test.${one.result}`], bold: one.result === 'failed' },
    ...(withNotes ? [one.note] : []),
  ])
  return [grid(writer, columns, rows)]
}

export function composeTestReport(writer: Writer, data: TestReportData): Composed {
  const { repair, run } = data
  const { words } = writer
  return {
    title: words['title.test_report'],
    number: repair.number,
    standing: verdict(writer, run),
    facts: factsOf([words['head.date'], writer.moment(run.at)], [words['test.by'], run.userName]),
    address: addressOf(writer, data.customer),
    body: [
      ...section(writer, words['section.device'], factList(writer, deviceFacts(writer, repair))),
      ...section(writer, words['section.tests'], results(writer, run)),
      ...section(writer, words['section.notes'], run.note ? [paragraph(writer, run.note)] : []),
      signatures(writer, [{ caption: words['sign.technician'] }]),
    ],
    at: run.at,
  }
}

function labour(writer: Writer, data: ServiceReportData): Content[] {
  const { words } = writer
  const lines = data.labour
  if (lines.length === 0) return []
  const minutes = lines.reduce((sum, line) => sum + line.actualMinutes, 0)
  const columns = [
    { title: words['column.description'], flex: 2 },
    { title: words['column.day'] },
    { title: words['column.who'], flex: 1 },
    ...(minutes > 0 ? [{ title: words['column.actual'], align: 'right' as const }] : []),
  ]
  const rows = lines.map((line): Cell[] => [
    line.description,
    line.doneOn ? writer.day(line.doneOn) : '',
    writer.list(line.credits.map((credit) => credit.userName)),
    ...(minutes > 0 ? [line.actualMinutes > 0 ? duration(writer, line.actualMinutes) : ''] : []),
  ])
  const sum: Cell[] = [
    { text: words['total.hours'], bold: true },
    '',
    '',
    { text: duration(writer, minutes), bold: true },
  ]
  return [grid(writer, columns, rows, minutes > 0 && lines.length > 1 ? [sum] : [])]
}

function parts(writer: Writer, data: ServiceReportData): Content[] {
  const { words } = writer
  const used = data.parts.filter((part) => part.state === 'used')
  if (used.length === 0) return []
  const withNew = used.some((part) => part.serial !== '')
  const withOld = used.some((part) => part.oldSerial !== '')
  const columns = [
    { title: words['column.part_number'], most: 110 },
    { title: words['column.part'], flex: 1 },
    { title: words['column.quantity'], align: 'right' as const },
    ...(withNew ? [{ title: words['column.serial'], most: 110 }] : []),
    ...(withOld ? [{ title: words['column.old_serial'], most: 110 }] : []),
  ]
  const rows = used.map((part): Cell[] => [
    part.partNumber,
    writer.name(part.label),
    writer.quantity(part.quantity),
    ...(withNew ? [part.serial] : []),
    ...(withOld ? [part.oldSerial] : []),
  ])
  return [grid(writer, columns, rows)]
}

/** Work done elsewhere; an exchanged unit is named with both serials. */
function external(writer: Writer, data: ServiceReportData): Content[] {
  const { words } = writer
  if (data.external.length === 0) return []
  const columns = [
    { title: words['external.to'], flex: 1 },
    { title: words['external.sent'] },
    { title: words['external.back'] },
    { title: words['external.result'], most: 110 },
  ]
  const rows = data.external.map((job): Cell[] => [
    { text: job.vendor, below: job.reference ? [job.reference] : [] },
    writer.dayOf(job.sentAt),
    job.backAt === null ? words['external.open'] : writer.dayOf(job.backAt),
    job.result === null ? '' : words[`external.${job.result}`],
  ])
  const exchanged = data.external.filter((job) => job.result === 'exchanged')
  return [
    grid(writer, columns, rows),
    ...exchanged.map((job) =>
      paragraph(writer, writer.say('report.exchanged', { old: job.serialOut, new: job.serialBack }), {
        bold: true,
        margin: [0, 4, 0, 0],
      }),
    ),
  ]
}

/** What each line is warranted for, and until when. A rework keeps the day on which the first repair's began. */
function warranty(writer: Writer, data: ServiceReportData): Content[] {
  const { words } = writer
  const { repair } = data
  const rework =
    repair.reworkOf && repair.reworkKind !== 'different'
      ? [paragraph(writer, writer.say('report.rework', { number: repair.reworkOf.number }))]
      : []
  const given = data.lines.filter((line) => isBilled(line) && line.warrantyMonths > 0)
  if (given.length === 0) return rework
  const from = repair.warrantyFrom
  const columns = [
    { title: words['column.description'], flex: 1 },
    { title: words['column.warranty'], align: 'right' as const },
    { title: words['column.until'], align: 'right' as const },
  ]
  const rows = given.map((line): Cell[] => [
    line.description,
    line.warrantyMonths === 1
      ? writer.say('report.month_one')
      : writer.say('report.months', { n: line.warrantyMonths }),
    from === null
      ? words['report.warranty_from_hand_over']
      : writer.day(addMonths(from, line.warrantyMonths)),
  ])
  return [...rework, grid(writer, columns, rows)]
}

/** The last test in one line, and what it found wrong. */
function lastTest(writer: Writer, data: ServiceReportData): Content[] {
  const run = data.tests.toSorted((a, b) => a.at - b.at).at(-1)
  if (!run) return []
  const when = writer.list([writer.dayOf(run.at), run.userName ?? ''].filter(Boolean))
  return [
    paragraph(writer, writer.aside(verdict(writer, run), when), { bold: true, margin: [0, 0, 0, 2] }),
    ...results(writer, run),
  ]
}

function code(writer: Writer, link: string): Content {
  const qr = drawQr(link, 58)
  const caption = { size: writer.setting.small - 1, color: writer.setting.ink.label, width: 72 }
  return {
    stack: [
      { svg: qr.svg, width: qr.width, height: qr.height },
      paragraph(writer, writer.words['head.scan'], caption),
    ],
    margin: [0, 10, 0, 0],
    unbreakable: true,
  }
}

export function composeServiceReport(writer: Writer, data: ServiceReportData): Composed {
  const { repair } = data
  const { words } = writer
  const told = faultText(writer, repair)
  const endedAt = repair.collectedAt ?? repair.processedAt ?? repair.receivedAt
  return {
    title: words['title.service_report'],
    number: repair.number,
    ...(repair.outcome && repair.outcome !== 'unknown'
      ? { standing: writer.pair(words['report.outcome'], words[`outcome.${repair.outcome}`]) }
      : {}),
    facts: factsOf(
      [words['head.received'], writer.moment(repair.receivedAt)],
      [words['report.collected'], repair.collectedAt === null ? '' : writer.moment(repair.collectedAt)],
      [words['report.collected_by'], repair.collectedBy],
      [words['fault.rework'], repair.reworkOf?.number],
    ),
    // The link on the ticket shows this report to whoever holds the ticket: a name is enough.
    address: addressOf(writer, data.customer).slice(0, 1),
    body: [
      ...section(writer, words['section.device'], factList(writer, deviceFacts(writer, repair))),
      ...section(writer, words['section.fault'], told ? [paragraph(writer, told)] : []),
      ...section(writer, words['section.findings'], findingsOf(writer, repair)),
      ...section(writer, words['section.work'], labour(writer, data)),
      ...section(writer, words['section.parts'], parts(writer, data)),
      ...section(writer, words['section.external'], external(writer, data)),
      ...section(writer, words['section.tests'], lastTest(writer, data)),
      ...section(writer, words['section.warranty'], warranty(writer, data)),
      ...(data.link === null ? [] : [code(writer, data.link)]),
    ],
    at: endedAt,
  }
}
