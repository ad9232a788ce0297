import type { QueryContext } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { standingDisposal } from './store.ts'

/** What was disposed of cannot be handed to anybody. Error: `repair.disposed` {number, on}. */
export function requireNotDisposed(
  ctx: Pick<QueryContext, 'db'>,
  repair: { readonly id: number; readonly number: string },
): void {
  const disposal = standingDisposal(ctx.db, repair.id)
  if (disposal) throw new AppError('repair.disposed', { number: repair.number, on: disposal.onDay })
}
