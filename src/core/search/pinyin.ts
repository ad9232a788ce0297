import { createRequire } from 'node:module'
import type * as pinyinPro from 'pinyin-pro'

type Library = typeof pinyinPro

let library: Library | undefined

/**
 * Loaded by the first Chinese name that is written, not when the program starts: reading its tables takes as
 * long as opening the shop's file. It is required, because a command is synchronous and cannot await an import.
 */
function load(): Library {
  library ??= createRequire(import.meta.url)('pinyin-pro') as Library
  return library
}

const surname = { toneType: 'none', type: 'array', v: true, surname: 'head' } as const
const common = { toneType: 'none', type: 'array', v: true, surname: 'off' } as const

/** 吕 is typed `lv` by most, `lu` by some, and written `lyu` in passports. */
function spellings(reading: readonly string[]): string[][] {
  if (!reading.some((syllable) => syllable.includes('v'))) return [[...reading]]
  return ['v', 'u', 'yu'].map((vowel) => reading.map((syllable) => syllable.replace('v', vowel)))
}

const kept = new Map<string, string[][]>()
const mostKept = 10_000

/**
 * How the characters of a name are read, one syllable for each, without tones: as a surname first (单 shan,
 * 曾 zeng, 尉迟 yuchi), and as the words are read otherwise when that differs, since people type both.
 * A regular's name is read again with each repair, so that the answers are kept.
 */
export function readings(characters: readonly string[]): string[][] {
  const text = characters.join('')
  let known = kept.get(text)
  if (known === undefined) {
    if (kept.size >= mostKept) kept.clear()
    known = read(text, characters.length)
    kept.set(text, known)
  }
  return known
}

function read(text: string, length: number): string[][] {
  const { pinyin } = load()
  const all = [pinyin(text, surname), pinyin(text, common)]
  const aligned = all.filter((reading) => reading.length === length)
  const distinct = new Map(aligned.flatMap(spellings).map((reading) => [reading.join(' '), reading]))
  return [...distinct.values()]
}
