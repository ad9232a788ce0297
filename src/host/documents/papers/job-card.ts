import type { Content } from 'pdfmake/interfaces.js'

import type { Repair } from '#contract/repairs.ts'

import { drawCode128, drawQr } from '../barcodes.ts'
import type { Composed } from './frame.ts'
import { grid, tickBox } from './grid.ts'
import type { Cell } from './grid.ts'
import { deviceFacts, duration, faultText, findingsOf, writingLines } from './parts.ts'
import type { JobCardData } from './types.ts'
import { factList, factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'

/** What lies beside the device on the bench: what to do and what to tick. It has no prices and no passcode. */

function codes(writer: Writer, repair: Repair, link: string): Content {
  const bars = drawCode128(repair.number, 190, 30)
  const qr = drawQr(link, 62)
  const caption = { size: writer.setting.small - 1, color: writer.setting.ink.label }
  return {
    columns: [
      {
        width: 205,
        stack: [
          paragraph(writer, repair.number, { bold: true, size: 17, width: 205, margin: [0, 0, 0, 3] }),
          { svg: bars.svg, width: bars.width, height: bars.height },
        ],
      },
      {
        width: '*',
        stack: [
          { svg: qr.svg, width: qr.width, height: qr.height },
          paragraph(writer, writer.words['head.scan'], { ...caption, width: 72 }),
        ],
      },
    ],
    columnGap: 0,
  }
}

function circumstances(writer: Writer, repair: Repair) {
  const { words } = writer
  const { sheet } = words
  const events = (['dropped', 'liquid', 'intermittent'] as const).filter((event) => repair[event])
  const joined = writer.list(events.map((event) => sheet[`fault.${event}`]))
  return factsOf(
    [words['fault.type'], repair.problemType && writer.name(repair.problemType)],
    [words['fault.since'], repair.faultSince],
    [words['fault.circumstances'], joined],
    [words['fault.rework'], repair.reworkOf?.number, true],
    [words['fault.parts'], repair.partsPolicy === 'any' ? '' : sheet[`parts.${repair.partsPolicy}`]],
    [words['fault.old_part'], repair.oldPartBack ? words['fault.old_part_back'] : ''],
  )
}

function checks(writer: Writer, repair: Repair) {
  return factsOf(
    ...(['faulty', 'untestable', 'works'] as const).map((result) => {
      const found = repair.checks.filter((check) => check.result === result)
      const told = found.map((check) => writer.aside(writer.name(check.label), check.note))
      return [writer.words[`check.${result}`], writer.list(told), result === 'faulty'] as const
    }),
  )
}

function parts(writer: Writer, data: JobCardData): Content[] {
  const { words } = writer
  const live = data.parts.filter((part) => part.state !== 'cancelled' && part.state !== 'returned')
  if (live.length === 0) return []
  const columns = [
    { title: '', align: 'center' as const },
    { title: words['column.part_number'], most: 110 },
    { title: words['column.part'], flex: 1 },
    { title: words['column.quantity'], align: 'right' as const },
    { title: words['column.bin'], most: 90 },
    { title: words['column.state'] },
    { title: words['column.serial'], flex: 0.6 },
  ]
  const rows = live.map((part): Cell[] => {
    const isMissing = part.state === 'planned' && part.available < part.quantity
    return [
      tickBox,
      part.partNumber,
      writer.name(part.label),
      writer.quantity(part.quantity),
      part.binName ?? '',
      isMissing ? words['part.missing'] : words[`part.${part.state}`],
      part.serialised ? part.serial || '................' : '',
    ]
  })
  return [grid(writer, columns, rows)]
}

function labour(writer: Writer, data: JobCardData): Content[] {
  if (data.labour.length === 0) return []
  const { words } = writer
  const columns = [
    { title: '', align: 'center' as const },
    { title: words['column.description'], flex: 2 },
    { title: words['column.standard'], align: 'right' as const },
    { title: words['column.actual'], align: 'right' as const },
    { title: words['column.who'], flex: 1 },
  ]
  const rows = data.labour.map((line): Cell[] => [
    tickBox,
    line.description,
    line.standardMinutes > 0 ? duration(writer, line.standardMinutes) : '',
    line.actualMinutes > 0 ? duration(writer, line.actualMinutes) : '',
    writer.list(line.credits.map((credit) => credit.userName)),
  ])
  return [grid(writer, columns, rows)]
}

function tests(writer: Writer, data: JobCardData): Content[] {
  if (data.tests.length === 0) return []
  const { words } = writer
  const centre = { align: 'center' as const }
  const columns = [
    { title: words['column.test'], flex: 1 },
    { title: words['test.tick_passed'], ...centre },
    { title: words['test.tick_failed'], ...centre },
    { title: words['test.tick_none'], ...centre },
    { title: words['column.note'], flex: 1 },
  ]
  return [
    grid(
      writer,
      columns,
      data.tests.map((item) => [writer.name(item), tickBox, tickBox, tickBox, '']),
    ),
  ]
}

export function composeJobCard(writer: Writer, data: JobCardData): Composed {
  const { repair } = data
  const { words } = writer
  const { sheet } = words
  const told = faultText(writer, repair)
  const accessories = repair.accessories.map((item) => writer.aside(writer.name(item.name), item.serial))
  const device = [
    ...deviceFacts(writer, repair),
    ...factsOf(
      [words['device.defects'], writer.list(repair.knownDefects.map((defect) => defect.text))],
      [words['device.passcode'], repair.hasPasscode ? words['device.passcode_kept'] : ''],
    ),
  ]
  return {
    title: words['title.job_card'],
    number: repair.number,
    facts: factsOf(
      [words['head.received'], writer.moment(repair.receivedAt)],
      [words['head.promised'], repair.dueOn && writer.day(repair.dueOn), true],
      [words['head.requested'], repair.requestedOn && writer.day(repair.requestedOn)],
      [words['head.priority'], sheet[`priority.${repair.priority}`], repair.priority === 'urgent'],
      [words['section.customer'], repair.customerName ?? words['shop.unit']],
      [words['head.engineer'], repair.engineerName],
      [words['head.bin'], repair.bin, true],
    ),
    address: [],
    codes: codes(writer, repair, data.link),
    body: [
      ...section(writer, words['section.device'], factList(writer, device)),
      ...section(writer, words['section.fault'], [
        ...(told ? [paragraph(writer, told, { margin: [0, 0, 0, 2] })] : []),
        ...factList(writer, circumstances(writer, repair)),
      ]),
      ...section(writer, words['section.intake_checks'], factList(writer, checks(writer, repair))),
      ...section(
        writer,
        writer.say('section.accessories', { n: accessories.length }),
        accessories.length > 0 ? [paragraph(writer, writer.list(accessories))] : [],
      ),
      ...section(writer, words['section.findings'], findingsOf(writer, repair)),
      ...section(writer, words['section.parts'], parts(writer, data)),
      ...section(writer, words['section.work'], labour(writer, data)),
      ...section(writer, words['section.tests'], tests(writer, data)),
      ...section(writer, words['section.notes'], [
        ...(repair.internalNote ? [paragraph(writer, repair.internalNote)] : []),
        writingLines(writer, 4),
      ]),
    ],
    at: repair.receivedAt,
  }
}
