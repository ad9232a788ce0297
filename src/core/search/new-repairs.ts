import type { CommandContext } from '../context.ts'
import { repairKeys, type SearchKey } from './keys.ts'
import { personWords } from './person-words.ts'
import { readings } from './pinyin.ts'
import { entryWords, insertKey, insertSpelled, insertWords, personOf } from './store.ts'
import { indexWords, type IndexWords } from './text.ts'

/** What a device made for a repair is called: ids of its category, brand and model, and a model in free text. */
export interface DeviceNames {
  readonly entryIds: readonly (number | null)[]
  readonly modelText: string
}

/** Makes many new repairs found. Nothing is promised before `finish`, which belongs to the same transaction. */
export interface NewRepairIndex {
  add(
    repair: { readonly repairId: number; readonly number: string; readonly words: string },
    device: DeviceNames,
    /** Who brought it; null for a unit of the shop's own. */
    customerId: number | null,
  ): void
  finish(): void
}

const kept = new Map<string, IndexWords>()
const mostKept = 5000

/** Words of a name of the dictionaries; the same few hundred come with nearly every repair. */
function wordsOfName(name: string): IndexWords {
  let words = kept.get(name)
  if (words === undefined) {
    if (kept.size >= mostKept) kept.clear()
    words = indexWords(name)
    kept.set(name, words)
  }
  return words
}

function byKey(a: SearchKey, b: SearchKey): number {
  return a.key < b.key ? -1 : Number(a.key > b.key)
}

/**
 * The same as `indexRepair` for repairs nobody could find before: nothing is taken out first, names of devices are
 * read once, and keys and words go in sorted, so that a large file's B-trees are walked once per batch. The free
 * texts go in last and in one go: FTS5 writes to disk what it has gathered whenever a statement with a trigger (such
 * as adding a repair) comes between.
 */
export function indexNewRepairs(ctx: CommandContext): NewRepairIndex {
  const names = new Map<number, IndexWords>()
  const people = new Map<number, IndexWords>()
  const spelled = new Set<string>()
  const keys: (SearchKey & { readonly ref: number })[] = []
  const texts: { readonly repairId: number; readonly words: readonly string[] }[] = []
  const nameOf = (id: number): IndexWords => {
    let name = names.get(id)
    if (name === undefined) {
      name = wordsOfName(entryWords(ctx.db, id))
      names.set(id, name)
    }
    return name
  }
  const personWithId = (id: number): IndexWords => {
    let person = people.get(id)
    if (person === undefined) {
      person = personWords(personOf(ctx.db, id), readings)
      people.set(id, person)
    }
    return person
  }
  return {
    add({ repairId, number, words }, device, customerId) {
      const named = device.entryIds.flatMap((id) => (id === null ? [] : nameOf(id)))
      const found = [indexWords(`${words} ${device.modelText}`), ...named]
      if (customerId !== null) found.push(personWithId(customerId))
      texts.push({ repairId, words: [...new Set(found.flatMap((part) => part.words))] })
      for (const part of found) for (const word of part.spelled) spelled.add(word)
      for (const key of repairKeys(number, ctx.settings.code)) keys.push({ ...key, ref: repairId })
    },
    finish() {
      for (const { key, kind, ref } of keys.sort(byKey)) insertKey(ctx.db, key, kind, ref)
      if (spelled.size > 0) insertSpelled(ctx.db, [...spelled].sort())
      for (const { repairId: id, words } of texts) insertWords(ctx.db, id, words)
      keys.length = 0
      texts.length = 0
      spelled.clear()
    },
  }
}
