import { resolve } from 'node:path'

import { describe, expect, test } from 'vitest'

import { createDocuments } from '#host/documents/index.ts'
import type { IntakeSheetData } from '#host/documents/index.ts'
import { readPdf, squeeze } from './read-pdf.ts'
import type { Page } from './read-pdf.ts'
import { chineseRepair, emptyRepair, englishRepair, longRepair, longText, overfullRepair } from './samples.ts'

const documents = createDocuments({ fontsDir: resolve(import.meta.dirname, '../../resources/fonts') })
const a4 = { width: 841.89, height: 595.28 }
const half = a4.width / 2
/** No printer reaches closer to the edge of the paper. */
const edge = 12

async function print(data: IntakeSheetData): Promise<Page> {
  const { pages } = readPdf(await documents.renderIntakeSheetA4(data))
  expect(pages).toHaveLength(1)
  const [page] = pages
  if (!page) throw new Error('no page')
  expect(page.width).toBeCloseTo(a4.width, 1)
  expect(page.height).toBeCloseTo(a4.height, 1)
  return page
}

/** The two copies, each as text without blanks. */
function copies(page: Page): { shop: string; customer: string } {
  const side = (isLeft: boolean) =>
    squeeze(
      page.runs
        .filter((run) => run.x < half === isLeft)
        .map((run) => run.text)
        .join(''),
    )
  return { shop: side(true), customer: side(false) }
}

function expectInsideItsHalf(page: Page): void {
  const outside = page.runs.filter((run) => {
    const [from, to] = run.x < half ? [edge, half - edge] : [half + edge, a4.width - edge]
    const sideways = run.x < from || run.x + run.width > to + 0.5
    return sideways || run.baseline - run.size < edge || run.baseline + run.size * 0.3 > a4.height - edge
  })
  expect(outside).toEqual([])
}

/** Two lines that share a stretch of the page's width must be a line apart. */
function expectNoOverprint(page: Page): void {
  const runs = page.runs.toSorted((a, b) => a.baseline - b.baseline)
  const over = runs.flatMap((run, index) =>
    runs
      .slice(index + 1)
      .filter((other) => {
        const apart = other.x >= run.x + run.width - 0.5 || run.x >= other.x + other.width - 0.5
        return !apart && other.baseline - other.size * 0.8 < run.baseline
      })
      .map((other) => `${run.text} / ${other.text}`),
  )
  expect(over).toEqual([])
}

describe('what is on the sheet', () => {
  test.each([
    ['Chinese', chineseRepair, ['店铺留存联', '客户联', '2023/10/27 10:05', '2023/10/30', '¥680.00', '三包']],
    [
      'English',
      englishRepair,
      ['Shop copy', 'Customer copy', '27 Oct 2023, 03:05', '30 Oct 2023', '£680.00', 'statutory'],
    ],
  ])('a %s customer gets the sheet in that language, with its dates and money', async (_, data, words) => {
    const text = squeeze((await print(data)).text)
    for (const word of words) expect(text).toContain(squeeze(word))
  })

  test.each([
    ['Chinese', chineseRepair],
    ['English', englishRepair],
  ])('everything written down at the counter stands on both copies of a %s sheet', async (_, data) => {
    const { repair, customer, device } = data
    const both = copies(await print(data))
    const written = [
      data.shop.name,
      data.shop.address,
      data.shop.phone,
      ...data.shop.terms.split('\n'),
      repair.number,
      repair.faultText,
      repair.problemType,
      repair.faultSince,
      repair.otherReference,
      repair.mayCollect,
      repair.reworkOfNumber,
      repair.clerk,
      customer?.name,
      customer?.email,
      customer?.address,
      customer?.taxNumber,
      ...(customer?.phones ?? []).flatMap((phone) => [phone.number, phone.label]),
      ...(customer?.contacts ?? []).flatMap((contact) => [contact.name, contact.role, contact.phone]),
      device.category,
      device.brand,
      device.model,
      device.colour,
      device.serial,
      device.imei1,
      device.imei2,
      device.seller,
      ...device.knownDefects,
      ...data.checks.flatMap((check) => [check.label, check.note]),
      ...data.accessories.flatMap((accessory) => [accessory.name, accessory.serial]),
      '680.00',
      '800.00',
      '50.00',
      '100.00',
    ]
    for (const entry of written) {
      if (!entry) continue
      expect(both.shop).toContain(squeeze(entry))
      expect(both.customer).toContain(squeeze(entry))
    }
  })

  test('the shelf place is on the shop’s copy only, and the customer is told to bring the sheet', async () => {
    const { shop, customer } = copies(await print(chineseRepair))
    expect(shop).toContain('库位：A-12')
    expect(customer).not.toContain('A-12')
    expect(customer).toContain('取机时请出示本单')
  })

  test.each(['zh-CN', 'en'] as const)(
    'a device with nothing else known still gets its %s sheet',
    async (language) => {
      const page = await print(emptyRepair(language))
      expect(squeeze(page.text)).toContain(language === 'en' ? 'Faultunknown' : '故障不明')
      expect(squeeze(page.text)).toContain(language === 'en' ? 'aunitoftheshop' : '店内自有设备')
      expectInsideItsHalf(page)
    },
  )

  test('who did not sign is named with the reason, and is not said to have agreed', async () => {
    const data = {
      ...englishRepair,
      signature: null,
      noSignatureReason: 'customer_refused' as const,
      noSignatureNote: 'in a hurry',
    }
    const { text } = await print(data)
    expect(text).toContain('Not signed: the customer declined (in a hurry)')
    expect(text).not.toContain('I have read the terms')
  })

  test('a signature that cannot be read is said to be in the record, and the sheet prints', async () => {
    const signature = chineseRepair.signature?.subarray(0, 500) ?? null
    expect((await print({ ...chineseRepair, signature })).text).toContain('签名图存于系统记录')
  })

  test('a logo that is no picture is left out, and the sheet prints', async () => {
    const logo = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
    const bytes = await documents.renderIntakeSheetA4({
      ...emptyRepair('en'),
      shop: { ...englishRepair.shop, logo },
    })
    expect(readPdf(bytes).images).toBe(0)
  })

  test('no character of either language is printed as an empty box', async () => {
    for (const data of [chineseRepair, englishRepair, emptyRepair('zh-CN'), emptyRepair('en')]) {
      expect((await print(data)).text).not.toContain('\0')
    }
  })
})

