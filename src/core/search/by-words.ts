import type { QueryContext } from '../context.ts'
import { splitParts } from './asked.ts'
import { begunWith, findByKeys, newestFirst, repairsOfRank } from './by-keys.ts'
import { personWords } from './person-words.ts'
import { readings } from './pinyin.ts'
import { toldOfRepairs } from './repair-words.ts'
import { completionsOf, repairsWithWords } from './store.ts'
import { askedWords, fold, indexWords, type AskedWords, type IndexWords } from './text.ts'

/** What a text finds by words of the fault, the device and the customer. */

/** Repairs whose text has the words, newest first; a half-typed last word only where whole ones find too little. */
export function repairsByText(ctx: QueryContext, text: string, limit: number): number[] {
  const { words, unfinished } = askedWords(text)
  if (words.length === 0) return []
  const whole = repairsWithWords(
    ctx.db,
    words.map((word) => [word]),
    limit,
  )
  if (whole.length >= limit || unfinished === null) return whole
  const longer = completionsOf(ctx.db, unfinished)
  if (longer.length === 0) return whole
  const groups = [...words.slice(0, -1).map((word) => [word]), longer]
  return [...whole, ...repairsWithWords(ctx.db, groups, limit)]
}

/** Of each kind of thing a part of an identifier leads to, so many of the newest are looked at, */
const mostLedTo = 20
/** and so many of the newest repairs of all of them are compared with the other words. */
const mostCompared = 60

/**
 * Repairs by a part of a number, phone, serial or IMEI together with words: "0302001 屏幕", "f2lxk screen". The
 * words of what the part leads to are compared one by one, because identifiers are no words of the text's index.
 */
export function repairsByParts(ctx: QueryContext, text: string, limit: number): number[] {
  const { parts, rest } = splitParts(text)
  const asked = askedWords(rest)
  const [first, ...others] = parts
  if (first === undefined || asked.words.length === 0) return []
  let candidates = repairsOfPart(ctx, first)
  for (const part of others) {
    const also = new Set(repairsOfPart(ctx, part))
    candidates = candidates.filter((id) => also.has(id))
  }
  return candidatesWithWords(ctx, candidates, asked).slice(0, limit)
}

/** The newest repairs an identifier's part leads to, newest first. */
function repairsOfPart(ctx: QueryContext, part: string): number[] {
  const found = findByKeys(ctx, part)
  const hits = [0, 1] as const
  const dated = [
    ...hits.flatMap((rank) => repairsOfRank(ctx, found, rank, mostLedTo)),
    ...begunWith(ctx, part, mostLedTo),
  ].toSorted(newestFirst)
  return [...new Set(dated.map(({ id }) => id))].slice(0, mostCompared)
}

/** Those of the repairs that have all words, in their own text or by the name of who brought them. */
function candidatesWithWords(ctx: QueryContext, ids: readonly number[], asked: AskedWords): number[] {
  const { words, unfinished } = asked
  const missing = (wanted: readonly string[], { words: there, spelled }: IndexWords) =>
    wanted.filter(
      (word) =>
        !there.includes(word) && !(word === unfinished && spelled.some((longer) => longer.startsWith(word))),
    )
  const found = toldOfRepairs(ctx.db, ids).filter(({ told, names }) => {
    const folded = fold(told)
    // A word of a text stands in it as it is. Only where that is so the text is worth being taken apart.
    const possible = words.some((word) => folded.includes(word))
    const left = possible ? missing(words, indexWords(told)) : words
    return left.length === 0 || missing(left, personWords({ names, phones: [] }, readings)).length === 0
  })
  return found.map(({ id }) => id)
}
