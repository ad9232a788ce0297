import { describe, expect, test } from 'vitest'

import { languages } from '#contract/fields.ts'
import type { PaperData } from '#host/documents/index.ts'
import { formatAmount, formatQuantity, formatRate } from '#host/documents/format.ts'
import { invoiceOf, longLine, outside, overprinted, paperOf, print } from './paper-samples.ts'
import { squeeze } from './read-pdf.ts'

describe('figures', () => {
  test('an amount has the decimals of its currency and never a negative nothing', () => {
    expect(formatAmount(123_456, 'JPY', 'en')).toBe('123,456')
    expect(formatAmount(123_456, 'CNY', 'zh-CN')).toBe('1,234.56')
    expect(formatAmount(-123_456, 'KWD', 'en')).toBe('-123.456')
    expect(formatAmount(-0, 'CNY', 'en')).toBe('0.00')
  })

  test('quantities and rates show the decimals they have', () => {
    expect([1, 1000, 1500, 1_234_567].map((n) => formatQuantity(n, 'en'))).toEqual([
      '0.001',
      '1',
      '1.5',
      '1,234.567',
    ])
    expect([0, 810, 1300, 2125].map((bp) => formatRate(bp, 'zh-CN'))).toEqual(['0%', '8.1%', '13%', '21.25%'])
  })
})

describe('invoice', () => {
  test('carries its lines, the tax of each rate, what was paid and what is open', async () => {
    const { text } = await print(invoiceOf())
    const said = [
      '20260312001',
      'Alex Sample',
      'Screen replacement, labour',
      '-10.00',
      'Net\n699.12',
      'Tax 13% on 699.12\n90.88',
      'Total\n£790.00',
      'Paid (Cash R20260312001, 12 Mar 2026)\n-500.00',
      'Still open\n£290.00',
      'Harbour Bank, account 55779911',
    ]
    for (const entry of said) expect(text).toContain(squeeze(entry))
  })

  test('cash rounding is a line of its own between the total and what is due', async () => {
    const data = invoiceOf()
    const invoice = { ...data.invoice, grossMinor: 79_002, roundingMinor: -2, openMinor: 29_000 }
    const { text } = await print({ ...data, invoice })
    expect(text).toContain(squeeze('Total £790.02 Cash rounding -0.02 Amount due £790.00'))
  })

  test('a deposit that was applied is subtracted before what is open', async () => {
    const data = invoiceOf()
    const { text } = await print({ ...data, invoice: { ...data.invoice, payments: [], openMinor: 69_000 } })
    expect(text).toContain(squeeze('Deposit and other settlements -100.00 Still open £690.00'))
  })

  test('a paid invoice says so and asks for no transfer', async () => {
    const data = invoiceOf({ language: 'zh-CN' })
    const [payment] = data.invoice.payments
    if (!payment) throw new Error('no payment')
    const payments = [{ ...payment, amountMinor: 79_000 }]
    const { text } = await print({ ...data, invoice: { ...data.invoice, openMinor: 0, payments } })
    expect(text).toContain('已付清¥0.00')
    expect(text).not.toContain('收款账户')
  })

  test('a void invoice says so across every page, with who and why, and claims nothing', async () => {
    const data = invoiceOf()
    const voided = { at: data.invoice.issuedAt, by: 'Kim', reason: 'issued twice' }
    const { text } = await print({ ...data, invoice: { ...data.invoice, voided, state: 'void' } })
    expect(text).toContain(squeeze('VOID since 12 Mar 2026 (Kim): issued twice'))
    expect(text).not.toContain('Stillopen')
    expect(text).not.toContain('HarbourBank')
  })

  test('a credit note names the invoice it is for and the reason', async () => {
    const { text, title } = await print(invoiceOf({ language: 'zh-CN' }, 'credit_note'))
    expect(text).toContain('红字结算单')
    expect(text).toContain('冲销原单20260312001')
    expect(text).toContain('屏幕有缺陷，退货。')
    expect(text).not.toContain('尚欠')
    expect(title).not.toBe('')
  })

  test.each([
    ['JPY', 0, '9,000,000,000'],
    ['KWD', 3, '9,000,000.000'],
  ])('amounts in %s have %i decimals and stand flush right', async (currency, _decimals, amount) => {
    const data = invoiceOf({ shop: { currency } })
    const lines = [9_000_000_000, 5, 120_000].map((grossMinor, index) => {
      const [line] = data.invoice.lines
      if (!line) throw new Error('no line')
      return { ...line, no: index + 1, grossMinor, discountMinor: 0 }
    })
    const { pages } = await print({ ...data, invoice: { ...data.invoice, currency, lines } })
    const runs = pages[0]?.runs ?? []
    const largest = runs.find((run) => run.text === amount)
    const right = (run: { x: number; width: number }) => run.x + run.width
    expect(largest).toBeDefined()
    const column = runs.filter((run) => largest && Math.abs(right(run) - right(largest)) < 0.2)
    expect(column.length).toBeGreaterThanOrEqual(4)
  })

  test.each(languages.flatMap((language) => (['a4', 'a5'] as const).map((size) => ({ language, size }))))(
    '100 long lines on $size in $language: the head stands on every page, nothing is cut',
    async (wanted) => {
      const data = invoiceOf(wanted)
      const [line] = data.invoice.lines
      if (!line) throw new Error('no line')
      const description = longLine(wanted.language, 200)
      const lines = Array.from({ length: 100 }, (_, index) => ({
        ...line,
        no: index + 1,
        description,
        unitMinor: 9_000_000_000,
        grossMinor: 9_000_000_000,
        discountMinor: 1_000_000_000,
      }))
      const long = { customerName: longLine(wanted.language, 120), note: 'N'.repeat(500) }
      const { pages, text } = await print({ ...data, invoice: { ...data.invoice, ...long, lines } })
      expect(text.split(squeeze(description))).toHaveLength(101)
      expect(text).toContain(squeeze(long.customerName))
      expect(text).toContain(long.note)
      const head = wanted.language === 'en' ? 'Description' : '项目'
      const withLines = pages.filter((page) => page.text.includes('90,000,000.00'))
      expect(withLines.length).toBeGreaterThan(4)
      for (const page of withLines) expect(page.text).toContain(head)
      for (const page of pages) {
        expect(outside(page, wanted.size)).toEqual([])
        expect(overprinted(page)).toEqual([])
        expect(page.text).toContain('20260312001')
      }
    },
  )
})

