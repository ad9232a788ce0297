import type { LocationQuery } from 'vue-router'
import type { InvoiceSummary } from '#contract/billing.ts'
import type { InputOf } from '#contract/method-types.ts'
import { minorDigits } from '@/app/format.ts'
import { translate } from '@/app/i18n.ts'
import { call } from '@/client/index.ts'
import type { ExportSource } from '@/components/export/index.ts'

/** What narrows the list of invoices; it stands in the address, so that a view can be kept and sent on. */
export interface InvoiceFilter {
  readonly only: 'open' | 'overdue' | null
  readonly kind: 'invoice' | 'credit_note' | null
  readonly from: string | null
  readonly to: string | null
  readonly text: string
}

export const noInvoiceFilter: InvoiceFilter = { only: null, kind: null, from: null, to: null, text: '' }

const one = <T extends string>(value: unknown, of: readonly T[]): T | null =>
  of.find((each) => each === value) ?? null
const day = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null

export function filterOf(query: LocationQuery): InvoiceFilter {
  const { text } = query
  return {
    only: one(query['only'], ['open', 'overdue'] as const),
    kind: one(query['kind'], ['invoice', 'credit_note'] as const),
    from: day(query['from']),
    to: day(query['to']),
    text: typeof text === 'string' ? text.slice(0, 80) : '',
  }
}

function given(filter: InvoiceFilter): Partial<Record<keyof InvoiceFilter, string>> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== ''))
}

export function queryOf(filter: InvoiceFilter): Record<string, string> {
  return { ...given(filter) }
}

export function inputOf(filter: InvoiceFilter): InputOf<'invoices.list'> {
  return given(filter) as InputOf<'invoices.list'>
}

export function isNarrow(filter: InvoiceFilter): boolean {
  return Object.keys(given(filter)).length > 0
}

/** An amount as a spreadsheet reads it: a plain decimal without a sign of currency. */
export function plainAmount(minor: number): string {
  return (minor / 10 ** minorDigits()).toFixed(minorDigits())
}

const columns = [
  'number',
  'kind',
  'state',
  'customer',
  'repair',
  'issuedOn',
  'dueOn',
  'total',
  'open',
] as const

/** The list as it is filtered; credit notes count against invoices. */
export function invoiceExport(filter: InvoiceFilter): ExportSource<InvoiceSummary> {
  return {
    name: 'invoices',
    headings: columns.map((key) => translate(`billing.field.${key}`)),
    page: (after, signal) =>
      call(
        'invoices.list',
        { ...inputOf(filter), limit: 200, ...(after === undefined ? {} : { after }) },
        signal,
      ),
    cells: (row) => {
      const isInvoice = row.kind === 'invoice'
      return [
        row.number,
        translate(`billing.kind.${row.kind}`),
        isInvoice ? translate(`billing.state.${row.state}`) : '',
        row.customerName,
        row.repairNumber ?? '',
        row.issuedOn,
        isInvoice ? row.dueOn : '',
        plainAmount(isInvoice ? row.grossMinor : -row.grossMinor),
        isInvoice ? plainAmount(row.openMinor) : '',
      ]
    },
  }
}
