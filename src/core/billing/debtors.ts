import type { OutputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import { requireCustomer } from '../customers/steps.ts'
import { cursorOf, pageOfAll } from '../kernel/paging.ts'
import { debts } from './statement-views.ts'

type Debtor = OutputOf<'payments.debtors'>['rows'][number] & { readonly id: number }

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

/** Customers who owe, most first; merged records are one customer. */
export const debtors: Handler<'payments.debtors'> = (ctx, input): OutputOf<'payments.debtors'> => {
  const byCustomer = new Map<number, Debtor>()
  for (const debt of debts(ctx.db, ctx.today)) {
    const { id, uid, name } = requireCustomer(ctx, debt.customerId, 'customerId')
    const known = byCustomer.get(id)
    byCustomer.set(id, {
      id,
      customerId: id,
      customerUid: uid,
      customerName: name,
      openMinor: debt.openMinor + (known?.openMinor ?? 0),
      oldestDueOn: earlier(debt.oldestDueOn, known?.oldestDueOn ?? null),
      overdueMinor: debt.overdueMinor + (known?.overdueMinor ?? 0),
    })
  }
  const owing = [...byCustomer.values()]
    .filter(({ openMinor }) => openMinor > 0)
    .toSorted((a, b) => b.openMinor - a.openMinor || a.id - b.id)
  const page = pageOfAll(owing, cursorOf(input))
  return { ...page, rows: page.rows.map(({ id: _id, ...row }) => row) }
}
