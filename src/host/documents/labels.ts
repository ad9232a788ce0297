import type { Content, ContentText, TDocumentDefinitions } from 'pdfmake/interfaces.js'

import type { Language } from '#contract/fields.ts'

import { drawCode128, drawQr, isPrintable, onDot } from './barcodes.ts'
import type { Barcode } from './barcodes.ts'
import { typefaceFor } from './engine.ts'
import type { Engine, Ruler } from './engine.ts'
import { formatDay, formatDayOf } from './format.ts'
import { fill, messages } from './messages.ts'
import { firstLines, oneLine, shorten, wrap } from './text.ts'
import type { AccessoryData, AccessoryLabelsData, DeviceLabelData } from './types.ts'

/**
 * Labels of 50 × 30 mm. Every line has its place and is cut to its width, so a long name can neither push
 * another line off the label nor run into the QR code.
 */

const mm = 72 / 25.4
const page = { width: 50 * mm, height: 30 * mm }
/** Label printers leave about 1.5 mm at the edges. */
const edge = 1.8 * mm
const width = page.width - edge * 2
const bars = { height: 6 * mm, top: page.height - edge - 6 * mm }
const qrSpace = 15.5 * mm
/** The QR code of a label without bars. */
const largeQrSpace = 17.5 * mm
const ink = '#000000'

interface Line {
  text: string
  /** Distance of the line's top from the label's top, points. */
  y: number
  size: number
  width: number
  bold?: boolean
  x?: number
}

function printLine(ruler: Ruler, line: Line): ContentText {
  const bold = line.bold ?? false
  return {
    text: shorten(line.text, line.width, (part) => ruler(part, line.size, bold)),
    absolutePosition: { x: line.x ?? edge, y: line.y },
    fontSize: line.size,
    bold,
    noWrap: true,
    color: ink,
  }
}

/** A number is never cut: a long one is set smaller. */
function printNumber(ruler: Ruler, number: string, space: number, y: number): Content {
  const size = Math.min(15, space / ruler(number, 1, true))
  // The smaller figures stand on the same base line.
  return printLine(ruler, { text: number, y: y + (15 - size) * 1.16, size, width: space + 1, bold: true })
}

function printCode(code: Barcode, x: number, y: number): Content {
  return {
    svg: code.svg,
    width: code.width,
    height: code.height,
    absolutePosition: { x: onDot(x), y: onDot(y) },
  }
}

/** The number's bars, or null for one too long for bars that a scanner reads (a long shop code, an imported number). */
function barsOf(number: string): Content | null {
  // Code 128 asks for ten blank modules on both sides; with bars of 2 dots those are 2.5 mm.
  const code = drawCode128(number, page.width - 5 * mm, bars.height)
  if (!isPrintable(code)) return null
  const x = onDot((page.width - code.width) / 2)
  return { svg: code.svg, width: code.width, height: code.height, absolutePosition: { x, y: bars.top } }
}

/** Who, what, when and where of a device label. */
function deviceTexts(data: DeviceLabelData) {
  const { language, shop, repair, device } = data
  const texts = messages[language]
  const named = [device.brand, device.model].filter(Boolean).join(' ') || device.category
  const received = fill(texts['label.received'], {
    day: formatDayOf(repair.receivedAt, shop.timeZone, language),
  })
  const promised =
    repair.promisedOn && fill(texts['label.promised'], { day: formatDay(repair.promisedOn, language) })
  return {
    number: oneLine(repair.number),
    customer: data.customer ? oneLine(data.customer.name) : texts['label.shop_unit'],
    device: oneLine([named, device.colour].filter(Boolean).join(' ')),
    dates: [received, promised].filter(Boolean).join('   '),
    urgent: repair.priority === 'urgent' ? texts['label.urgent'] : '',
    bin: oneLine(repair.bin),
  }
}

/** Without bars the number has their place, in large figures, and the QR code grows. */
function deviceLabelWithoutBars(ruler: Ruler, data: DeviceLabelData): Content[] {
  const { number, customer, device, dates, urgent, bin } = deviceTexts(data)
  const qr = drawQr(data.repair.link, largeQrSpace)
  const right = page.width - edge
  const left = right - qr.width - edge - 1.5 * mm
  const measure = (text: string) => ruler(text, 7)
  const deviceLines = firstLines(wrap(device, left, measure), 3, left, measure)
  const binWidth = Math.min(ruler(bin, 7, true) + 0.1, width - ruler(dates, 6.5) - 4)
  return [
    printLine(ruler, { text: customer, y: 3, size: 8.5, width: left, bold: true }),
    ...deviceLines.map((text, index) =>
      printLine(ruler, { text, y: 14 + index * 8.4, size: 7, width: left + 1 }),
    ),
    printLine(ruler, { text: urgent, y: 42, size: 7, width: left, bold: true }),
    printLine(ruler, { text: dates, y: 54.2, size: 6.5, width }),
    printCode(qr, right - qr.width, edge),
    printLine(ruler, { text: bin, y: 53.7, size: 7, width: binWidth, bold: true, x: right - binWidth }),
    printNumber(ruler, number, width, 61),
  ]
}

