import type { Content } from 'pdfmake/interfaces.js'

import type { Customer } from '#contract/customers.ts'
import type { Repair } from '#contract/repairs.ts'

import { readPicture } from '../pictures.ts'
import type { Picture } from '../pictures.ts'
import { fixedBox, heightOfLine } from '../sheet-parts.ts'
import type { Fact } from '../sheet.ts'
import { oneLine } from '../text.ts'
import { factList, factsOf, paragraph } from './writer.ts'
import type { Writer } from './writer.ts'

/** Blocks that several papers have. */

/** Who, where, and how to reach them; the shop's own units have nobody. */
export function addressOf(writer: Writer, customer: Customer | null): string[] {
  if (!customer) return [writer.say('shop.unit')]
  const [phone] = customer.phones
  const number = oneLine(customer.taxNumber)
  return [
    customer.name,
    customer.address,
    phone ? writer.say('head.phone', { phone: phone.number }) : '',
    number && writer.say('head.tax_number', { number }),
  ].filter(Boolean)
}

/** What the device is called. */
export function deviceName(repair: Repair): string {
  return oneLine([repair.brand, repair.model].filter(Boolean).join(' '))
}

export function deviceFacts(writer: Writer, repair: Repair): Fact[] {
  const named = deviceName(repair)
  const category = writer.name(repair.category)
  return factsOf(
    [writer.words['device.what'], named || category, true],
    [writer.words['device.category'], named ? category : ''],
    [writer.words['device.serial'], repair.serial],
    [writer.words['device.imei1'], repair.imei1],
    [writer.words['device.colour'], repair.colour],
  )
}

/** What the customer said, and under which circumstances. */
export function faultText(writer: Writer, repair: Repair): string {
  const unknown = repair.faultUnknown ? writer.say('fault.unknown') : ''
  return [unknown, repair.faultText.trim()].filter(Boolean).join('\n')
}

/** Findings of every handling, oldest first, each with its codes; with several the technician is named. */
export function findingsOf(writer: Writer, repair: Repair): Content[] {
  const told = repair.attempts.filter((attempt) => attempt.findings.trim() !== '' || attempt.codes.length > 0)
  return told.flatMap((attempt): Content[] => {
    const name = told.length > 1 && attempt.engineerName ? oneLine(attempt.engineerName) : ''
    const text = attempt.findings.trim()
    const codes = (['symptom', 'cause', 'action'] as const).flatMap((kind) => {
      const found = attempt.codes.filter((code) => code.kind === kind)
      if (found.length === 0) return []
      const names = found.map((code) => [code.code, writer.name(code.label)].filter(Boolean).join(' '))
      return [[writer.words[`codes.${kind}`], writer.list(names)] as const]
    })
    return [
      ...(name ? [paragraph(writer, writer.say('findings.by', { name }), { bold: true })] : []),
      ...(text ? [paragraph(writer, text)] : []),
      ...factList(writer, factsOf(...codes)),
    ]
  })
}

/** A square to tick, and what it says. */
export function tickLine(writer: Writer, text: string): Content {
  const { size, width } = writer.setting
  const side = size + 1
  return {
    columns: [
      {
        width: side + 7,
        canvas: [{ type: 'rect', x: 0, y: 0, w: side, h: side, lineWidth: 0.8, r: 1 }],
      },
      { width: '*', stack: [paragraph(writer, text, { width: width - side - 7 })] },
    ],
    columnGap: 0,
    margin: [0, 3, 0, 3],
  }
}

interface Signing {
  caption: string
  picture?: Picture | null
}

const drawnPixels = { width: 600, height: 240 }

export function drawn(signature: Uint8Array | null): Picture | null {
  return readPicture(signature, drawnPixels.width, drawnPixels.height)
}

/** Room to sign, side by side; on a roll one below the other. */
export function signatures(writer: Writer, list: readonly Signing[]): Content {
  const { width, small, ink } = writer.setting
  const gap = 26
  const each = writer.isRoll ? width : (width - gap) / 2
  const height = 40
  const sides = list.map((one): Content => {
    const inside: Content = one.picture ? { image: one.picture.name, fit: [each, height - 2] } : ''
    return {
      stack: [
        fixedBox(inside, each, height),
        { canvas: [{ type: 'line', x1: 0, y1: 0, x2: each, y2: 0, lineWidth: 0.6 }] },
        paragraph(writer, one.caption, { size: small, color: ink.label, width: each }),
      ],
    }
  })
  if (writer.isRoll) return { stack: sides, unbreakable: true }
  return {
    columns: sides.map((side) => ({ width: each, stack: [side] })),
    columnGap: gap,
    margin: [0, 10, 0, 0],
    unbreakable: true,
  }
}

/** Empty lines to write on. */
export function writingLines(writer: Writer, count: number): Content {
  const { width, size, ink } = writer.setting
  const step = heightOfLine(size) + 9
  return {
    canvas: Array.from({ length: count }, (_, index) => ({
      type: 'line' as const,
      x1: 0,
      y1: (index + 1) * step,
      x2: width,
      y2: (index + 1) * step,
      lineWidth: 0.4,
      lineColor: ink.rule,
    })),
  }
}

/** Minutes as hours and minutes. */
export function duration(writer: Writer, minutes: number): string {
  const h = Math.floor(minutes / 60)
  return h > 0 ? writer.say('hours', { h, m: minutes % 60 }) : writer.say('minutes', { m: minutes })
}
