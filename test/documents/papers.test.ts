import { describe, expect, test } from 'vitest'

import { paperKinds, sizesOf } from '#contract/documents.ts'
import { languages } from '#contract/fields.ts'
import { paperWords } from '#host/documents/papers/words.ts'
import { longLine, outside, overprinted, paperOf, print, quoteOf, reportOf, shopOf } from './paper-samples.ts'
import { squeeze } from './read-pdf.ts'
import { longText } from './samples.ts'

const everyPaper = paperKinds.flatMap((kind) =>
  sizesOf[kind].flatMap((size) => languages.map((language) => ({ kind, size, language }))),
)

describe('words of the papers', () => {
  test('both languages have the same texts with the same blanks, none empty', () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()
    const texts = (language: 'zh-CN' | 'en') => {
      const { sheet: _, ...own } = paperWords[language]
      return Object.entries(own).toSorted()
    }
    const [zh, en] = [texts('zh-CN'), texts('en')]
    expect(zh.map(([key, text]) => [key, blanks(text)])).toEqual(en.map(([key, text]) => [key, blanks(text)]))
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
    const latin = zh.filter(([, text]) => !/[\u4e00-\u9fff]/.test(text)).map(([key]) => key)
    expect(latin.toSorted()).toEqual(['device.imei1', 'findings.by', 'line.payer'])
  })
})

describe('every paper in every size and language', () => {
  test.each(everyPaper)(
    'a $kind on $size in $language has the shop’s head, lies within the paper and over nothing',
    async ({ kind, size, language }) => {
      const { pages, text, title, images } = await print(paperOf(kind, { size, language }))
      const { name, phone, taxNumber } = shopOf(language)
      for (const entry of [name, phone, taxNumber]) expect(text).toContain(squeeze(entry))
      expect(images).toBe(1)
      expect(title).not.toBe('')
      expect(text).not.toContain('\0')
      for (const page of pages) {
        expect(outside(page, size)).toEqual([])
        expect(overprinted(page)).toEqual([])
        expect(page.width).toBeCloseTo({ a4: 595.28, a5: 419.53, '80mm': 226.77, '58mm': 164.41 }[size], 1)
      }
    },
  )

  test.each(['a4', 'a5'] as const)('pages of %s are numbered, in the words of the paper', async (size) => {
    const [en, zh] = await Promise.all(
      (['en', 'zh-CN'] as const).map((language) => print(paperOf('invoice', { size, language }))),
    )
    expect(en?.text).toContain('Page1of1')
    expect(zh?.text).toContain('第1页，共1页')
  })

  test('a shop with nothing but a name prints every paper without empty headings', async () => {
    const bare = { address: '', phone: '', taxNumber: '', bankAccount: '', terms: '', logo: null }
    for (const kind of paperKinds) {
      const { text, images } = await print(paperOf(kind, { shop: bare }))
      expect(images).toBe(0)
      for (const word of ['Tel.0117', 'Taxno.', 'Pleasepayto']) expect(text).not.toContain(word)
    }
  })

  test('the same paper prints the same bytes', async () => {
    const [first, second] = [await print(paperOf('invoice')), await print(paperOf('invoice'))]
    expect(first).toEqual(second)
  })
})

describe('quote', () => {
  test('shows the options beside each other and each with its lines, and has room to approve or decline', async () => {
    const { text } = await print(quoteOf())
    const said = [
      'Your options',
      'Option 1: Original screen',
      'Option 2: Compatible screen',
      'original, new',
      '3 working days',
      '1 working day',
      '£790.00',
      'I approve option 2, for £530.00.',
      'I decline the repair.',
      'a diagnosis fee of £50.00 is due',
      'Valid until',
      '23 Mar 2026',
      'Symptom',
      'S12 no reaction to touch',
    ]
    for (const entry of said) expect(text).toContain(squeeze(entry))
  })

  test('what the warranty pays stands under the total, and the customer signs for the rest', async () => {
    const data = quoteOf()
    const [option] = data.quote.options
    if (!option) throw new Error('no option')
    const [first, ...rest] = option.lines
    if (!first) throw new Error('no line')
    const shares = [
      { payer: 'warranty' as const, customerId: null, shareBp: 4000 },
      { payer: 'customer' as const, customerId: null, shareBp: 6000 },
    ]
    const shared = {
      ...option,
      lines: [{ ...first, shares }, ...rest],
      customerMinor: 51_800,
      payers: [
        { payer: 'customer' as const, customerId: null, customerName: null, grossMinor: 51_800 },
        { payer: 'warranty' as const, customerId: null, customerName: null, grossMinor: 27_200 },
      ],
    }
    const { text } = await print({ ...data, quote: { ...data.quote, options: [shared] } })
    expect(text).toContain(squeeze('Manufacturer’s warranty: 40%'))
    expect(text).toContain(squeeze('Manufacturer’s warranty\n-272.00'))
    expect(text).toContain(squeeze('You pay\n£518.00'))
    expect(text).toContain(squeeze('I approve the repair as quoted, for £518.00.'))
    expect(text).not.toContain('Youroptions')
  })

  test('an answered quote names who said what, when and how instead of asking again', async () => {
    const data = quoteOf({ language: 'zh-CN' })
    const decision = {
      approved: true,
      optionNo: 2,
      amountMinor: 53_000,
      by: '张三',
      way: 'phone' as const,
      at: data.quote.createdAt,
      recordedBy: null,
      signatureUid: null,
      note: '请尽快',
    }
    const { text } = await print({ ...data, quote: { ...data.quote, state: 'approved', decision } })
    expect(text).toContain('张三于2026/03/09同意方案2（电话）：¥530.00。')
    expect(text).toContain('请尽快')
    expect(text).not.toContain('请勾选并签名')
  })

  test.each(['draft', 'superseded', 'expired'] as const)(
    'a %s quote says so under its head',
    async (state) => {
      const data = quoteOf()
      const { text } = await print({ ...data, quote: { ...data.quote, state } })
      expect(text).toContain(squeeze(paperWords.en[`quote.${state}`]))
    },
  )

  test.each(languages)(
    'six options of 100 long lines are printed whole in %s',
    async (language) => {
      const data = quoteOf({ language })
      const [option] = data.quote.options
      const [line] = option?.lines ?? []
      if (!option || !line) throw new Error('no line')
      const description = longLine(language, 200)
      const lines = Array.from({ length: 100 }, () => ({ ...line, description }))
      const options = [1, 2, 3, 4, 5, 6].map((no) => ({ ...option, no, title: `${no}`.repeat(120), lines }))
      const { pages, text } = await print({ ...data, quote: { ...data.quote, options } })
      expect(text.split(squeeze(description))).toHaveLength(601)
      for (const page of pages) {
        expect(outside(page, 'a4')).toEqual([])
        expect(overprinted(page)).toEqual([])
      }
    },
    60_000,
  )
})