function deviceLabel(ruler: Ruler, data: DeviceLabelData): Content[] {
  const code = barsOf(oneLine(data.repair.number))
  if (!code) return deviceLabelWithoutBars(ruler, data)
  const { number, customer, device, dates, urgent, bin } = deviceTexts(data)
  const qr = drawQr(data.repair.link, qrSpace)
  const right = page.width - edge
  const left = right - qr.width - edge - 1.5 * mm
  const measure = (text: string) => ruler(text, 7)
  const deviceLines = firstLines(wrap(device, left, measure), 2, left, measure)
  const urgentWidth = Math.min(ruler(urgent, 7, true) + 0.1, qr.width)
  const binWidth = Math.min(ruler(bin, 7, true) + 0.1, width - ruler(dates, 6.5) - 4)
  return [
    printNumber(ruler, number, left, 2.5),
    printLine(ruler, { text: customer, y: 20.5, size: 8.5, width: left, bold: true }),
    ...deviceLines.map((text, index) =>
      printLine(ruler, { text, y: 31.5 + index * 8.4, size: 7, width: left + 1 }),
    ),
    printLine(ruler, { text: dates, y: 51, size: 6.5, width }),
    printCode(qr, right - qr.width, edge),
    printLine(ruler, {
      text: urgent,
      y: 41.5,
      size: 7,
      width: urgentWidth,
      bold: true,
      x: right - urgentWidth,
    }),
    printLine(ruler, { text: bin, y: 50.4, size: 7, width: binWidth, bold: true, x: right - binWidth }),
    code,
  ]
}

function accessoryLabel(
  ruler: Ruler,
  data: AccessoryLabelsData,
  index: number,
  accessory: AccessoryData,
): Content[] {
  const texts = messages[data.language]
  const of = data.accessories.length
  const count = `${index + 1}/${of}`
  const countWidth = ruler(count, 13, true) + 1
  const customer = data.customer ? oneLine(data.customer.name) : texts['label.shop_unit']
  const measure = (text: string) => ruler(text, 9, true)
  const name = firstLines(wrap(oneLine(accessory.name), width, measure), 2, width, measure)
  const serial = oneLine(accessory.serial)
  const number = oneLine(data.repair.number)
  return [
    printNumber(ruler, number, width - countWidth - 6, 2.5),
    printLine(ruler, {
      text: count,
      y: 4.8,
      size: 13,
      width: countWidth,
      bold: true,
      x: page.width - edge - countWidth,
    }),
    ...name.map((text, line) =>
      printLine(ruler, { text, y: 20.5 + line * 10.6, size: 9, width: width + 1, bold: true }),
    ),
    printLine(ruler, {
      text: [serial && fill(texts['accessory.serial'], { serial }), customer].filter(Boolean).join('  '),
      y: 50,
      size: 7,
      width,
    }),
    barsOf(number) ?? numberAsQr(number),
  ]
}

/** An accessory's label has no link to show: the QR code stands for the number, as the bars would. */
function numberAsQr(number: string): Content {
  const qr = drawQr(number, 7.5 * mm)
  return printCode(qr, (page.width - qr.width) / 2, page.height - edge - qr.height)
}

interface Label {
  language: Language
  content: Content[]
}

function pagesOf(labels: readonly Label[]): TDocumentDefinitions {
  return {
    pageSize: page,
    pageMargins: 0,
    defaultStyle: { lineHeight: 1 },
    // An empty paragraph in the flow carries the page break; the label itself stands at absolute places.
    content: labels.map(({ language, content }, index) => ({
      stack: [{ text: ' ', fontSize: 1 }, ...content],
      ...typefaceFor(language),
      ...(index === 0 ? {} : { pageBreak: 'before' as const }),
    })),
  }
}

/** One label per device. */
export function layDeviceLabels(engine: Engine, labels: readonly DeviceLabelData[]): TDocumentDefinitions {
  return pagesOf(
    labels.map((data) => {
      const { language } = data
      return { language, content: deviceLabel(engine.rulerFor(language), data) }
    }),
  )
}

/** One label per accessory, repair after repair. */
export function layAccessoryLabels(
  engine: Engine,
  repairs: readonly AccessoryLabelsData[],
): TDocumentDefinitions {
  return pagesOf(
    repairs.flatMap((data) => {
      const { language, accessories } = data
      const ruler = engine.rulerFor(language)
      return accessories.map((item, index) => ({
        language,
        content: accessoryLabel(ruler, data, index, item),
      }))
    }),
  )
}
