/**
 * Text that a spreadsheet would run as a formula (CSV injection). On the way out such a cell gets an
 * apostrophe in front; on the way in one apostrophe is taken off again, so that what we wrote is what we
 * read. The full-width signs count too: some programs make them plain first. A text that already looks guarded gets one more, which keeps the two exact inverses.
 */
const guarded = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const carriesGuard = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/**
 * Not guarded: plain signed numbers (a spreadsheet reads them as the same number) and phone numbers of a
 * plus sign, digits and blanks, which hold no operator and so compute nothing. A phone number written with
 * hyphens or brackets is guarded: a spreadsheet would subtract its parts.
 */
const harmless = /^(?:[+-]?\d+(?:\.\d+)?|\+\d[\d ]*)$/

export function guardFormula(text: string): string {
  return guarded.test(text) && !harmless.test(text) ? `'${text}` : text
}

export function unguardFormula(text: string): string {
  return text.charCodeAt(0) === 39 && carriesGuard.test(text) ? text.slice(1) : text
}
