import { erasedName } from './reach.ts'

/** Everything a person is called and reached by. */
export interface Known {
  readonly names: readonly string[]
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}

const letters = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** A name as it may stand in a text: whole words of alphabets, any place in Chinese, whatever blanks between. */
function namePattern(name: string): string {
  const pattern = quoted(name.trim()).replace(/\s+/g, String.raw`\s+`)
  return letters.test(name) ? String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])` : pattern
}

/** Digits with whatever stands between them on paper. */
function phonePattern(phone: string): string {
  const between = String.raw`[\s().\-/]*`
  return String.raw`(?<!\d)\+?${[...phone.replace(/\D/g, '')].join(between)}(?!\d)`
}

/** Shorter names stand in too many other words to be taken out of a text. */
const shortestName = 2
const shortestPhone = 5

/**
 * Makes the function that takes a person's names, phones and e-mail addresses out of a text. Names of several words
 * are found whole and by each longer word. Nicknames and descriptions nobody can find.
 */
export function withoutPerson({ names, phones, emails }: Known): (text: string) => string {
  const words = names.flatMap((name) => [
    name,
    ...(letters.test(name) ? name.split(/\s+/).filter((word) => word.length >= 3) : []),
  ])
  const patterns = [
    ...emails.filter(Boolean).map(quoted),
    ...words.filter((name) => name.trim().length >= shortestName).map(namePattern),
    ...phones.filter((phone) => phone.replace(/\D/g, '').length >= shortestPhone).map(phonePattern),
  ]
  if (patterns.length === 0) return (text) => text
  const any = new RegExp(patterns.toSorted((a, b) => b.length - a.length).join('|'), 'giu')
  return (text) => text.replace(any, erasedName)
}