describe('receipts', () => {
  const receipt = (data: PaperData) => {
    if (data.kind !== 'receipt') throw new Error('no receipt')
    return data
  }

  test.each(['58mm', '80mm'] as const)('on %s: paid, tendered, change and what stays open', async (size) => {
    const { pages, text } = await print(paperOf('receipt', { size }))
    expect(pages).toHaveLength(1)
    for (const entry of ['Paid £500.00', 'By Cash', 'Tendered 600.00', 'Change 100.00', '£290.00']) {
      expect(text).toContain(squeeze(entry))
    }
  })

  test('a deposit slip says what the money is for and how much is held', async () => {
    const { text } = await print(paperOf('deposit_slip', { language: 'zh-CN' }))
    expect(text).toContain('定金收据')
    expect(text).toContain('本款作为维修定金，结算时抵扣。')
    expect(text).toContain('本单现存定金¥100.00')
  })

  test('the slip of a disposal sale names the buyer, not the owner, for whom the money is held', async () => {
    const data = receipt(paperOf('deposit_slip'))
    const payment = { ...data.payment, note: 'Green Source', tenderedMinor: null }
    const sold = { ...data, payment, depositHeldMinor: null, soldTo: 'Green Source' }
    const { text } = await print(sold)
    expect(text.split(squeeze('Buyer Green Source'))).toHaveLength(2)
    expect(text.split(squeeze('Green Source'))).toHaveLength(2)
    expect(text).toContain(squeeze('Held for the owner of the device.'))
    expect(text).not.toContain(squeeze(payment.customerName ?? 'nobody'))
    const nameless = await print({ ...sold, payment: { ...payment, note: '' }, soldTo: '' })
    expect(nameless.text).not.toContain('Buyer')
  })

  test('money back is signed for, and a card payment has no change', async () => {
    const data = receipt(paperOf('receipt'))
    const payment = { ...data.payment, kind: 'refund' as const, method: 'card' as const, tenderedMinor: null }
    const { text } = await print({ ...data, payment })
    expect(text).toContain('Refundreceipt')
    expect(text).toContain('Received,signature')
    expect(text).not.toContain('Change')
  })

  test('a receipt that was taken back names the one that did it, and the other way round', async () => {
    const data = receipt(paperOf('receipt'))
    const { text } = await print({ ...data, payment: { ...data.payment, reversedBy: 'R20260312009' } })
    expect(text).toContain('TakenbackbyR20260312009')
    const other = await print({ ...data, payment: { ...data.payment, reverses: 'R20260312001' } })
    expect(other.text).toContain('TakesbackR20260312001')
  })

  test('a long name wraps on the narrow roll', async () => {
    const data = receipt(paperOf('receipt', { size: '58mm' }))
    const customerName = 'W'.repeat(120)
    const { pages, text } = await print({ ...data, payment: { ...data.payment, customerName } })
    expect(text).toContain(customerName)
    expect(outside(pages[0] ?? { width: 0, height: 0, runs: [], text: '' }, '58mm')).toEqual([])
  })
})

