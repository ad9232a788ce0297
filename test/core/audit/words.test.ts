import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { everyMethod } from '#contract/index.ts'

/* Whatever may stand in the audit log has words in both languages: what is missing would be shown as a code. */
interface Words {
  readonly method: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly area: Readonly<Record<string, string>>
}

const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'renderer', 'src', 'locales')

describe.each(['zh-CN', 'en'])('the audit log in %s', (language) => {
  const words = JSON.parse(readFileSync(join(folder, language, 'audit.json'), 'utf8')) as Words

  test('says of every act what it was', () => {
    const missing = Object.entries(everyMethod).flatMap(([module, verbs]) =>
      Object.entries(verbs)
        .filter(([verb, { kind }]) => kind !== 'query' && !words.method[module]?.[verb])
        .map(([verb]) => `${module}.${verb}`),
    )
    expect(missing).toEqual([])
  })

  test('says of everything that can be looked at what it is about', () => {
    expect(Object.keys(everyMethod).filter((module) => !words.area[module])).toEqual([])
  })
})
