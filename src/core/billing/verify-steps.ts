import type { LedgerFault } from '#contract/shifts.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { AppError } from '../kernel/app-error.ts'
import { dayOf } from '../kernel/days.ts'
import { keepNote, keptNote } from '../settings/steps.ts'
import { goodsMark, verifyGoods, verifyGoodsSince, type GoodsMark } from '../stock/steps.ts'
import { systemStore } from '../system/steps.ts'
import { ledgerRowFaults } from './ledger-store.ts'
import {
  depositsNegative,
  goodsEnd,
  drawersOff,
  invoicesOff,
  invoicesOverpaid,
  ledgerBegin,
  ledgerMark,
  numberGaps,
  receiptsOffInvoices,
  receiptsOffMoney,
  wrongSince,
  type LedgerMark,
  type Wrong,
} from './verify-views.ts'

/** The check of both ledgers: whole in `ledgers.verify` and at night, what was added since before a day is closed. */

type Check = OutputOf<'ledgers.verify'>

function broken(rule: string, rows: readonly Wrong[]): LedgerFault[] {
  return rows.map((row) => ({ rule, ...row }))
}

/** Everything that is wrong with the money ledger, at most twenty rows of a rule. */
function verifyMoney(db: ReadDb): { moneyEntries: number; faults: LedgerFault[] } {
  const { entries, unbalanced, empty, drift } = ledgerRowFaults(db)
  return {
    moneyEntries: entries,
    faults: [
      ...unbalanced.map(({ id, total }) => ({ rule: 'sum_zero', row: `#${id}`, expected: 0, found: total })),
      ...empty.map(({ id }) => ({ rule: 'has_entries', row: `#${id}`, expected: 2, found: 0 })),
      ...drift.map(({ account, subject, kept, derived }) => ({
        rule: 'balance',
        row: `${account} ${subject}`,
        expected: derived,
        found: kept,
      })),
      ...broken('invoice_open', invoicesOff(db)),
      ...broken('invoice_overpaid', invoicesOverpaid(db)),
      ...broken('deposit_held', depositsNegative(db)),
      ...broken('receipt_allocated', receiptsOffInvoices(db)),
      ...broken('receipt_amount', receiptsOffMoney(db)),
      ...broken('drawer', drawersOff(db)),
      ...broken('number_gap', numberGaps(db)),
    ],
  }
}

/** Both ledgers, every row of them. */
export function verifyLedgers(db: ReadDb): Check {
  const money = verifyMoney(db)
  const goods = verifyGoods(db)
  const faults = [...money.faults, ...goods.faults]
  return { ok: faults.length === 0, goodsMoves: goods.goodsMoves, moneyEntries: money.moneyEntries, faults }
}

const noteKey = 'ledgers.checked'
/** Kept apart: it is long, and nobody is shown it. */
const goodsKey = 'ledgers.goods'

/** What the nightly check found, and how far the ledger was. */
interface CheckNote extends Check {
  readonly at: number
  readonly mark: LedgerMark
}

function lastNote(db: ReadDb): CheckNote | undefined {
  return keptNote(db, noteKey) as CheckNote | undefined
}

export const lastCheck: Handler<'ledgers.lastCheck'> = (ctx) => {
  const note = lastNote(ctx.db)
  if (!note) return null
  const { at, ok, goodsMoves, moneyEntries, faults } = note
  return { at, ok, goodsMoves, moneyEntries, faults }
}

const hour = 3_600_000
/** Nobody stands at the counter before this hour. */
const nightEnds = 5 * hour
/** A shop that is switched off at night is checked by day, so often. */
const latest = 72 * hour

/** Reading a million repairs' money takes seconds in which every seat waits: once a night, by day only when overdue. */
function checkIsDue(ctx: CommandContext, before: CheckNote | undefined): boolean {
  if (!before || ctx.now - before.at >= latest) return true
  const { timeZone } = ctx.settings
  const isNight = dayOf(ctx.now - nightEnds, timeZone) !== ctx.today
  return isNight && dayOf(before.at, timeZone) !== ctx.today
}

/**
 * Checks both ledgers whole when it is time. The result is kept for `ledgers.lastCheck`; a fault stands in the log and
 * in the audit log too. A ledger that failed is no mark to go on from.
 */
export function checkLedgersDaily(ctx: CommandContext): void {
  const before = lastNote(ctx.db)
  if (!checkIsDue(ctx, before)) return
  const check = verifyLedgers(ctx.db)
  const mark = check.ok ? ledgerMark(ctx.db) : (before?.mark ?? ledgerBegin)
  if (check.ok) keepNote(ctx, goodsKey, goodsMark(ctx.db))
  keepNote(ctx, noteKey, { ...check, at: ctx.now, mark } satisfies CheckNote)
  ctx.announce('ledgers', [])
  if (check.ok) return
  const { faults } = check
  ctx.log.error({ faults }, 'the ledgers do not add up')
  systemStore.audit(ctx.db, {
    now: ctx.now,
    actor: ctx.actor,
    method: 'ledgers.verify',
    commandId: null,
    input: JSON.stringify({ faults }),
    result: 'ledger.unbalanced',
  })
}

/** Up to so many moves the goods ledger is read whole: that takes less than a tenth of a second. */
const goodsReadWhole = 10_000

/**
 * Of the goods ledger everything while it is short, afterwards what moved since the whole of it was last found sound.
 * Faults the night found stand until the whole of it is sound again.
 */
function goodsFaults(db: ReadDb): LedgerFault[] {
  const stillBroken = lastNote(db)?.faults.some(({ rule }) => rule.startsWith('goods.')) ?? false
  const mark = keptNote(db, goodsKey) as GoodsMark | undefined
  const isShort = goodsEnd(db) <= goodsReadWhole
  return isShort || stillBroken || !mark ? verifyGoods(db).faults : verifyGoodsSince(db, mark)
}

/**
 * What is wrong in both ledgers of what was added since the last sound daily check: entries never change, so of the
 * money ledger only those since then are read, with the balances they moved.
 */
export function ledgerFaultsSince(db: ReadDb): LedgerFault[] {
  const { unbalanced, empty, drift } = wrongSince(db, lastNote(db)?.mark ?? ledgerBegin)
  return [
    ...broken('sum_zero', unbalanced),
    ...broken('has_entries', empty),
    ...broken('balance', drift),
    ...goodsFaults(db),
  ]
}

/**
 * Both ledgers must be sound before a day is closed. Error: `ledger.unbalanced` {rule, row, expected, found}.
 */
export function requireSoundLedgers(ctx: CommandContext): void {
  const [fault] = ledgerFaultsSince(ctx.db)
  if (fault) throw new AppError('ledger.unbalanced', { ...fault })
}
