import { resolve } from 'node:path'

import type { PaperKind, PaperSize } from '#contract/documents.ts'
import { sizesOf } from '#contract/documents.ts'
import type { Language } from '#contract/fields.ts'
import { createDocuments } from '#host/documents/index.ts'
import type {
  InvoiceData,
  PaperData,
  PaperShop,
  QuoteData,
  ServiceReportData,
} from '#host/documents/index.ts'
import { samplePaper } from '#host/documents/papers/samples.ts'
import { drawnLogo } from './drawn-pictures.ts'
import { readPdf, squeeze } from './read-pdf.ts'
import type { Page } from './read-pdf.ts'
import { chineseRepair, englishRepair, longText } from './samples.ts'

/** Papers as a shop prints them: the house's own samples, and the same ones full to the brim. */

const documents = createDocuments({ fontsDir: resolve(import.meta.dirname, '../../resources/fonts') })

export function shopOf(language: Language): PaperShop {
  const { name, address, phone, terms, timeZone, currency } = (
    language === 'en' ? englishRepair : chineseRepair
  ).shop
  const isEnglish = language === 'en'
  return {
    name,
    address: address ?? '',
    phone: phone ?? '',
    terms,
    timeZone,
    currency,
    taxNumber: isEnglish ? 'GB 987 6543 21' : '91310104MA1FR0XX0K',
    bankAccount: isEnglish ? 'Harbour Bank, account 55779911' : '工商银行 6222 0210 0112 3456 789',
    logo: drawnLogo(),
  }
}

export interface Wanted {
  language?: Language
  size?: PaperSize
  shop?: Partial<PaperShop>
  pricesIncludeTax?: boolean
}

export function paperOf(kind: PaperKind, wanted: Wanted = {}): PaperData {
  const { language = 'en', size = sizesOf[kind][0] ?? 'a4', pricesIncludeTax = true } = wanted
  const shop = { ...shopOf(language), ...wanted.shop }
  return samplePaper(kind, { language, size, shop, pricesIncludeTax })
}

function wrong(kind: string): never {
  throw new Error(`this sample is no ${kind}`)
}

export function invoiceOf(wanted: Wanted = {}, kind: 'invoice' | 'credit_note' = 'invoice'): InvoiceData {
  const data = paperOf(kind, wanted)
  return data.kind === 'invoice' ? data : wrong('invoice')
}

export function quoteOf(wanted: Wanted = {}): QuoteData {
  const data = paperOf('quote', wanted)
  return data.kind === 'quote' ? data : wrong('quote')
}

export function reportOf(wanted: Wanted = {}): ServiceReportData {
  const data = paperOf('service_report', wanted)
  return data.kind === 'service_report' ? data : wrong('service report')
}

export interface Printed {
  pages: Page[]
  /** All pages without blanks. */
  text: string
  title: string
  images: number
}

export async function print(data: PaperData): Promise<Printed> {
  const { pages, title, images } = readPdf(await documents.renderPaper(data))
  return { pages, title, images, text: squeeze(pages.map((page) => page.text).join('\n')) }
}

/** The width of the edge that no printer reaches. */
const edges: Readonly<Record<PaperSize, number>> = { a4: 12, a5: 12, '80mm': 11.2, '58mm': 14 }

/** Runs of text that stand outside what a printer prints. */
export function outside(page: Page, size: PaperSize): string[] {
  const edge = edges[size]
  return page.runs
    .filter((run) => {
      const sideways = run.x < edge || run.x + run.width > page.width - edge + 0.5
      const upright = run.baseline - run.size * 0.8 < 6 || run.baseline + run.size * 0.3 > page.height - 6
      return sideways || upright
    })
    .map((run) => run.text)
}

/** Pairs of lines that are printed over each other. */
export function overprinted(page: Page): string[] {
  const runs = page.runs.toSorted((a, b) => a.baseline - b.baseline)
  return runs.flatMap((run, index) =>
    runs
      .slice(index + 1)
      .filter((other) => {
        const apart = other.x >= run.x + run.width - 0.5 || run.x >= other.x + other.width - 0.5
        return !apart && other.baseline - other.size * 0.75 < run.baseline
      })
      .map((other) => `${run.text} / ${other.text}`),
  )
}

/** A text as long as a field may be, in the paper's language. */
export function longLine(language: Language, length: number): string {
  return longText(
    language === 'en' ? 'Extraordinarily long entry, really. ' : '非常非常长的一段内容，写也写不完。',
    length,
  ).trim()
}
