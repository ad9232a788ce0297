import type { DictionaryEntry } from '#contract/dictionaries.ts'

/** Words that say nothing about which problem it is. */
const empty = new Set([
  'a',
  'an',
  'and',
  'does',
  'do',
  'is',
  'it',
  'no',
  'not',
  'of',
  'on',
  'or',
  'the',
  'to',
  'up',
  'with',
])

/** English words cut to their stem, roughly: "charging" and "charge" are the same word here. */
function stems(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]{2,}/g) ?? [])
    .filter((word) => !empty.has(word))
    .map((word) => (word.length > 5 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word.replace(/(?:s|e)$/, '')))
}

/** Neighbouring pairs of Chinese characters; a name of one character stands for itself. */
function pairs(text: string): string[] {
  const runs = text.match(/\p{Script=Han}+/gu) ?? []
  return runs.flatMap((run) =>
    run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
  )
}

interface Fit {
  /** The part of the name's words that the text has, 0 to 1. */
  readonly share: number
  /** Where the first of them stands in the text: what a customer says first is what they came for. */
  readonly first: number
}

function fitOf(name: readonly string[], text: readonly string[]): Fit {
  const places = name.map((word) => text.indexOf(word)).filter((place) => place >= 0)
  return { share: name.length === 0 ? 0 : places.length / name.length, first: Math.min(...places) }
}

function isBetter(fit: Fit, entry: DictionaryEntry, best: { fit: Fit; entry: DictionaryEntry }): boolean {
  if (fit.share !== best.fit.share) return fit.share > best.fit.share
  if (fit.first !== best.fit.first) return fit.first < best.fit.first
  return entry.repairsCount > best.entry.repairsCount
}

/* Half of "no power" in a long story is still a hint; one pair of six is chance. */
const enough = 0.3

/**
 * The problem type whose name, in either language, has most of its words in what the customer said; among equals
 * the one said first, then the one used more often. Undefined when none fits.
 */
export function suggestProblem(
  faultText: string,
  types: readonly DictionaryEntry[],
): DictionaryEntry | undefined {
  const [english, chinese] = [stems(faultText), pairs(faultText)]
  let best: { entry: DictionaryEntry; fit: Fit } | undefined
  for (const entry of types) {
    const fits = [fitOf(stems(entry.label.en), english), fitOf(pairs(entry.label.zh), chinese)]
    for (const fit of fits) {
      if (fit.share >= enough && (!best || isBetter(fit, entry, best))) best = { entry, fit }
    }
  }
  return best?.entry
}
