/**
 * Numbers as people write them: blanks and currency signs are passed over, thousands may be grouped, the
 * decimal mark is the profile's. All arithmetic is on the digits, so no cent is lost to floating point.
 */
interface Digits {
  readonly negative: boolean
  readonly whole: string
  readonly fraction: string
}

const decoration = /[\s'_]|[¥￥$€£]|^(?:rmb|cny|usd|eur|gbp)|(?:元|rmb|cny|usd|eur|gbp)$/gi

function readDigits(text: string, decimalMark: '.' | ','): Digits | null {
  const bare = text.normalize('NFKC').replace(decoration, '')
  const match = /^([+-]?)([\d.,]*)$/.exec(bare)
  if (!match) return null
  const figures = match[2] ?? ''
  const mark = figures.lastIndexOf(decimalMark)
  const grouping = decimalMark === '.' ? ',' : '.'
  const grouped = mark < 0 ? figures : figures.slice(0, mark)
  const fraction = mark < 0 ? '' : figures.slice(mark + 1)
  const groups = grouped.split(grouping)
  // Groups must be of three digits: 1,5 is not fifteen, it is a decimal comma the profile did not announce.
  if (
    groups.length > 1 &&
    !groups.every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))
  )
    return null
  const whole = groups.join('')
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction) || whole + fraction === '') return null
  return { negative: match[1] === '-', whole: whole || '0', fraction: fraction.replace(/0+$/, '') }
}

/** The number with at most `places` decimals, in units of the last place; null when it is none or has more. */
export function readScaled(text: string, places: number, decimalMark: '.' | ','): number | null {
  const digits = readDigits(text, decimalMark)
  if (!digits || digits.fraction.length > places) return null
  const value = Number(digits.whole + digits.fraction.padEnd(places, '0'))
  if (!Number.isSafeInteger(value)) return null
  return digits.negative && value !== 0 ? -value : value
}

/** The number with at most three decimals. */
export function readDecimal(text: string, decimalMark: '.' | ','): number | null {
  const scaled = readScaled(text, 3, decimalMark)
  return scaled === null ? null : scaled / 1000
}

/** An identifier a spreadsheet has turned into a number and rounded: 3.56938E+14. */
export function isDestroyedIdentifier(text: string): boolean {
  return /^\d(?:[.,]\d+)?E\+\d{1,2}$/i.test(text)
}
