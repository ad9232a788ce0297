import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { describe, expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'

import { errorCodes } from '#contract/errors.ts'

import { filesUnder, root } from './sources.ts'

const languages = ['zh-CN', 'en'] as const
const folder = 'src/renderer/src/locales'

type Tree = { readonly [key: string]: string | Tree }

/* The texts of a language by their full key. Each file holds the keys under its own name: `open` in repairs.json
 * is `repairs.open`. */
const trees = Object.fromEntries(languages.map((language) => [language, readTree(language)]))
const texts = Object.fromEntries(languages.map((language) => [language, flatten(trees[language]!)]))

describe.each(languages)('the texts in %s', (language) => {
  const own = texts[language]!

  test('are all there: every key of the other language has its text', () => {
    const other = languages.find((candidate) => candidate !== language)!
    expect([...texts[other]!.keys()].filter((key) => !own.has(key))).toEqual([])
  })

  test('are never empty', () => {
    expect([...own].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  test('can be shown: braces, pipes and at signs are written as vue-i18n reads them', () => {
    expect(unreadable(language, [...own.keys()])).toEqual([])
  })

  test('say what to do about every error', () => {
    expect(errorCodes.filter((code) => !own.has(`errors.${code}`))).toEqual([])
  })

  test('hold every key that the window names', () => {
    const missing = namedKeys().filter(({ key }) => !own.has(key))
    expect(missing.map(({ key, path }) => `${path} shows ${key}`)).toEqual([])
  })
})

test('both languages fill the same placeholders', () => {
  const [one, two] = languages.map((language) => texts[language]!)
  const differing = [...one!]
    .filter(([key, text]) => two!.has(key) && placeholders(text) !== placeholders(two!.get(key)!))
    .map(([key, text]) => `${key}: ${placeholders(text)} and ${placeholders(two!.get(key)!)}`)
  expect(differing).toEqual([])
})

test('no error code is the beginning of another, so that each can have a text of its own', () => {
  const codes: readonly string[] = errorCodes
  const clash = codes.filter((code) => codes.some((other) => other.startsWith(`${code}.`)))
  expect(clash).toEqual([])
})

function readTree(language: string): Tree {
  const files = filesUnder(`${folder}/${language}`, ['.json'])
  return Object.fromEntries(
    files.map((file) => [
      basename(file, '.json'),
      JSON.parse(readFileSync(join(root, file), 'utf8')) as Tree,
    ]),
  )
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}

/** The names in braces, sorted. A quoted brace such as {'@'} is a literal, not a placeholder. */
function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\s*([A-Za-z_]\w*|\d+)\s*\}/g)].map((match) => match[1])
  return [...new Set(names)].sort().join(', ') || 'none'
}

/** Keys whose text vue-i18n cannot compile. */
function unreadable(language: string, keys: readonly string[]): string[] {
  const i18n = createI18n({ legacy: false, locale: language, messages: trees, missingWarn: false })
  const silent = console.warn
  const said: string[] = []
  console.warn = (...values: unknown[]) => said.push(String(values[0]))
  try {
    return keys.filter((key) => {
      const before = said.length
      try {
        i18n.global.t(key)
      } catch {
        return true
      }
      return said.slice(before).some((line) => line.includes('Message compilation error'))
    })
  } finally {
    console.warn = silent
  }
}

/** Keys that stand as plain strings in a call of t(…), or in keypath="…". Keys put together at run time are
 * proved by the tests of what puts them together. */
function namedKeys(): { key: string; path: string }[] {
  return filesUnder('src/renderer', ['.ts', '.vue']).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const calls = text.matchAll(/(?<![\w.])\$?t\(\s*(['"`])([\w.-]+)\1/g)
    const paths = text.matchAll(/\bkeypath="([\w.-]+)"/g)
    const keys = [...[...calls].map((match) => match[2]), ...[...paths].map((match) => match[1])]
    return keys.filter((key) => key !== undefined).map((key) => ({ key, path }))
  })
}
