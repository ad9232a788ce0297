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
const denseStart = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u
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

const digit = /\p{N}/u
const letter = /\p{L}/u

/** Letters and digits of one word apart, so that `iPhone11` is found as "iphone 11" too. */
function partsOf(word: string): string[] {
  if (!digit.test(word)) return []
  const parts = word.match(/\p{L}{2,}|\p{N}{2,}/gu) ?? []
  return parts[0] === word ? [] : parts
}

function addDense(words: Set<string>, run: string): void {
  let before = ''
  for (const letter of run) {
    words.add(letter)
    if (before !== '') words.add(before + letter)
    before = letter
  }
}

export interface IndexWords {
  /** Under all of these the text is found. */
  readonly words: readonly string[]
  /** Those of them that a person may type by halves. */
  readonly spelled: readonly string[]
}

/**
 * Words under which a text is found: words of other scripts whole and by their letters and digits; Chinese,
 * Japanese and Korean as overlapping two-character pairs, and each character of its own.
 */
export function indexWords(text: string): IndexWords {
  const dense = new Set<string>()
  const spelled = new Set<string>()
  for (const run of runsOf(text)) {
    if (run.dense) addDense(dense, run.text)
    else {
      spelled.add(run.text.slice(0, longestWord))
      for (const part of partsOf(run.text)) spelled.add(part.slice(0, longestWord))
    }
  }
  return { words: [...dense, ...spelled], spelled: [...spelled].filter((word) => letter.test(word)) }
}

/** Every other pair, and the last one, cover a run; the pairs between them narrow little and cost as much. */
function coveringPairs(run: string): string[] {
  const letters = [...run]
  if (letters.length < 2) return letters
  const pairs: string[] = []
  for (let end = 2; end <= letters.length; end += 2) pairs.push(letters.slice(end - 2, end).join(''))
  if (letters.length % 2 === 1) pairs.push(letters.slice(-2).join(''))
  return pairs
}

export interface AskedWords {
  /** All of them must be in the text. */
  readonly words: readonly string[]
  /** The last word, when it may be half typed: it may also be the beginning of a longer one. */
  readonly unfinished: string | null
}

/**
 * The words that tell most are looked for: reading the rows of words that each stand in a tenth of all repairs,
 * and never together, takes a millisecond for each at a million.
 */
const mostWords = 4

/** A pair of Chinese characters is about as rare as a word of five letters; longer words are rarer. */
function telling(word: string): number {
  return denseStart.test(word) ? 5 : word.length
}

/** The words a person asks for. */
export function askedWords(text: string): AskedWords {
  const asked = runsOf(text)
  const words = asked.flatMap((run) =>
    run.dense ? coveringPairs(run.text) : [run.text.slice(0, longestWord)],
  )
  const last = asked.at(-1)
  const half = last !== undefined && !last.dense && last.text.length > 1 ? words.at(-1) : undefined
  const finished = [...new Set(words)].filter((word) => word !== half)
  const kept = finished
    .toSorted((a, b) => telling(b) - telling(a))
    .slice(0, half === undefined ? mostWords : mostWords - 1)
  return half === undefined ? { words: kept, unfinished: null } : { words: [...kept, half], unfinished: half }
}
