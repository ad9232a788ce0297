import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phoneDigits } from '#contract/names.ts'

/* One phone has one normal form, however it is written, so that a returning customer is recognised. */

const written: [string, string, string[]][] = [
  [
    'a mobile in China',
    'CN',
    [
      '13800138000',
      '138 0013 8000',
      '138-0013-8000',
      '+86 138 0013 8000',
      '+8613800138000',
      '0086 138 0013 8000',
      '86 138 0013 8000',
      '+86 138.0013.8000',
    ],
  ],
  [
    'a landline in Beijing',
    'CN',
    [
      '010 6552 9988',
      '010-65529988',
      '(010)65529988',
      '+86 10 6552 9988',
      '+86 (0)10 6552 9988',
      '0086-10-65529988',
    ],
  ],
  ['a landline in Shenzhen', 'CN', ['0755 8888 6666', '+86 755 8888 6666', '0755-88886666']],
  ['a service number in China', 'CN', ['400 810 6666', '+86 400 810 6666', '4008106666']],
  [
    'a landline in Germany',
    'DE',
    ['030 901820', '030/901820', '+49 30 901820', '+49 (0)30 901820', '0049 30 901820'],
  ],
  [
    'a mobile in Britain',
    'GB',
    ['07911 123456', '+44 7911 123456', '+44 (0)7911 123456', '0044 7911 123456'],
  ],
  [
    'a number in the United States',
    'US',
    ['(415) 555-2671', '415.555.2671', '+1 415 555 2671', '1 415 555 2671', '1-415-555-2671'],
  ],
]

test.each(written)('%s is one phone in every way people write it', (_what, country, forms) => {
  expect(new Set(forms.map((form) => phoneDigits(form, country))).size).toBe(1)
})

test('a foreign number keeps its country code, so that it is not taken for a local one', () => {
  expect(phoneDigits('+49 30 901820', 'CN')).toBe('4930901820')
  expect(phoneDigits('+49 30 901820', 'CN')).not.toBe(phoneDigits('030 901820', 'CN'))
})

const separator = fc.constantFrom('', ' ', '-', '.', ' / ', '  ')
const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`)

/** The digits with a separator after some of them. */
function spaced(digits: string, marks: readonly string[]): string {
  return [...digits].map((digit, index) => digit + (marks[index] ?? '')).join('')
}

test('no way of spacing a Chinese mobile, with or without the country, makes it another phone', () => {
  const prefix = fc.constantFrom('', '+86', '+86 ', '0086', '86')
  fc.assert(
    fc.property(mobile, prefix, fc.array(separator, { maxLength: 10 }), (digits, before, marks) => {
      expect(phoneDigits(before + spaced(digits, marks), 'CN')).toBe(digits)
    }),
  )
})

test('two different Chinese mobiles are never one phone', () => {
  fc.assert(
    fc.property(mobile, mobile, (a, b) => {
      fc.pre(a !== b)
      expect(phoneDigits(`+86 ${a}`, 'CN')).not.toBe(phoneDigits(b, 'CN'))
    }),
  )
})

test('the normal form holds digits only, whatever is typed', () => {
  const typed = fc.string({ unit: fc.constantFrom(...'0123456789+- ()/.x'), maxLength: 40 })
  fc.assert(
    fc.property(typed, fc.constantFrom('CN', 'US', 'DE', 'GB', 'XX'), (text, country) => {
      expect(phoneDigits(text, country)).toMatch(/^\d*$/)
    }),
  )
})
