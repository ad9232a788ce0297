import { resolve } from 'node:path'

import { expect, test } from 'vitest'

import { createDocuments } from '#host/documents/index.ts'
import type { IntakeSheetData } from '#host/documents/index.ts'
import { readPdf, squeeze } from './read-pdf.ts'
import type { Page } from './read-pdf.ts'
import { chineseRepair, emptyRepair, englishRepair, longRepair, overfullRepair } from './samples.ts'

const documents = createDocuments({ fontsDir: resolve(import.meta.dirname, '../../resources/fonts') })
const mm = 72 / 25.4

async function print(data: IntakeSheetData): Promise<Page> {
  const { pages } = readPdf(await documents.renderIntakeSheet80mm(data))
  expect(pages).toHaveLength(1)
  const [page] = pages
  if (!page) throw new Error('no page')
  return page
}

function lowestLine(page: Page): number {
  return Math.max(...page.runs.map((run) => run.baseline))
}

test.each([
  ['an ordinary Chinese', chineseRepair],
  ['an ordinary English', englishRepair],
  ['an empty', emptyRepair('zh-CN')],
  ['a long', longRepair(englishRepair)],
  ['an overfull', overfullRepair(chineseRepair)],
])(
  '%s receipt is 80 mm wide, ends below its last line, and stays in the 72 mm a head prints',
  async (_, data) => {
    const page = await print(data)
    expect(page.width).toBeCloseTo(80 * mm, 2)
    // The last line, its descenders and the margin: no blank paper after it, and nothing cut off.
    expect(page.height - lowestLine(page)).toBeGreaterThan(4 * mm)
    expect(page.height - lowestLine(page)).toBeLessThan(7 * mm)
    // Acrobat and printer drivers refuse pages over 14,400 points.
    expect(page.height).toBeLessThan(14_400)
    const outside = page.runs.filter((run) => run.x < 4 * mm - 0.01 || run.x + run.width > 76 * mm + 0.5)
    expect(outside).toEqual([])
  },
)

test('a fault of 3,040 characters, twelve accessories and the terms are printed whole', async () => {
  for (const base of [chineseRepair, englishRepair]) {
    const data = longRepair(base)
    const text = squeeze((await print(data)).text)
    expect(text).toContain(squeeze(data.repair.faultText))
    expect(text).toContain(squeeze(data.shop.terms))
    for (const accessory of data.accessories) expect(text).toContain(squeeze(accessory.name))
    expect(text).not.toContain('…')
  }
})

test('receipts of several devices are cut to their own length', async () => {
  const { pages } = readPdf(
    await documents.renderIntakeSheet80mm([emptyRepair('en'), longRepair(englishRepair)]),
  )
  const [first, second] = pages
  const alone = [(await print(emptyRepair('en'))).height, (await print(longRepair(englishRepair))).height]
  expect([first?.height, second?.height]).toEqual(alone)
})