describe('job card', () => {
  test('has what the bench needs and neither prices nor a passcode', async () => {
    for (const language of languages) {
      const { text } = await print(paperOf('job_card', { language }))
      for (const entry of ['20260309001', 'SCR-EX12-BK', 'B-03', 'A-12', 'SAMPLE0012345']) {
        expect(text).toContain(entry)
      }
      expect(text).not.toMatch(/[¥£$]|\d\.\d\d/)
    }
  })

  test('a part that is planned but not on the shelf is said to be missing', async () => {
    const data = paperOf('job_card')
    if (data.kind !== 'job_card') throw new Error('no job card')
    const parts = data.parts.map((part) => ({ ...part, state: 'planned' as const, available: 0 }))
    expect((await print({ ...data, parts })).text).toContain('notinstock')
  })

  test('a fault of 4,000 characters runs over to the next page and loses nothing', async () => {
    const data = paperOf('job_card', { language: 'zh-CN' })
    if (data.kind !== 'job_card') throw new Error('no job card')
    const faultText = longText('屏幕碎裂，触摸失灵，充电时闪烁。', 4000)
    const { pages, text } = await print({ ...data, repair: { ...data.repair, faultText } })
    expect(pages.length).toBeGreaterThan(1)
    const kept = pages.flatMap((page) => page.runs.map((run) => run.text)).join('')
    expect(kept.match(/屏幕碎裂/g)).toHaveLength(250)
    expect(text).toContain('第2页')
    for (const page of pages) expect(outside(page, 'a4')).toEqual([])
  })
})

describe('test and service report', () => {
  test('a failed test cannot be overlooked', async () => {
    const data = paperOf('test_report')
    if (data.kind !== 'test_report') throw new Error('no test report')
    const results = data.run.results.map((one) => ({ ...one, result: 'failed' as const, note: 'dead pixel' }))
    const { text } = await print({ ...data, run: { ...data.run, passed: false, results } })
    expect(text).toContain('Testfailed')
    expect(text).toContain('FAILEDdeadpixel')
  })

  test('the warranty of each line ends so many months after hand-over, on the last day of a short month', async () => {
    const data = reportOf()
    const repair = { ...data.repair, warrantyFrom: '2026-08-31' }
    const { text } = await print({ ...data, repair })
    expect(text).toContain('6months28Feb2027')
    expect(text).toContain('3months30Nov2026')
  })

  test('before hand-over the warranty has no end yet', async () => {
    const data = reportOf()
    const repair = { ...data.repair, warrantyFrom: null, collectedAt: null, collectedBy: '' }
    const { text } = await print({ ...data, repair })
    expect(text).toContain('6monthsfromhand-over')
    expect(text).not.toContain('Collected')
  })

  test('a rework names the first repair and starts no new warranty; another fault does', async () => {
    const data = reportOf()
    const reworkOf = { uid: data.repair.uid, number: '20251224007', engineerName: null }
    const kept = await print({ ...data, repair: { ...data.repair, reworkOf, reworkKind: 'same' } })
    expect(kept.text).toContain(squeeze('This is a rework of repair 20251224007.'))
    const other = await print({ ...data, repair: { ...data.repair, reworkOf, reworkKind: 'different' } })
    expect(other.text).not.toContain('Thisisarework')
    expect(other.text).toContain('20251224007')
  })

  test('old and new serials of parts and of an exchanged unit are all there', async () => {
    const data = reportOf({ language: 'zh-CN' })
    const job = {
      id: 1,
      uid: data.repair.uid,
      version: 1,
      repairId: 1,
      kind: 'factory' as const,
      vendor: '厂家售后中心',
      reference: 'RMA-7781',
      sentAt: data.repair.receivedAt,
      sentBy: null,
      expectedOn: null,
      serialOut: 'OLD-UNIT-1',
      backAt: data.repair.receivedAt + 86_400_000,
      backBy: null,
      result: 'exchanged' as const,
      serialBack: 'NEW-UNIT-2',
      costMinor: 12_345,
      note: '',
    }
    const { text } = await print({ ...data, external: [job] })
    expect(text).toContain('SCR-88120456')
    expect(text).toContain('SCR-10034871')
    expect(text).toContain('旧序列号OLD-UNIT-1，新序列号NEW-UNIT-2')
    expect(text).toContain('RMA-7781')
    // What the shop paid its vendor is no business of the customer's.
    expect(text).not.toContain('123.45')
  })
})
