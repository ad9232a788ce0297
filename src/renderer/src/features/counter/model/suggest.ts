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

/** The part of the name's words that the text has, 0 to 1. */
function share(name: readonly string[], text: ReadonlySet<string>): number {
  if (name.length === 0) return 0
  return name.filter((word) => text.has(word)).length / name.length
}

/* Half of "no power" in a long story is still a hint; one pair of six is chance. */
const enough = 0.3

/**
 * The problem type whose name, in either language, has most of its words in what the customer said; the one used
 * more often when two fit alike. Undefined when none fits.
 */
export function suggestProblem(
  faultText: string,
  types: readonly DictionaryEntry[],
): DictionaryEntry | undefined {
  const words = new Set([...stems(faultText), ...pairs(faultText)])
  if (words.size === 0) return undefined
  let best: { entry: DictionaryEntry; score: number } | undefined
  for (const entry of types) {
    const score = Math.max(share(stems(entry.label.en), words), share(pairs(entry.label.zh), words))
    if (score < enough) continue
    const better =
      !best || score > best.score || (score === best.score && entry.repairsCount > best.entry.repairsCount)
    if (better) best = { entry, score }
  }
  return best?.entry
}
