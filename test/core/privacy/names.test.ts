import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutPerson } from '#core/privacy/names.ts'

/* A free text about a device stays readable when the person it belonged to is taken out of it. */
const maria = withoutPerson({
  names: ['Maria Lopez'],
  phones: ['+86 138 7264 5911'],
  emails: ['m.l@example.org'],
})
const wang = withoutPerson({ names: ['王伟'], phones: ['13872645911'], emails: [] })

test.each([
  ['Maria Lopez: no sound', '—: no sound'],
  ['asked MARIA to wait', 'asked — to wait'],
  ['lopez called', '— called'],
  ['Mariachi music does not play', 'Mariachi music does not play'],
  ['write to m.l@example.org', 'write to —'],
  ['call 8613872645911 or +86-138-7264-5911.', 'call — or —.'],
  ['battery at 138 %', 'battery at 138 %'],
])('%s', (text, left) => expect(maria(text)).toBe(left))

test.each([
  ['王伟说开机黑屏', '—说开机黑屏'],
  ['电话138 7264 5911', '电话—'],
  ['王先生', '王先生'],
])('%s', (text, left) => expect(wang(text)).toBe(left))

test('whatever a person is called, their name goes and what stands around it stays', () => {
  const called = fc
    .string({ unit: 'grapheme', minLength: 2, maxLength: 30 })
    .map((name) => name.trim())
    .filter((name) => name.length >= 2)
  fc.assert(
    fc.property(called, (name) => {
      const redact = withoutPerson({ names: [name], phones: [], emails: [] })
      expect(redact(`（${name}）`)).toBe('（—）')
    }),
  )
})
