import { comparable, runsOf } from './text.ts'

/**
 * Under which keys each thing is found. A key is looked up by its beginning, so every way in needs a row that
 * begins with what a person types: suffixes where any part counts, the reversed text where only the end does.
 * Pure; decision 006 says why each kind is there.
 */
export const keyKinds = {
  /** Numbers brought along from elsewhere whose comparable form is not the number itself. */
  number: 1,
  phone: 2,
  serial: 3,
  imei: 4,
  name: 5,
  pinyin: 6,
  initials: 7,
  /** Such a number from its end, after `endMark`. */
  numberEnd: 8,
  /** A phone from each digit on, as long as four digits remain. */
  phonePart: 9,
  /** Serial or IMEI from its end, after `endMark`. */
  deviceEnd: 10,
} as const
export type KeyKind = (typeof keyKinds)[keyof typeof keyKinds]

export const repairKinds = [keyKinds.number, keyKinds.numberEnd] as const
export const customerKinds = [
  keyKinds.phone,
  keyKinds.name,
  keyKinds.pinyin,
  keyKinds.initials,
  keyKinds.phonePart,
] as const
export const deviceKinds = [keyKinds.serial, keyKinds.imei, keyKinds.deviceEnd] as const

export interface SearchKey {
  readonly key: string
  readonly kind: KeyKind
}

/** Reversed keys stand apart from all others; no comparable text contains it. */
const endMark = '~'
/** Fewer characters than this are part of too many numbers to be looked for. */
export const shortestPart = 4
const longestKey = 40
const mostStarts = 12

/** What the key of a text's end begins with. */
export function endKey(text: string): string {
  return endMark + [...text].reverse().join('').slice(0, longestKey)
}

const dayAndCount = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3,4}$/

/**
 * Keys of a repair. A number of the shop's own making (W22) has none: its beginning is in the index of
 * `repairs.number`, and what it ends in says on which days it can have been drawn (`numbersEndingIn`). A row
 * for its end would fall on another page with each repair, which costs more than all its words.
 */
export function repairKeys(number: string, shopCode: string): SearchKey[] {
  const bare = number.startsWith(shopCode) ? number.slice(shopCode.length) : number
  const form = comparable(number)
  if (form === '' || dayAndCount.test(bare)) return []
  const end = { key: endKey(form), kind: keyKinds.numberEnd }
  return form.toUpperCase() === number
    ? [end]
    : [{ key: form.slice(0, longestKey), kind: keyKinds.number }, end]
}

/** Keys of a device: `serialKey` is the serial's comparable form or null, `imeis` fifteen digits each. */
export function deviceKeys(device: { serialKey: string | null; imeis: readonly string[] }): SearchKey[] {
  const keys: SearchKey[] = []
  const add = (text: string, kind: KeyKind) => {
    const form = comparable(text)
    if (form === '') return
    keys.push({ key: form.slice(0, longestKey), kind }, { key: endKey(form), kind: keyKinds.deviceEnd })
  }
  if (device.serialKey !== null) add(device.serialKey, keyKinds.serial)
  for (const imei of device.imeis) add(imei, keyKinds.imei)
  return distinct(keys)
}

/** What a name is made of: each Chinese character, each word of another script. */
function unitsOf(name: string): string[] {
  return runsOf(name).flatMap(({ dense, text }) => (dense ? [...text] : [text]))
}

/** The joined texts from each start on that leaves at least `least` of them; from the first in any case. */
function starts(texts: readonly string[], least: number): string[] {
  const count = Math.min(mostStarts, Math.max(1, texts.length - least + 1))
  return texts.slice(0, count).map((_, index) => texts.slice(index).join('').slice(0, longestKey))
}

const han = /\p{Script=Han}/u

/** Readings of Chinese characters, one syllable each; several where they can be read in several ways. */
export type Reader = (characters: readonly string[]) => string[][]

/** The units of a name with each Chinese character as it is read, once for each reading; none without one. */
function soundsOf(texts: readonly string[], read: Reader): string[][] {
  const characters = texts.filter((text) => han.test(text))
  if (characters.length === 0) return []
  return read(characters).map((reading) => {
    let next = 0
    return texts.map((text) => (han.test(text) ? (reading[next++] ?? text) : text))
  })
}

function initialsOf(sounds: readonly string[]): string[] {
  return sounds.map((sound) => [...sound][0] ?? '')
}

function nameKeys(name: string, read: Reader): SearchKey[] {
  const texts = unitsOf(name)
  if (texts.length === 0) return []
  const keys: SearchKey[] = starts(texts, 1).map((key) => ({ key, kind: keyKinds.name }))
  for (const sounds of soundsOf(texts, read)) {
    // The last syllable or initial alone would be found in half of all names.
    keys.push(...starts(sounds, 2).map((key) => ({ key, kind: keyKinds.pinyin })))
    if (sounds.length < 2) continue
    keys.push(...starts(initialsOf(sounds), 2).map((key) => ({ key, kind: keyKinds.initials })))
  }
  return keys
}

/** How a Chinese name sounds: each syllable of its own, and what is typed in one: whole, given name, initials. */
export function soundKeys(name: string, read: Reader): { syllables: string[]; joined: string[] } {
  const readings = soundsOf(unitsOf(name), read)
  const several = readings.filter((sounds) => sounds.length > 1)
  return {
    syllables: readings.flatMap((sounds) => sounds.slice(0, mostStarts)),
    joined: [
      ...several.flatMap((sounds) => starts(sounds, 2).slice(0, 2)),
      ...several.flatMap((sounds) => starts(initialsOf(sounds), 2).slice(0, 1)),
    ],
  }
}

function phoneKeys(digits: string): SearchKey[] {
  const keys: SearchKey[] = [{ key: digits, kind: keyKinds.phone }]
  for (let start = 1; digits.length - start >= shortestPart; start++) {
    keys.push({ key: digits.slice(start), kind: keyKinds.phonePart })
  }
  return keys
}

export interface FindableCustomer {
  readonly name: string
  /** Digits in national form (`phoneDigits`). */
  readonly phones: readonly string[]
  /** Contacts' names, e-mail addresses. */
  readonly extra: readonly string[]
}

/** Keys of a customer. */
export function customerKeys(customer: FindableCustomer, read: Reader): SearchKey[] {
  const names = [customer.name, ...customer.extra].flatMap((name) => nameKeys(name, read))
  const phones = customer.phones.filter((digits) => digits !== '').flatMap(phoneKeys)
  return distinct([...phones, ...names])
}

function distinct(keys: readonly SearchKey[]): SearchKey[] {
  return [...new Map(keys.map((key) => [`${key.kind} ${key.key}`, key])).values()]
}
