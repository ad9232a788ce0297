import type { AuditRow, FileFault, PersonalMark } from '#contract/audit.ts'
import { hasText, translate } from '@/app/i18n.ts'
import { codeText } from '@/client/index.ts'

/** A module in words: what an act was about. */
export function areaText(area: string): string {
  const key = `audit.area.${area}`
  return hasText(key) ? translate(key) : area
}

/** What was done, in words; a query that was refused is a look at its area. */
export function methodText(method: string): string {
  const key = `audit.method.${method}`
  if (hasText(key)) return translate(key)
  const [area = method] = method.split('.')
  if (area === 'retention') return translate('audit.method.retention.rule')
  return translate('audit.looked', { area: areaText(area) })
}

export function resultText(result: string): string {
  if (result === 'ok') return translate('audit.done')
  const key = `audit.refusal.${result}`
  return hasText(key) ? translate(key) : codeText(result)
}

function isMark(value: unknown): value is PersonalMark {
  return typeof value === 'object' && value !== null && 'personal' in value && Object.keys(value).length === 1
}

/** The input as it is kept, a line for each field, with words where something personal was not kept. */
export function inputText(input: string): string {
  try {
    const inWords = (_key: string, value: unknown): unknown =>
      isMark(value) ? translate(`audit.personal.${value.personal}`) : value
    return JSON.stringify(JSON.parse(input, inWords), null, 2)
  } catch {
    return input
  }
}

/** Who did it: nobody signed in is the program itself, unless somebody was trying to get in. */
export function actorText(row: AuditRow): string {
  if (row.userName) return row.userName
  return translate(/^(access|session)\./.test(row.method) ? 'audit.someone' : 'audit.program')
}

/** Which row, and what is wrong with it. */
export function faultText({ check, rule, table, row, found }: FileFault): string {
  const place = table === '' ? translate(`audit.check.${check}`) : `${table} #${row.replace(/^#/, '')}`
  const own = `audit.rule.${rule}`
  const ledger = `billing.ledger.rule.${rule}`
  const text = hasText(own) ? translate(own) : hasText(ledger) ? translate(ledger) : rule
  return translate('audit.fault.line', { place, rule: check === 'integrity' ? `${text} (${found})` : text })
}
