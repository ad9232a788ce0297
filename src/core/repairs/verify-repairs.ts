import type { Handler } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { eachRepair, moveOf, saveRepair } from './change.ts'

/** The manager's verification (核销, W8) of closed work, once per repair: `repair.already_verified`. */
export const verifyRepairs: Handler<'repairs.verify'> = (ctx, { repairs }) =>
  eachRepair(ctx, repairs, (row) => {
    const { line } = moveOf(row, 'verify')
    if (row.verifiedAt !== null) throw new AppError('repair.already_verified', { number: row.number })
    return saveRepair(ctx, row, { verifiedAt: ctx.now, verifiedById: ctx.actor.userId }, [line])
  })
