import fc from 'fast-check'
import { expect, test } from 'vitest'

import { firstLines, oneLine, printable, shorten, wrap } from '#host/documents/text.ts'

/** Chinese characters are one wide, others a half: near enough to the fonts. */
const measure = (text: string) =>
  Array.from(text).reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? 1 : 0.5), 0)

const written = fc
  .array(fc.constantFrom(...'屏幕碎裂，触摸失灵。（左）“好”abc DEF 0123 4-5/6, (x) é …\n'), {
    maxLength: 300,
  })
  .map((characters) => characters.join(''))

test('breaking into lines loses no character and makes no line too wide', () => {
  fc.assert(
    fc.property(written, fc.integer({ min: 3, max: 40 }), (text, width) => {
      const lines = wrap(printable(text), width, measure)
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width)
    }),
  )
})

test('no line begins with a closing mark or ends with an opening one', () => {
  const lines = wrap('设备（手机）开机后，屏幕闪烁；触摸“失灵”。充电时：发热、自动关机！', 6, measure)
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) {
    expect(line).not.toMatch(/^[，。；：、！）”]/)
    expect(line).not.toMatch(/[（“]$/)
  }
})

test('Latin words stay whole unless one is wider than the line', () => {
  expect(wrap('the touch screen does not react', 6, measure)).toEqual([
    'the touch',
    'screen does',
    'not react',
  ])
  expect(wrap('SN-0123456789ABCDEF', 5, measure)).toEqual(['SN-0123456', '789ABCDEF'])
})

test('breaking can stop as soon as there are too many lines', () => {
  fc.assert(
    fc.property(written, fc.integer({ min: 1, max: 5 }), (text, limit) => {
      const all = wrap(printable(text), 10, measure)
      const some = wrap(printable(text), 10, measure, limit + 1)
      expect(some.length > limit).toBe(all.length > limit)
      expect(some.slice(0, limit)).toEqual(all.slice(0, limit))
    }),
  )
})

test('a shortened text fits and says that it was shortened', () => {
  fc.assert(
    fc.property(written.map(oneLine), fc.integer({ min: 1, max: 30 }), (text, width) => {
      const short = shorten(text, width, measure)
      expect(measure(short)).toBeLessThanOrEqual(Math.max(width, measure('…')))
      const fits = measure(text) <= width
      expect(fits ? short : short.at(-1)).toBe(fits ? text : '…')
    }),
  )
})

test('a cut never splits a character that takes two code units', () => {
  expect(shorten('𠮷𠮷𠮷𠮷', 3, (text) => Array.from(text).length)).toBe('𠮷𠮷…')
})

test('the last of too many lines carries the note, within its width', () => {
  expect(firstLines(['一二三四', '五六七八', '九十'], 2, 4, measure, '…')).toEqual(['一二三四', '五六七…'])
  expect(firstLines(['一二'], 2, 4, measure, '…')).toEqual(['一二'])
})

test('controls, marks without width and lone halves of characters are not printed', () => {
  expect(printable('a\u0007b\u202Ec\u200Bd\uFEFF')).toBe('abcd')
  expect(printable('x\uD800y')).toBe('x\uFFFDy')
  expect(printable(' one \r\n\r\n\u2028 two\t three ')).toBe('one\ntwo three')
  expect(oneLine('one\ntwo')).toBe('one two')
  expect(oneLine(null)).toBe('')
})
