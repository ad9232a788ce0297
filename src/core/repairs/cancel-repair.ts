import type { Handler } from '../context.ts'
import { endOpenAttempt } from './attempts.ts'
import { eachRepair, moveOf, saveRepair } from './change.ts'
import { notSuspended } from './suspend-repair.ts'

/** The customer or the shop gives a repair up, with the reason; a handling under way ends with it. */
export const cancelRepairs: Handler<'repairs.cancel'> = (ctx, { repairs, reason }) =>
  eachRepair(ctx, repairs, (row) => {
    const { line, to } = moveOf(row, 'cancel')
    endOpenAttempt(ctx, row, 'cancelled')
    return saveRepair(ctx, row, { state: to, ...notSuspended }, [{ ...line, text: reason }])
  })
