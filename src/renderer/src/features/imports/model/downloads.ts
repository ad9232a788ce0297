import { errorCodes } from '#contract/errors.ts'
import { importFields, type ImportTarget } from '#contract/import-profile.ts'
import type { RejectWords } from '#contract/imports.ts'
import { hasText, translate } from '@/app/i18n.ts'
import { fieldLabel } from './labels.ts'
import { fieldsOf } from './profile.ts'

/** An empty list with our headings in the window's language, which the wizard understands without a mapping. */
export function templateFile(target: ImportTarget): { file: Blob; name: string } {
  const key = target === 'repairs' ? [] : [translate(`imports.field.${target}.sourceKey`)]
  const headings = [...key, ...fieldsOf(target).map(({ field }) => fieldLabel(target, field))]
  const cells = headings.map((heading) =>
    /[",]/.test(heading) ? `"${heading.replaceAll('"', '""')}"` : heading,
  )
  // Excel takes a CSV file for UTF-8 only when it begins with a byte order mark.
  const file = new Blob([`\ufeff${cells.join(',')}\r\n`], { type: 'text/csv' })
  return { file, name: `${translate(`imports.template.${target}`)}.csv` }
}

/** Values that the texts of rejected rows show. */
const placeholders = [
  'value',
  'min',
  'max',
  'expected',
  'actual',
  'encoding',
  'line',
  'column',
  'field',
  'number',
  'serial',
  'imei',
]

/** The words with which the host writes the file of rejected rows: reasons keep their values in braces. */
export function rejectWords(target: ImportTarget): RejectWords {
  const kept = Object.fromEntries(placeholders.map((name) => [name, `{${name}}`]))
  const reasons = errorCodes.flatMap((code) => {
    const key = `errors.${code}`
    const told = /^(?:import|field|device|customer)\./.test(code) && hasText(key)
    return told ? [[code, translate(key, kept)] as const] : []
  })
  return {
    headings: ['line', 'field', 'code', 'values', 'reason'].map((name) =>
      translate(`imports.rejected.${name}`),
    ),
    fields: Object.fromEntries(importFields[target].map(({ field }) => [field, fieldLabel(target, field)])),
    reasons: Object.fromEntries(reasons),
  }
}
