import { describe, expect, test } from 'vitest'

import { cleanText, decodeEscapes, decodeHtml, foldWord } from '#host/tabular/clean.ts'
import { compileDates } from '#host/tabular/dates.ts'
import { isDestroyedIdentifier, readDecimal, readScaled } from '#host/tabular/numbers.ts'
import { readPhone, readPhones } from '#host/tabular/phones.ts'

describe('a date is read in the format the shop uses', () => {
  test.each([
    ['YYYY-MM-DD', '2023-10-27', '2023-10-27'],
    ['YYYY/M/D', '2023/1/5', '2023-01-05'],
    ['YYYY年M月D日', '2023年1月5日', '2023-01-05'],
    ['D/M/YYYY', '05/01/2023', '2023-01-05'],
    ['M/D/YYYY', '01/05/2023', '2023-01-05'],
    ['D.M.YYYY', '5.1.2023', '2023-01-05'],
    ['D/M/YY', '5/1/24', '2024-01-05'],
    ['D/M/YY', '5/1/71', '1971-01-05'],
    ['YYYYMMDD', '20231027', '2023-10-27'],
    ['EXCEL', '45226', '2023-10-27'],
    ['D/M/YYYY', '２７／１０／２０２３', '2023-10-27'],
  ])('%s: %s', (format, written, on) => {
    expect(compileDates([format])(written)?.on).toBe(on)
  })

  test.each([
    ['2023-10-27 09:05', '09:05:00'],
    ['2023-10-27T09:05:30.250Z', '09:05:30'],
    ['2023-10-27  9:05:30', '09:05:30'],
    ['2023-10-27', '00:00:00'],
  ])('with a time behind it: %s', (written, time) => {
    expect(compileDates([])(written)).toEqual({ on: '2023-10-27', time })
  })

  test("and an ISO date always, because a spreadsheet's date cells become one", () => {
    expect(compileDates(['D/M/YYYY'])('2023-10-27')?.on).toBe('2023-10-27')
  })

  test.each([
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-01-32',
    '1899-12-31',
    '2201-01-01',
    '2023-10-27 25:00',
    'yesterday',
    '27-10-2023',
    '',
    '2023-10-270',
  ])('but never when there is no such day: %s', (written) => {
    expect(compileDates(['YYYY-MM-DD'])(written)).toBeNull()
  })

  test('and the 29th of February only in leap years', () => {
    const read = compileDates([])
    expect(['2024-02-29', '2000-02-29', '1900-02-29', '2100-02-29'].map((day) => read(day) !== null)).toEqual(
      [true, true, false, false],
    )
  })

  test('and eight digits without separators are not cut at will', () => {
    expect(compileDates(['YYYYMMDD'])('2023115')).toBeNull()
  })
})

describe('an amount is read to the cent', () => {
  test.each<[string, number, '.' | ',', number | null]>([
    ['1234.56', 2, '.', 123_456],
    ['1,234.56', 2, '.', 123_456],
    ['¥ 1,234.5', 2, '.', 123_450],
    ['12元', 2, '.', 1200],
    ['RMB 12.30', 2, '.', 1230],
    ['1.234,56', 2, ',', 123_456],
    ['-0.07', 2, '.', -7],
    ['.5', 2, '.', 50],
    ['0.10', 2, '.', 10],
    ['100', 0, '.', 100],
    ['100.00', 0, '.', 100],
    ['１２３', 0, '.', 123],
    ['0.105', 2, '.', null],
    ['1,5', 2, '.', null],
    ['1,234,56', 2, '.', null],
    ['12 months', 2, '.', null],
    ['1e5', 2, '.', null],
    ['--5', 2, '.', null],
    ['', 2, '.', null],
    ['.', 2, '.', null],
    ['99999999999999999', 2, '.', null],
  ])('%s with %i decimals and mark %s', (written, places, mark, minor) => {
    expect(readScaled(written, places, mark)).toBe(minor)
  })

  test('and an age to half a year', () => {
    expect(['0.5', '11.5', '150', '2,5'].map((age) => readDecimal(age, '.'))).toEqual([0.5, 11.5, 150, null])
    expect(readDecimal('2,5', ',')).toBe(2.5)
  })
})

describe('phone numbers', () => {
  test.each([
    ['138 0013 8000', '138 0013 8000'],
    ['（０２１）１２３４５６７８', '(021)12345678'],
    ['+86-138-0013-8000', '+86-138-0013-8000'],
    ['12', null],
    ['ask Wang', null],
    ['123456789012345678901', null],
  ])('%s', (written, phone) => {
    expect(readPhone(written)).toBe(phone)
  })

  test('several in one cell are told apart', () => {
    expect(readPhones('13800138000；021-12345678、 0755 1234567')).toEqual([
      '13800138000',
      '021-12345678',
      '0755 1234567',
    ])
    expect(readPhones('13800138000/13900139000')).toEqual(['13800138000', '13900139000'])
    expect(readPhones('0211/123456')).toEqual(['0211/123456'])
    expect(readPhones('13800138000,13800138000')).toEqual(['13800138000'])
    expect(readPhones('13800138000, none')).toBeNull()
  })

  test.each([
    ['3.56938E+14', true],
    ['1,38E+10', true],
    ['1E5', false],
    ['356938035643809', false],
    ['E5', false],
    ['5E+1x', false],
  ])('a number that a spreadsheet has rounded is seen: %s', (text, destroyed) => {
    expect(isDestroyedIdentifier(text)).toBe(destroyed)
  })
})

describe('text', () => {
  test('loses control characters, marks and direction overrides and says so', () => {
    expect(cleanText('a\u0000b\u0007\u001b[31m\u007f\u0085\u200b\u202ec\ufeff', true)).toEqual({
      text: 'ab[31mc',
      removed: true,
    })
  })

  test('keeps line breaks of every system where they belong, and has blanks instead where they do not', () => {
    expect(cleanText('a\r\nb\rc\nd\u2028e', true)).toEqual({ text: 'a\nb\nc\nd\ne', removed: false })
    expect(cleanText('a\r\n\tb', false)).toEqual({ text: 'a b', removed: false })
  })

  test('keeps emoji, joined emoji and rare characters whole, and mends halves of them', () => {
    expect(cleanText('👩‍🔧 𠮷\n', true).text).toBe('👩‍🔧 𠮷\n')
    expect(cleanText('a\ud800b', true).text).toBe('a\ufffdb')
  })

  test('keeps what looks like a formula as it is', () => {
    expect(cleanText("=cmd|'/c calc'!A0", false)).toEqual({ text: "=cmd|'/c calc'!A0", removed: false })
  })

  test('that was kept as HTML is read', () => {
    expect(decodeHtml('Busch &amp; J&#228;ger -&gt; 5&#x20;V<br>dead<p>x</p>')).toBe(
      'Busch & Jäger -> 5 V\ndeadx\n',
    )
    expect(decodeHtml('A&B; 1 < 2 &bogus; &#0; &#9999999;')).toBe('A&B; 1 < 2 &bogus; &#0; &#9999999;')
  })

  test('with line breaks written out is read', () => {
    expect(decodeEscapes('- leaks\\r\\n- too little\\tcoffee\\n')).toBe('- leaks\n- too little\tcoffee\n')
  })

  test('is compared without case, width and blanks', () => {
    expect(foldWord(' End  of\u3000LIFE')).toBe(foldWord('endoflife'))
    expect(foldWord('ＩＭＥＩ')).toBe('imei')
  })
})
