import { shortestPart, soundKeys, type Reader } from './keys.ts'
import { indexWords, type IndexWords } from './text.ts'

/**
 * The words by which a repair is found through its customer, so that "王 屏幕", "wang screen" and "5911 screen" are
 * one question to the index of words instead of two lists that are compared (decision 006). Pure.
 */
export interface Person {
  /** The customer's own name and those of contacts. */
  readonly names: readonly string[]
  /** Digits in national form. */
  readonly phones: readonly string[]
}

/**
 * Names as written, each syllable, the whole and the given name in pinyin, and initials; phones by their last four
 * digits. Only syllables and words in letters may be typed by halves: whole names in pinyin are too many for that.
 */
export function personWords({ names, phones }: Person, read: Reader): IndexWords {
  const words = new Set<string>()
  const spelled = new Set<string>()
  for (const name of names) {
    const written = indexWords(name)
    for (const word of written.words) words.add(word)
    for (const word of written.spelled) spelled.add(word)
    const { syllables, joined } = soundKeys(name, read)
    for (const syllable of syllables) {
      words.add(syllable)
      spelled.add(syllable)
    }
    for (const sound of joined) words.add(sound)
  }
  for (const digits of phones) if (digits.length >= shortestPart) words.add(digits.slice(-shortestPart))
  return { words: [...words], spelled: [...spelled] }
}