describe('statement and Z-report', () => {
  test('an account of 300 entries runs over pages with its balance after each', async () => {
    const data = paperOf('statement')
    if (data.kind !== 'statement') throw new Error('no statement')
    const [row] = data.statement.rows
    if (!row) throw new Error('no row')
    const rows = Array.from({ length: 300 }, (_, index) => ({
      ...row,
      number: `N${index}`,
      amountMinor: 100,
      balanceMinor: 12_000 + (index + 1) * 100,
    }))
    const { pages, text } = await print({ ...data, statement: { ...data.statement, rows } })
    expect(pages.length).toBeGreaterThan(5)
    expect(text).toContain(squeeze('Balance brought forward 120.00'))
    expect(text).toContain('420.00')
    for (const page of pages) expect(overprinted(page)).toEqual([])
  })

  test('an account on which nothing happened says so', async () => {
    const data = paperOf('statement', { language: 'zh-CN' })
    if (data.kind !== 'statement') throw new Error('no statement')
    const { text } = await print({ ...data, statement: { ...data.statement, rows: [] } })
    expect(text).toContain('本期没有发生额。')
  })

  test('a counted drawer shows the difference; an open shift shows none and is called so', async () => {
    const data = paperOf('shift_report')
    if (data.kind !== 'shift_report') throw new Error('no Z-report')
    expect((await print(data)).text).toContain(squeeze('Difference -£5.00'))
    const open = {
      closedAt: null,
      closedBy: null,
      countedMinor: null,
      differenceMinor: null,
      leftMinor: null,
    }
    const { text } = await print({ ...data, report: { ...data.report, ...open } })
    expect(text).toContain('X-report')
    expect(text).not.toContain('Difference')
    expect(text).not.toContain('Counted')
  })
})

describe('loaner agreement', () => {
  test('names the device, its value, its condition and the day it is due, and is signed twice', async () => {
    const { text } = await print(paperOf('loaner_agreement'))
    for (const entry of [
      'Example Phone 8',
      'LOAN-0007',
      '£1,200.00',
      '16 Mar 2026',
      'with charger and case',
    ]) {
      expect(text).toContain(squeeze(entry))
    }
    expect(text.split(squeeze('Customer’s signature'))).toHaveLength(3)
  })
})
