import { describe, expect, test } from 'vitest'

import { formatDay, formatDayOf, formatMoment, formatMoney } from '#host/documents/format.ts'
import { fill, messages } from '#host/documents/messages.ts'

describe('texts of the documents', () => {
  test('both languages have the same texts with the same blanks, none empty', () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()
    const [zh, en] = [Object.entries(messages['zh-CN']).toSorted(), Object.entries(messages.en).toSorted()]
    expect(zh.map(([key, text]) => [key, blanks(text)])).toEqual(en.map(([key, text]) => [key, blanks(text)]))
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('a Chinese text is Chinese', () => {
    const latin = Object.entries(messages['zh-CN']).filter(([, text]) => !/[\u4e00-\u9fff]/.test(text))
    expect(latin.map(([key]) => key)).toEqual(['device.imei1', 'device.imei2'])
  })

  test('blanks are filled, and an unknown one stays visible', () => {
    expect(fill('{n} of {of}', { n: 1, of: 3 })).toBe('1 of 3')
    expect(fill('{what}', {})).toBe('{what}')
  })
})

describe('dates and money', () => {
  const lateEvening = Date.UTC(2023, 9, 27, 16, 30)

  test('a moment is printed as it is in the shop’s zone', () => {
    expect(formatMoment(lateEvening, 'Asia/Shanghai', 'zh-CN')).toBe('2023/10/28 00:30')
    expect(formatMoment(lateEvening, 'Europe/London', 'en')).toBe('27 Oct 2023, 17:30')
    expect(formatDayOf(lateEvening, 'Asia/Shanghai', 'zh-CN')).toBe('2023/10/28')
  })

  test('a promised day is the same day in every zone', () => {
    expect(formatDay('2023-10-30', 'zh-CN')).toBe('2023/10/30')
    expect(formatDay('2024-02-29', 'en')).toBe('29 Feb 2024')
  })

  test('an amount has the decimals of its currency', () => {
    expect(formatMoney(68_000, 'CNY', 'zh-CN')).toBe('¥680.00')
    expect(formatMoney(1_234_567, 'JPY', 'en')).toBe('JP¥1,234,567')
    expect(formatMoney(1_234_567, 'KWD', 'en').replace(/\s/g, ' ')).toBe('KWD 1,234.567')
    expect(formatMoney(9_000_000_000, 'GBP', 'en')).toBe('£90,000,000.00')
  })
})
