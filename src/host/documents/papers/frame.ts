import type { Content, ContentColumns, TDocumentDefinitions } from 'pdfmake/interfaces.js'

import type { PaperSize } from '#contract/documents.ts'

import { typefaceFor } from '../engine.ts'
import { readPicture } from '../pictures.ts'
import type { Picture } from '../pictures.ts'
import { lineHeight } from '../sheet-parts.ts'
import type { Fact } from '../sheet.ts'
import { oneLine, shorten } from '../text.ts'
import { factList, formats, narrower, paragraph } from './writer.ts'
import type { Writer } from './writer.ts'

/** What every paper has: the shop's head, the paper's name and number, whom it is for, and the foot of the page. */

export interface Composed {
  title: string
  number: string
  /** Printed boxed under the title: a draft, a void invoice. */
  standing?: string
  /** Printed across every page. */
  across?: string
  /** Dates and names beside the address. */
  facts: readonly Fact[]
  /** Whom it is for: the first line is printed bold. */
  address: readonly string[]
  /** Beside the number: bar code and QR code of a job card. */
  codes?: Content
  body: readonly Content[]
  pictures?: readonly (Picture | null)[]
  /** UTC epoch ms of what the paper says, so that the same paper always has the same bytes. */
  at: number
}

const logoPixels = { width: 500, height: 250 }

export function logoOf(writer: Writer): Picture | null {
  return readPicture(writer.shop.logo, logoPixels.width, logoPixels.height)
}

/** Address, telephone and tax number. */
function shopLines(writer: Writer): string[] {
  const { shop } = writer
  const phone = oneLine(shop.phone)
  const number = oneLine(shop.taxNumber)
  return [
    oneLine(shop.address),
    phone && writer.say('head.phone', { phone }),
    number && writer.say('head.tax_number', { number }),
  ].filter(Boolean)
}

function standing(writer: Writer, text: string | undefined, width: number): Content[] {
  if (!text) return []
  const lines = paragraph(writer, text, { bold: true, width: width - 12, alignment: 'center' })
  return [
    {
      table: { widths: [width - 12], body: [[lines]] },
      layout: {
        hLineWidth: () => 0.8,
        vLineWidth: () => 0.8,
        paddingLeft: () => 6,
        paddingRight: () => 4.4,
        paddingTop: () => 3,
        paddingBottom: () => 3,
      },
      margin: [0, 6, 0, 0],
    },
  ]
}

function rule(width: number, color: string): Content {
  return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.7, lineColor: color }] }
}

function letterhead(writer: Writer, paper: Composed, logo: Picture | null): Content[] {
  const { width, size, small, ink } = writer.setting
  const large = size > 8.5
  const titleWidth = width * 0.42
  const scale = logo ? Math.min((large ? 110 : 80) / logo.width, (large ? 52 : 40) / logo.height) : 0
  const logoWidth = logo ? logo.width * scale : 0
  const shopWidth = width - titleWidth - (logo ? logoWidth + 10 : 0) - 12
  const columns: ContentColumns['columns'] = [
    {
      width: shopWidth,
      stack: [
        paragraph(writer, oneLine(writer.shop.name), { bold: true, size: large ? 12 : 10, width: shopWidth }),
        ...shopLines(writer).map((line) =>
          paragraph(writer, line, { size: small, color: ink.label, width: shopWidth }),
        ),
      ],
    },
    {
      width: '*',
      stack: [
        paragraph(writer, paper.title, {
          bold: true,
          size: large ? 18 : 14,
          width: titleWidth,
          alignment: 'right',
        }),
        paragraph(writer, paper.number, { size: size + 1, width: titleWidth, alignment: 'right' }),
      ],
    },
  ]
  const picture: ContentColumns['columns'] = logo
    ? [{ width: logoWidth + 10, image: logo.name, fit: [logoWidth, logo.height * scale] }]
    : []
  return [
    { columns: [...picture, ...columns], columnGap: 0, margin: [0, 0, 0, 7] },
    rule(width, '#000000'),
    ...standing(writer, paper.standing, width),
  ]
}

