import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFields, importTargets, type ImportTarget } from '#contract/import-profile.ts'
import { suggestMapping } from '#host/tabular/suggest.ts'

/* The empty lists the window hands out are headed with its own words for our fields. */
const root = join(import.meta.dirname, '..', '..')

type Words = Record<ImportTarget, Record<string, string>>

function fieldWords(language: string): Words {
  const path = join(root, 'src/renderer/src/locales', language, 'imports.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { field: Words }).field
}

const cases = ['zh-CN', 'en'].flatMap((language) =>
  importTargets.map((target) => [language, target] as const),
)

describe.each(cases)('the template in %s for %s', (language, target) => {
  const words = fieldWords(language)[target]

  test('names every field there is, each differently', () => {
    expect(Object.keys(words).toSorted()).toEqual(importFields[target].map(({ field }) => field).toSorted())
    expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length)
  })

  test('is understood without a mapping when it comes back filled in', () => {
    const { sourceKey, ...fields } = words
    const headings = target === 'repairs' ? Object.values(fields) : [sourceKey!, ...Object.values(fields)]
    const row = headings.map((_, index) => `value ${index}`)
    const { profile, unmatchedColumns } = suggestMapping(target, headings, [row])
    expect(unmatchedColumns).toEqual([])
    const read = Object.fromEntries(profile.columns.map(({ column, field }) => [field, column]))
    expect(read).toEqual(fields)
    expect(profile.sourceKey).toEqual([target === 'repairs' ? fields['number'] : sourceKey])
  })
})
