import { readings } from './pinyin.ts'
import { askedWords, comparable, fold, runsOf } from './text.ts'

/**
 * Short lists (parts, labour items) are found by any piece of what they are called; a column of folded text that is
 * read through is enough for them, where repairs and customers need an index of keys.
 */

const han = /\p{Script=Han}/u

/** How the Chinese characters of a name sound, written together, and their initials; for each reading. */
function soundsOf(name: string): string[] {
  const runs = runsOf(name).flatMap(({ text }) => [...text].filter((letter) => han.test(letter)))
  if (runs.length === 0) return []
  return readings(runs).flatMap((syllables) => [
    syllables.join(''),
    syllables.map((syllable) => syllable.slice(0, 1)).join(''),
  ])
}

/** What a thing is found by: its names with pinyin and initials, and its codes, folded and without signs. */
export function findableText(names: readonly string[], codes: readonly string[]): string {
  const written = [...names, ...codes].flatMap((text) => [fold(text), comparable(text)])
  const words = [...written, ...names.flatMap(soundsOf)]
  return [...new Set(words.filter((word) => word !== ''))].join(' ')
}

/** The pieces of a question that must all be in a findable text; empty when it asks for nothing. */
export function askedPieces(text: string): readonly string[] {
  return askedWords(text).words
}
