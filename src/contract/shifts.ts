import { z } from 'zod'
import { methods } from './billing.ts'
import { amountMinor, at, id, page, pageOf, reason, text, uid, version } from './fields.ts'
import { command, query } from './method.ts'
import { positiveMinor, signedMinor, totalMinor } from './money.ts'

/** Totals of a shift (Z-report). */
export const shiftReport = z.object({
  id,
  uid,
  version,
  number: z.string(),
  seatName: z.string(),
  openedAt: at,
  openedBy: z.string().nullable(),
  closedAt: at.nullable(),
  closedBy: z.string().nullable(),
  /** True when somebody else had to close it. */
  forced: z.boolean(),
  floatMinor: amountMinor,
  methods: z.array(
    z.object({ method: z.enum(methods), inMinor: totalMinor, outMinor: totalMinor, count: z.int() }),
  ),
  cashMoves: z.array(
    z.object({ at, amountMinor: signedMinor, reason: z.string(), by: z.string().nullable() }),
  ),
  expectedMinor: signedMinor,
  countedMinor: signedMinor.nullable(),
  differenceMinor: signedMinor.nullable(),
  /** What stays in the drawer for the next shift. */
  leftMinor: amountMinor.nullable(),
  note: z.string(),
  invoices: z.int(),
  invoicedMinor: signedMinor,
  depositsMinor: totalMinor,
  refundsMinor: totalMinor,
})
export type ShiftReport = z.output<typeof shiftReport>

/** Coins and notes as they were counted: minor units of one → how many. */
const counting = z
  .array(z.strictObject({ valueMinor: positiveMinor, count: z.int().min(0).max(100_000) }))
  .max(40)

export const shiftsContract = {
  /** This seat's open shift, with what should be in the drawer; null when none is open. */
  current: query('billing.read', {}, shiftReport.nullable()),
  list: query(
    'billing.read',
    { only: z.enum(['open']).optional(), ...page },
    pageOf(
      shiftReport.pick({
        id: true,
        uid: true,
        version: true,
        number: true,
        seatName: true,
        openedAt: true,
        openedBy: true,
        closedAt: true,
        differenceMinor: true,
      }),
    ),
  ),
  get: query('billing.read', { uid }, shiftReport),
  open: command('shifts.use', { floatMinor: amountMinor }, z.object({ id, uid, number: z.string() })),
  /** Money put in or taken out of the drawer that is no payment: change fetched, a courier paid. */
  moveCash: command('shifts.use', { amountMinor: signedMinor, reason: reason(200) }, z.object({ id })),
  /** Counts and closes: the difference is booked, the rest goes to the safe or stays as float for the next. */
  close: command(
    'shifts.use',
    { shiftId: id, version, countedMinor: amountMinor, counting, leftMinor: amountMinor, note: text(500) },
    z.object({ id, uid, differenceMinor: signedMinor }),
  ),
  /** A manager closes a shift somebody forgot (RD#249). */
  forceClose: command(
    'shifts.close_any',
    { shiftId: id, version, countedMinor: amountMinor, leftMinor: amountMinor, reason: reason(300) },
    z.object({ id, uid, differenceMinor: signedMinor }),
  ),
}

/** One thing the ledgers' check found wrong: which rule, and the row it stands on. */
export const ledgerFault = z.object({
  rule: z.string(),
  row: z.string(),
  expected: z.number(),
  found: z.number(),
})
export type LedgerFault = z.output<typeof ledgerFault>

const ledgerCheck = z.object({
  ok: z.boolean(),
  goodsMoves: z.int(),
  moneyEntries: z.int(),
  faults: z.array(ledgerFault),
})

export const ledgersContract = {
  /** Every transaction adds up to zero, every balance is what the entries give, no part is anywhere twice. */
  verify: query('billing.read', {}, ledgerCheck),
  /** What the program's own check, at night, found last; null before the first. */
  lastCheck: query('billing.read', {}, ledgerCheck.extend({ at }).nullable()),
}
