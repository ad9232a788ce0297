/** The one normal form of each identifier, shared by storage, search and the window. */

/** Digits of a phone in national form: international prefix, country code and trunk zero removed. */
export function phoneDigits(value: string, country: string): string {
  const plus = value.trim().startsWith('+')
  let digits = value.replace(/\D/g, '')
  const code = countryCodes[country]
  if (digits.startsWith('00') && digits.length > 11) digits = digits.slice(2)
  else if (!plus) return stripTrunk(digits, country)
  if (code && digits.startsWith(code)) return stripTrunk(digits.slice(code.length), country)
  return digits
}

function stripTrunk(digits: string, country: string): string {
  // Where a trunk 0 is dialled inside the country, the number is the same without it.
  return country !== 'CN' && country !== 'US' && digits.length > 6 && digits.startsWith('0')
    ? digits.slice(1)
    : digits
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
