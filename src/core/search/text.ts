/**
 * The comparable form of texts and how they fall into words; the same for what is stored and what is looked
 * for (decision 006). Pure.
 */

/** Letters that Unicode does not take apart into a base letter and a mark. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ς: 'σ',
}
const ascii = /^[\u0020-\u007e]*$/
const marks = /[\u0300-\u036f]/g
const special = /[ßæœøđðþłħıŧς]/g

/** Lower case, full-width forms narrowed, accents taken off; blanks and punctuation stay. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').toLowerCase().replace(marks, '')
  // Composed again, because the marks of Japanese and Korean are letters of their own, not accents.
  return bare.replace(special, (letter) => plain[letter] ?? letter).normalize('NFC')
}

/** Folded, letters and digits only: `+86 138-0013` and `86１３８００１３` become one. */
export function comparable(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '')
}

// Scripts written without blanks between words.
const runs =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+)|([[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]]+)/gv

export interface Run {
  /** True for Chinese, Japanese and Korean. */
  readonly dense: boolean
  readonly text: string
}

/** The runs of a text: Chinese, Japanese and Korean apart from words of other scripts. */
export function runsOf(text: string): Run[] {
  return [...fold(text).matchAll(runs)].map(([text, dense]) => ({ dense: dense !== undefined, text }))
}

/** Nobody looks for more than the beginning of a longer word. */
const longestWord = 40

function pairs(text: string): string[] {
  const letters = [...text]
  if (letters.length === 1) return letters
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
}

/** Letters and digits of one word apart, so that `iPhone11` is found as "iphone 11" too. */
function partsOf(word: string): string[] {
  const parts = word.match(/\p{L}{2,}|\p{N}{2,}/gu) ?? []
  return parts[0] === word ? [] : parts
}

/**
 * Words under which a text is found: words of other scripts whole and by their letters and digits; Chinese,
 * Japanese and Korean as overlapping two-character pairs, and each character of its own.
 */
export function indexWords(text: string): string[] {
  const words = new Set<string>()
  for (const run of runsOf(text)) {
    if (run.dense) {
      for (const pair of pairs(run.text)) words.add(pair)
      for (const letter of run.text) words.add(letter)
    } else {
      words.add(run.text.slice(0, longestWord))
      for (const part of partsOf(run.text)) words.add(part.slice(0, longestWord))
    }
  }
  return [...words]
}

export interface AskedWords {
  /** All of them must be in the text. */
  readonly words: readonly string[]
  /** The last word may be half typed: it may also be the beginning of a longer one. */
  readonly unfinished: boolean
}

/** More words than these narrow nothing down any further. */
const mostWords = 16

/** The words a person asks for. */
export function askedWords(text: string): AskedWords {
  const asked = runsOf(text)
  const words = asked.flatMap((run) => (run.dense ? pairs(run.text) : [run.text.slice(0, longestWord)]))
  const last = asked.at(-1)
  const distinct = [...new Set(words)]
  return {
    words: distinct.slice(0, mostWords),
    unfinished: last !== undefined && !last.dense && last.text.length >= 3 && distinct.length <= mostWords,
  }
}
