import { formatQuantity } from '@/app/format.ts'
import { translate } from '@/app/i18n.ts'
import type { Column } from '../table.ts'
import { rateText } from './words.ts'

interface PricedRow {
  readonly quantity: number
  readonly unitMinor: number
  readonly discountMinor: number
  readonly rateBp: number
}

/**
 * The figures of a priced line between its words and what it comes to, on a bill as on an invoice. `rateFrom` is the
 * width of the window in px from which there is room for the tax rate.
 */
export function lineColumns<R extends PricedRow>(
  money: (minor: number) => string,
  rateFrom = 0,
): Column<R>[] {
  return [
    {
      key: 'quantity',
      label: translate('billing.line.quantity'),
      align: 'right',
      width: '72px',
      text: (row) => formatQuantity(row.quantity),
    },
    {
      key: 'unit',
      label: translate('billing.line.price'),
      align: 'right',
      width: '104px',
      text: (row) => money(row.unitMinor),
    },
    {
      key: 'discount',
      label: translate('billing.line.discount'),
      align: 'right',
      width: '104px',
      text: (row) => (row.discountMinor ? money(-row.discountMinor) : ''),
    },
    {
      key: 'rate',
      label: translate('billing.line.tax'),
      align: 'right',
      width: '80px',
      from: rateFrom,
      text: (row) => rateText(row.rateBp),
    },
  ]
}