/** The address at the left, dates and names at the right. */
function band(writer: Writer, paper: Composed): Content {
  const { width, size } = writer.setting
  const right = width * 0.42
  const left = width - right - 14
  const codes = paper.codes ? [paper.codes] : []
  if (paper.address.length === 0 && !paper.codes) {
    return { stack: factList(writer, paper.facts), margin: [0, 9, 0, 4] }
  }
  const address = paper.address
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const look = { bold: index === 0, size: index === 0 ? size + 1 : size, width: left }
      return paragraph(writer, line, look)
    })
  return {
    columns: [
      { width: left, stack: [...codes, ...address] },
      { width: right, stack: factList(narrower(writer, right), paper.facts) },
    ],
    columnGap: 14,
    margin: [0, 9, 0, 4],
  }
}

function rollHead(writer: Writer, paper: Composed, logo: Picture | null): Content[] {
  const { width, size, small } = writer.setting
  const centred = { alignment: 'center' as const }
  const mark: Content[] = logo
    ? [{ image: logo.name, fit: [width * 0.6, 40], ...centred, margin: [0, 0, 0, 4] }]
    : []
  return [
    ...mark,
    paragraph(writer, oneLine(writer.shop.name), { bold: true, size: size + 3, ...centred }),
    ...shopLines(writer).map((line) => paragraph(writer, line, { size: small, ...centred })),
    paragraph(writer, paper.title, { bold: true, size: size + 3, ...centred, margin: [0, 6, 0, 0] }),
    paragraph(writer, paper.number, { size, ...centred, margin: [0, 0, 0, 4] }),
    ...standing(writer, paper.standing, width),
    rule(width, '#000000'),
    { stack: factList(writer, paper.facts), margin: [0, 4, 0, 2] },
  ]
}

/** The shop and the paper's number on every page but the first, and the count of pages on all. */
function runningLines(writer: Writer, paper: Composed, size: PaperSize): Partial<TDocumentDefinitions> {
  const { margins } = formats[size]
  const { width, small, ink } = writer.setting
  const look = { fontSize: small, color: ink.label, noWrap: true }
  const measure = (text: string) => writer.ruler(text, small)
  const shop = shorten(oneLine(writer.shop.name), width * 0.5, measure)
  const what = shorten(`${paper.title} ${paper.number}`, width * 0.48, measure)
  return {
    header: (page) =>
      page === 1
        ? ''
        : {
            columns: [
              { text: shop, ...look },
              { text: what, alignment: 'right', ...look },
            ],
            margin: [margins.left, 20, margins.right, 0],
          },
    footer: (page, of) => ({
      columns: [
        { text: what, ...look },
        { text: writer.say('head.page', { page, of }), alignment: 'right', ...look },
      ],
      margin: [margins.left, 16, margins.right, 0],
    }),
  }
}

/** A word from the lower left to the upper right, as large as the page allows. */
function across(writer: Writer, text: string, width: number) {
  const fontSize = Math.min(width / 4, (width * 0.9) / writer.ruler(text, 1, true))
  return { text, color: '#b00000', opacity: 0.14, bold: true, angle: -45, fontSize }
}

/** Puts a paper together for the PDF library. */
export function frame(writer: Writer, paper: Composed, size: PaperSize): TDocumentDefinitions {
  const { width, height, margins } = formats[size]
  const logo = logoOf(writer)
  const pictures = [logo, ...(paper.pictures ?? [])].filter((picture) => picture !== null)
  const head = writer.isRoll
    ? rollHead(writer, paper, logo)
    : [...letterhead(writer, paper, logo), band(writer, paper)]
  return {
    pageSize: { width, height },
    pageMargins: [margins.left, margins.top, margins.right, margins.bottom],
    defaultStyle: { lineHeight, ...typefaceFor(writer.language) },
    images: Object.fromEntries(pictures.map((picture) => [picture.name, picture.url])),
    content: [...head, ...paper.body],
    ...(writer.isRoll ? {} : runningLines(writer, paper, size)),
    ...(paper.across ? { watermark: across(writer, paper.across, width) } : {}),
  }
}
