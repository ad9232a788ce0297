import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { languages } from '#contract/fields.ts'
import type { TimelineRow } from '#contract/repairs.ts'

import { i18n } from '../../src/renderer/src/app/i18n.ts'
import {
  ownWords,
  readAs,
  shownFacts,
  unreadFacts,
} from '../../src/renderer/src/components/repair/history-words.ts'
import {
  changesOf,
  factsOf,
  fieldLabel,
  lineTitle,
} from '../../src/renderer/src/components/repair/history.ts'
import { historyKeys } from './history-keys.ts'
import { playWholeRepairs } from './whole-repairs.ts'

/* A person reads the history of a repair; codes of the program have no place in it. */
const nameOf = (id: number, field: string): string => `${field} ${id}`
const lines = playWholeRepairs()
const isChange = (key: string): boolean => /\.(from|to)$/.test(key)

/** The facts of a line that a person reads: the key, and the name it is read under. */
function readFacts({ detail }: TimelineRow): [key: string, field: string][] {
  return Object.keys(detail).flatMap((key) => {
    const field = readAs(key, detail)
    const isRead = field !== undefined && !unreadFacts.has(field) && !isChange(key)
    return isRead ? [[key, field] as [string, string]] : []
  })
}

test('whatever the shop writes into a history has its place in the window', () => {
  const known = new Set<string>([...shownFacts, ...unreadFacts])
  const keys = new Set([...historyKeys(), ...lines.flatMap(({ detail }) => Object.keys(detail))])
  expect(keys.size).toBeGreaterThan(50)
  expect([...keys].filter((key) => !known.has(key) && !isChange(key))).toEqual([])
})

test('the repairs looked at here went through everything that writes a history', () => {
  const written = new Set(lines.flatMap(({ detail }) => Object.keys(detail)))
  expect([...historyKeys()].filter((key) => !written.has(key) && !isChange(key))).toEqual([])
})

describe.each(languages)('a history read in %s', (language) => {
  const usual = i18n.global.locale.value
  beforeEach(() => {
    i18n.global.locale.value = language
  })
  afterEach(() => {
    i18n.global.locale.value = usual
  })

  test('names every fact and every changed field in words', () => {
    const read = lines.flatMap((row) => readFacts(row).map(([, field]) => field))
    const changed = lines.flatMap(({ detail }) =>
      Object.keys(detail).flatMap((key) => (key.endsWith('.from') ? [key.slice(0, -'.from'.length)] : [])),
    )
    const nameless = [...new Set([...read, ...changed])].filter((field) => fieldLabel(field) === field)
    expect(nameless).toEqual([])
  })

  test('says every coded value in words', () => {
    const raw = lines.flatMap((row) => {
      const shown = new Set(factsOf(row, nameOf).map(({ value }) => value))
      return readFacts(row).flatMap(([key, field]) => {
        const value = row.detail[key]
        const isRaw = typeof value === 'string' && shown.has(value) && !ownWords.has(field)
        return isRaw ? [`${key}: ${value}`] : []
      })
    })
    expect(raw).toEqual([])
  })

  test('says every changed value in words', () => {
    const raw = lines.flatMap((row) =>
      changesOf(row, nameOf).flatMap(({ field, from, to }) =>
        [from, to].flatMap((value) => (/^[a-z]+(_[a-z]+)*$/.test(value) ? [`${field}: ${value}`] : [])),
      ),
    )
    expect(raw).toEqual([])
  })

  test('calls a line by what it is about', () => {
    const untitled = lines.filter(
      (row) =>
        row.kind === 'edit' &&
        !Object.keys(row.detail).some(isChange) &&
        lineTitle(row) === i18n.global.t('repairs.history.edit'),
    )
    expect(untitled.map(({ detail }) => detail)).toEqual([])
  })
})
