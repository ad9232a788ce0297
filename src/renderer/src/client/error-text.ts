import type { ErrorParams, FieldError } from '#contract/errors.ts'
import { formatAt, formatMoney, formatOn } from '@/app/format.ts'
import { hasText, translate } from '@/app/i18n.ts'
import type { CallError } from './call-error.ts'

/** Values of an error that are codes themselves, and where their words stand. */
const wordsOf: Readonly<Record<string, string>> = {
  state: 'states.state',
  from: 'states.state',
  to: 'states.state',
  coreState: 'states.state',
  action: 'states.action',
  lock: 'states.lock',
  reason: 'states.lock',
  permission: 'permissions.name',
  entity: 'common.entity',
  kind: 'dictionaries.kind',
}

/** Values that are amounts, in the codes of the money side; elsewhere the same names count things. */
const amounts = new Set(['open', 'gross', 'available', 'remaining', 'amount', 'ceiling'])
const moneyCode = /^(?:repair|quote|charge|invoice|payment|shift|privacy)\./

function shown(code: string, name: string, value: ErrorParams[string]): string | number {
  if (value === null) return ''
  if (typeof value === 'number' && amounts.has(name) && moneyCode.test(code)) return formatMoney(value)
  if (typeof value === 'number') return /(^at|At|Until)$/.test(name) ? formatAt(value) : value
  const text = String(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatOn(text)
  const words = wordsOf[name]
  return words && hasText(`${words}.${text}`) ? translate(`${words}.${text}`) : text
}

function shownParams(code: string, params: ErrorParams): Record<string, string | number> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(code, name, value)]))
}

/** The text of an error code with its values, in the window's language. */
export function codeText(code: string, params: ErrorParams = {}): string {
  if (code === 'stale') return staleText(params)
  // A quantity has decimals of its own, which are not those of the currency.
  if (params['decimals'] !== undefined) {
    if (code === 'field.not_a_number') return translate('common.notAQuantity')
    if (code === 'field.too_many_decimals')
      return translate('common.tooManyDecimals', shownParams(code, params))
  }
  if (code === 'field.out_of_range') {
    if (params['min'] !== undefined && params['max'] === undefined)
      return translate('common.atLeast', shownParams(code, params))
    if (params['max'] !== undefined && params['min'] === undefined)
      return translate('common.atMost', shownParams(code, params))
  }
  const key = `errors.${code}`
  return translate(hasText(key) ? key : 'errors.internal', shownParams(code, params))
}

function staleText(params: ErrorParams): string {
  const by = params['by']
  if (typeof by !== 'string' || by === '') return translate('errors.stale')
  const at = params['at']
  return typeof at === 'number'
    ? translate('common.staleByAt', { by, at: formatAt(at) })
    : translate('common.staleBy', { by })
}

/** What to tell a person about a failed call as a whole. */
export function errorText(error: CallError): string {
  const text = codeText(error.code, error.params)
  return error.traceId ? `${text} (${translate('common.traceId', { id: error.traceId })})` : text
}

/** What to tell a person about one field. */
export function fieldText(error: FieldError): string {
  return codeText(error.code, error.params)
}
