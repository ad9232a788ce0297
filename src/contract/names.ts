/** The one normal form of each identifier, shared by storage, search and the window. */

/**
 * Digits of a phone in national form, the same however it was written: international prefix and country code
 * removed, and the trunk zero too, except in China, where it belongs to a landline's area code as people know it.
 */
export function phoneDigits(value: string, country: string): string {
  const plus = value.trim().startsWith('+')
  let digits = value.replace(/\D/g, '')
  const code = countryCodes[country]
  if (digits.startsWith('00') && digits.length > 11) digits = digits.slice(2)
  else if (!plus) return withoutBareCode(stripTrunk(digits, country), country)
  if (code && digits.startsWith(code)) return national(digits.slice(code.length), country)
  return digits
}

function stripTrunk(digits: string, country: string): string {
  // Where a trunk 0 is dialled inside the country, the number is the same without it.
  return country !== 'CN' && country !== 'US' && digits.length > 6 && digits.startsWith('0')
    ? digits.slice(1)
    : digits
}

const chineseMobile = /^1[3-9]\d{9}$/
const chineseService = /^[48]00\d{7}$/

/** A number given with the country's code, as it is dialled inside: +86 10 6552 9988 is 010 6552 9988 in China. */
function national(digits: string, country: string): string {
  if (country !== 'CN') return stripTrunk(digits, country)
  const landline = digits.length >= 10 && !chineseMobile.test(digits) && !chineseService.test(digits)
  return landline && !digits.startsWith('0') ? `0${digits}` : digits
}

/** A country code without a plus, where the length leaves no doubt: 86 and a mobile number, 1 and ten digits. */
function withoutBareCode(digits: string, country: string): string {
  if (country === 'CN' && digits.startsWith('86') && chineseMobile.test(digits.slice(2)))
    return digits.slice(2)
  const northAmerican = country === 'US' || country === 'CA'
  return northAmerican && digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
}

const countryCodes: Record<string, string> = {
  AT: '43',
  AU: '61',
  BE: '32',
  BR: '55',
  CA: '1',
  CH: '41',
  CN: '86',
  DE: '49',
  DK: '45',
  ES: '34',
  FR: '33',
  GB: '44',
  HK: '852',
  IE: '353',
  IN: '91',
  IT: '39',
  JP: '81',
  KR: '82',
  MO: '853',
  MY: '60',
  NL: '31',
  NO: '47',
  NZ: '64',
  PL: '48',
  PT: '351',
  SE: '46',
  SG: '65',
  TH: '66',
  TW: '886',
  US: '1',
  VN: '84',
}

/** Serial in its comparable form: upper case, letters and digits only; null when nothing remains. */
export function serialKey(value: string): string | null {
  const key = value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  return key === '' ? null : key
}

/** Name in its comparable form: lower case, without blanks and punctuation. */
export function nameKey(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
}

/** Compares words of a list without case, width (full-width letters) and blanks. */
export function foldWord(word: string): string {
  return word.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

/** Headings are compared without case, blanks and the marks people put into them (*, :, _, brackets). */
export function foldHeading(heading: string): string {
  return foldWord(heading).replace(/[_\-:*.#/()[\]【】]/g, '')
}
