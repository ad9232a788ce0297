import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { searchShop, type SearchShop } from './kit.ts'

/* Whatever is typed or scanned into the box is looked for; nothing of it is taken for a command. */
let shop: SearchShop
let id: number
beforeAll(() => {
  shop = searchShop()
  id = shop.bring({ visit: { faultText: 'screen near the hinge 黑屏' } }).id
  shop.bring({ visit: { faultText: 'quiet fan' } })
})
afterAll(() => shop.close())

/** `found` whatever came of it, or the code with which the box refused the text. */
function looked(text: string): string {
  try {
    shop.find(text)
    return 'found'
  } catch (error) {
    return refusal(() => {
      throw error
    }).code
  }
}

test.each([
  'screen"',
  '"screen',
  '"screen near"',
  'screen*',
  '*screen',
  '^screen',
  '+screen',
  '-screen',
  'screen NEAR hinge',
  'NEAR(screen hinge)',
  '(screen',
  'screen)))',
  'screen\\',
  "screen' --",
  'screen 🙂 hinge',
  '💥黑屏💥',
  '"黑屏" *',
  'screen ~!@#$%^&*()_+{}|:"<>?`-=[];\\\',./',
])('%s finds what its words find', (text) => {
  expect(shop.repairs(text)).toEqual([id])
})

test.each([
  'screen OR fan',
  'screen NOT hinge',
  'screen AND fan',
  'words:screen',
  '{words}: screen',
  'rowid:1',
])('%s looks for its words and understands no operator', (text) => {
  expect(shop.repairs(text)).toEqual([])
})

test.each(['', ' ', '"', '""', '*', '-', '^', '()', '🙂', '%', '_', '….', '\u{10FFFF}', '～', '—'])(
  'there is nothing to find for %j',
  (text) => {
    expect(shop.find(text)).toEqual({ repairs: [], customers: [], devices: [], exactRepairUid: null })
  },
)

/** What no field takes: controls, line separators, marks that turn the direction of writing. */
const unwritable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

describe('the box', () => {
  test.each(['\u0000', 'a\u0007b', 'screen\n', '\u202Escreen', '\u009f', '\uD800'])(
    'refuses control characters: %j',
    (text) => {
      expect(refusal(() => shop.find(text))).toMatchObject({ code: 'field.control_character', path: 'text' })
    },
  )

  test('takes two hundred characters of anything and refuses more', () => {
    for (const sign of ['a', '1', '黑', '"', '🙂', 'ß', '한', '('])
      expect(shop.find(sign.repeat(200 / sign.length)).exactRepairUid).toBeNull()
    expect(refusal(() => shop.find('a'.repeat(201)))).toMatchObject({ code: 'field.too_long', path: 'text' })
  })

  test('never fails, whatever the text', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '"',
        '*',
        'NEAR',
        'AND',
        '黑屏',
        '138',
        '+86',
        '~',
        '０',
        'ﬃ',
        'İ',
        '\u{2F800}',
        '𐒰a𐒰',
        'ก็',
      ),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const text = words.join(' ').slice(0, 200)
        expect(['found', 'field.control_character']).toContain(looked(text))
      }),
      { numRuns: 500 },
    )
  })

  test('finds a fault again by its own text, whatever it holds', () => {
    const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(text, (words) => {
        // Whole characters only, and none that a line of text may not hold.
        const faultText = [...words.join(' ').replace(unwritable, ' ')].slice(0, 90).join('')
        if (!/[\p{L}\p{N}]/u.test(faultText.normalize('NFKD'))) return
        const { id } = shop.bring({ visit: { faultText } })
        expect(shop.find(faultText, 50).repairs.map((card) => card.id)).toContain(id)
      }),
      { numRuns: 100 },
    )
  })
})
