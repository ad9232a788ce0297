/** Separators between several numbers in one cell. A single slash may be part of a number, a spaced one not. */
const between = /[;,，；、|\n]+|\s+\/\s+|\s{2,}/

/** A number as people write it: three to twenty digits in any punctuation (contract/fields.ts `phone`). */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return text.length <= 40 && digits >= 3 && digits <= 20 && /^[+\d\s().\-/#*,x]+$/i.test(text)
}

/** One phone, with full-width figures and brackets made plain; null when it is none. */
export function readPhone(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  return isPhone(plain) ? plain : null
}

/** Several phones of one cell; null when one of them is none. Doubles are dropped. */
export function readPhones(text: string): string[] | null {
  const parts = text
    .normalize('NFKC')
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const phones = [...new Set(parts.flatMap(splitSlash))]
  return phones.length > 0 && phones.every(isPhone) ? phones : null
}

/** `13800138000/02112345678` are two numbers, `0211/123456` is one. */
function splitSlash(part: string): string[] {
  const halves = part.split('/').map((half) => half.trim())
  return halves.length > 1 && halves.every((half) => half.replace(/\D/g, '').length >= 7) ? halves : [part]
}