describe('one page, whatever was typed', () => {
  test.each([
    ['Chinese', chineseRepair, '…（全文见系统记录）'],
    ['English', englishRepair, '… (continued in the record)'],
  ])(
    'a %s fault of 3,040 characters is cut with a note, and all twelve accessories stay',
    async (_, base, note) => {
      const data = longRepair(base)
      const page = await print(data)
      const both = copies(page)
      expect(both.shop).toContain(squeeze(note))
      expect(both.customer).toContain(squeeze(note))
      for (const accessory of data.accessories) expect(both.customer).toContain(squeeze(accessory.name))
      expectInsideItsHalf(page)
      expectNoOverprint(page)
    },
  )

  test('a text that just fits is printed whole, without any note', async () => {
    const faultText = longText('触摸失灵，屏幕闪烁。', 400)
    const { shop } = copies(await print({ ...chineseRepair, repair: { ...chineseRepair.repair, faultText } }))
    expect(shop).toContain(faultText)
    expect(shop).not.toContain('…')
  })

  test.each([
    ['Chinese', chineseRepair],
    ['English', englishRepair],
  ])('with every field overfull a %s sheet is one page and nothing runs over', async (_, base) => {
    const page = await print(overfullRepair(base))
    expectInsideItsHalf(page)
    expectNoOverprint(page)
    expect(page.runs.filter((run) => run.text === 'SHOPCODE20231027001')).toHaveLength(2)
  })

  test('an ordinary sheet has no line over another', async () => {
    for (const data of [chineseRepair, englishRepair]) {
      const page = await print(data)
      expectInsideItsHalf(page)
      expectNoOverprint(page)
    }
  })

  test('terms of 4,000 characters leave room for the fault', async () => {
    const terms = longText('维修后的设备请当面验收，离店后概不负责外观问题。', 4000)
    const { shop } = copies(
      await print({ ...longRepair(chineseRepair), shop: { ...chineseRepair.shop, terms } }),
    )
    expect(shop).toContain('…（完整条款见柜台）')
    expect(shop).toContain('…（全文见系统记录）')
  })
})

describe('the file', () => {
  test('several devices of one drop-off are one file with a page each, in each customer’s language', async () => {
    const bytes = await documents.renderIntakeSheetA4([chineseRepair, englishRepair, emptyRepair('en')])
    const { pages, images, title } = readPdf(bytes)
    expect(pages.map((page) => page.text.includes('Intake sheet'))).toEqual([false, true, true])
    expect(title).toContain('20231027001, BS20231027001')
    // Logo and signature are the same for all: each is in the file once.
    expect(images).toBe(2)
  })

  test('the same repair prints the same bytes', async () => {
    const [first, second] = [
      await documents.renderIntakeSheetA4(chineseRepair),
      await documents.renderIntakeSheetA4(chineseRepair),
    ]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
  })

  test('a sheet is small: only the characters in use are in the file', async () => {
    expect((await documents.renderIntakeSheetA4(englishRepair)).length).toBeLessThan(60_000)
    expect((await documents.renderIntakeSheetA4(chineseRepair)).length).toBeLessThan(110_000)
  })

  test('two sheets printed at the same time do not mix', async () => {
    const [zh, en] = await Promise.all([print(chineseRepair), print(englishRepair)])
    expect(zh.text).not.toContain('Intake sheet')
    expect(en.text).not.toContain('接机单')
  })
})
