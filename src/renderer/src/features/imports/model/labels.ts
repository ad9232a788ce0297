import type { ImportField, ImportTarget } from '#contract/import-profile.ts'
import type { ImportRun } from '#contract/imports.ts'
import { formatMoney, formatNumber, formatOn } from '@/app/format.ts'
import { hasText, translate } from '@/app/i18n.ts'
import type { IconName, Tone } from '@/components/index.ts'

/** Words of the wizard for codes of the contract. They follow a switch of language. */

/** What a field is called: `imports.field.repairs.receivedOn`. */
export function fieldLabel(target: ImportTarget, field: string): string {
  // A reject may name a field inside one of ours, such as the second of several phones.
  const own = field.split('.')[0] ?? field
  const key = `imports.field.${target}.${own}`
  return hasText(key) ? translate(key) : own
}

/** Where the words of a field's codes stand. */
const wordsOf: Readonly<Record<string, string>> = {
  outcome: 'states.outcome',
  barrier: 'imports.barrier',
  kind: 'customers.kind',
  tier: 'customers.tier',
  language: 'common.languageName',
}

/** Codes with words of ours for a field that takes others too: why a device could not be repaired. */
const commonCodes: Readonly<Record<string, readonly string[]>> = {
  barrier: [
    'spare_parts_not_available',
    'spare_parts_too_expensive',
    'no_way_to_open',
    'repair_information_not_available',
    'lack_of_equipment',
    'too_worn_out',
  ],
}

/** Codes a word of the file may mean. */
export function codesOf(field: ImportField): readonly string[] {
  return field.options ?? commonCodes[field.field] ?? []
}

export function codeLabel(field: string, code: string): string {
  if (field === 'outcome' && code === 'in_progress') return translate('imports.inProgress')
  const key = `${wordsOf[field] ?? ''}.${code}`
  return wordsOf[field] !== undefined && hasText(key) ? translate(key) : code
}

/** A value as the shop will see it: dates and amounts in the window's way, codes in words. */
export function valueLabel(field: ImportField | undefined, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number') return field?.kind === 'money' ? formatMoney(value) : formatNumber(value)
  const text = String(value)
  if (field?.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return formatOn(text)
  if (field?.kind === 'code') return codeLabel(field.field, text)
  return field?.multiple ? text.split('\n').join(translate('common.listSeparator')) : text
}

/** The text of a warning: `import.warning.control_removed` stands at `imports.warning.control_removed`. */
export function warningLabel(code: string): string {
  const key = code.replace(/^import\./, 'imports.')
  return hasText(key) ? translate(key) : code
}

const looks: Readonly<Record<ImportRun['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  running: { tone: 'active', icon: 'Timer' },
  done: { tone: 'success', icon: 'CircleCheck' },
  cancelled: { tone: 'muted', icon: 'CircleClose' },
  failed: { tone: 'danger', icon: 'WarningFilled' },
  interrupted: { tone: 'pause', icon: 'VideoPause' },
}

export function runLook(run: Pick<ImportRun, 'state'>): { readonly tone: Tone; readonly icon: IconName } {
  return looks[run.state]
}

/** How far a run has come, 0 to 100. */
export function percentOf(run: Pick<ImportRun, 'bytesDone' | 'bytesTotal' | 'state'>): number {
  if (run.state === 'done') return 100
  return run.bytesTotal > 0 ? Math.min(99, (run.bytesDone / run.bytesTotal) * 100) : 0
}

/** `1.4 MB`. */
export function sizeLabel(bytes: number): string {
  const megabytes = bytes / 1024 / 1024
  if (megabytes >= 1)
    return translate('imports.size.mb', { n: formatNumber(Math.round(megabytes * 10) / 10) })
  return translate('imports.size.kb', { n: formatNumber(Math.max(1, Math.round(bytes / 1024))) })
}
