import { resolve } from 'node:path'

import { describe, expect, test } from 'vitest'

import { createDocuments } from '#host/documents/index.ts'
import type { DeviceLabelData } from '#host/documents/index.ts'
import { readPdf } from './read-pdf.ts'
import type { Page, Run } from './read-pdf.ts'
import { chineseRepair, emptyRepair, englishRepair, longText, overfullRepair } from './samples.ts'

const documents = createDocuments({ fontsDir: resolve(import.meta.dirname, '../../resources/fonts') })
const mm = 72 / 25.4

function expectOnLabel(page: Page, lowest = 22.2 * mm): void {
  expect(page.width).toBeCloseTo(50 * mm, 3)
  expect(page.height).toBeCloseTo(30 * mm, 3)
  const off = page.runs.filter((run) => {
    const sideways = run.x < 1.5 * mm || run.x + run.width > 48.5 * mm
    // The bar code, where there is one, has the lowest 7.8 mm to itself.
    return sideways || run.baseline - run.size * 0.8 < 1.5 * mm || run.baseline > lowest
  })
  expect(off).toEqual([])
  // Six points are the least a person reads at arm's length.
  expect(Math.min(...page.runs.map((run) => run.size))).toBeGreaterThanOrEqual(6)
}

/** The QR code stands in the upper right corner, 12.4 mm in each direction, with 1.5 mm left blank around it. */
function expectClearOfQr(page: Page): void {
  const beside = page.runs.filter((run) => run.baseline - run.size * 0.8 < 14.3 * mm)
  expect(Math.max(...beside.map((run) => run.x + run.width))).toBeLessThanOrEqual(34.5 * mm)
}

async function printDevice(data: DeviceLabelData): Promise<Page> {
  const [page, ...others] = readPdf(await documents.renderDeviceLabel(data)).pages
  expect(others).toHaveLength(0)
  if (!page) throw new Error('no label')
  return page
}

function runWith(page: Page, text: string): Run {
  const run = page.runs.find((candidate) => candidate.text.includes(text))
  if (!run) throw new Error(`no “${text}” on the label`)
  return run
}

describe('the label of a device', () => {
  test.each([
    [
      'Chinese',
      chineseRepair,
      ['20231027001', '王建国', '华为 Mate 40 Pro 秘银色', '接 2023/10/27   约 2023/10/30', '加急', 'A-12'],
    ],
    [
      'English',
      englishRepair,
      [
        'BS20231027001',
        'Carter & Sons Ltd',
        'Huawei Mate 40 Pro silver',
        'In 27 Oct 2023   Due 30 Oct 2023',
        'URGENT',
        'A-12',
      ],
    ],
  ])('in %s says number, customer, device, both dates, urgency and place', async (_, data, texts) => {
    const page = await printDevice(data)
    expect(page.runs.map((run) => run.text)).toEqual(texts)
    expectOnLabel(page)
    expectClearOfQr(page)
  })

  test('shows the number larger than anything else', async () => {
    const page = await printDevice(chineseRepair)
    const number = runWith(page, '20231027001')
    expect(number.bold).toBe(true)
    const others = page.runs.filter((run) => run !== number)
    expect(Math.max(...others.map((run) => run.size))).toBeLessThan(number.size / 1.3)
  })

  test.each([
    ['Chinese', '欧阳诸葛司马上官'],
    ['English', 'Bartholomew Featherstonehaugh '],
    ['unbroken', 'Donaudampfschifffahrtsgesellschaft'],
  ])('cuts a %s name of 60 characters with an ellipsis and keeps everything else', async (_, text) => {
    const name = longText(text, 60)
    const device = { ...chineseRepair.device, model: name, colour: name }
    const page = await printDevice({ ...chineseRepair, customer: { name }, device })
    const customer = runWith(page, name.slice(0, 6))
    expect(customer.text.endsWith('…')).toBe(true)
    expect(customer.text.length).toBeGreaterThan(7)
    expect(runWith(page, '20231027001').text).toBe('20231027001')
    expect(page.text).toContain('接 2023/10/27   约 2023/10/30')
    expectOnLabel(page)
    expectClearOfQr(page)
  })

  test('never cuts the number, however long the shop’s prefix is', async () => {
    for (const number of ['20231027001', 'S20231027001', 'SHOPCO20231027001']) {
      const page = await printDevice({ ...englishRepair, repair: { ...englishRepair.repair, number } })
      expect(page.runs[0]?.text).toBe(number)
      expectOnLabel(page)
      expectClearOfQr(page)
    }
  })

  test.each(['SHOPCOD20231027001', 'SHOPCODE20231027001', 'RD-2023-000123-RETURNED-UNIT'])(
    'too long a number for readable bars (%s) takes their place in large figures, beside a larger QR code',
    async (number) => {
      const page = await printDevice({ ...englishRepair, repair: { ...englishRepair.repair, number } })
      expect(runWith(page, number).baseline).toBeGreaterThan(22.2 * mm)
      expect(runWith(page, number).size).toBeGreaterThan(7)
      expectOnLabel(page, 28.2 * mm)
      // The QR code is 16.5 mm in each direction now.
      const beside = page.runs.filter((run) => run.baseline - run.size * 0.8 < 18.3 * mm)
      expect(Math.max(...beside.map((run) => run.x + run.width))).toBeLessThanOrEqual(31 * mm)
      expect(page.text).toContain('Carter & Sons Ltd')
      expect(page.text).toContain('A-12')
    },
  )

  test('of the shop’s own unit says so, and leaves out what is not known', async () => {
    const page = await printDevice(emptyRepair('zh-CN'))
    expect(page.runs.map((run) => run.text)).toEqual(['20231027001', '店内自有', '手机', '接 2023/10/27'])
  })

  test('is printed once per device of a drop-off', async () => {
    const { pages } = readPdf(
      await documents.renderDeviceLabel([chineseRepair, englishRepair, overfullRepair(englishRepair)]),
    )
    expect(pages).toHaveLength(3)
    const [first, second, longNumber] = pages
    for (const page of [first, second]) expectOnLabel(page!)
    expectOnLabel(longNumber!, 28.2 * mm)
  })
})

describe('labels of accessories', () => {
  test('there is one for each, counted, with name, serial and customer', async () => {
    const bytes = await documents.renderAccessoryLabels(chineseRepair)
    const { pages } = readPdf(bytes ?? new Uint8Array())
    expect(pages.map((page) => page.runs.map((run) => run.text))).toEqual([
      ['20231027001', '1/3', '充电器', '序列号 HW-100400C00  王建国'],
      ['20231027001', '2/3', '保护壳', '王建国'],
      ['20231027001', '3/3', 'SIM 卡', '王建国'],
    ])
    for (const page of pages) expectOnLabel(page)
  })

  test('a device without accessories gives no file', async () => {
    expect(await documents.renderAccessoryLabels(emptyRepair('en'))).toBeNull()
    expect(await documents.renderAccessoryLabels([])).toBeNull()
  })

  test('forty accessories with overlong names stay on their labels', async () => {
    const bytes = await documents.renderAccessoryLabels([overfullRepair(chineseRepair), englishRepair])
    const { pages } = readPdf(bytes ?? new Uint8Array())
    expect(pages).toHaveLength(43)
    for (const page of pages) expectOnLabel(page)
    expect(pages.at(-1)?.text).toContain('3/3')
  })
})
