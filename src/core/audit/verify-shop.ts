import type { AuditHead, FileFault, FileReport } from '#contract/audit.ts'
import type { LedgerFault } from '#contract/shifts.ts'
import { ledgerFaultsSince, verifyLedgers } from '../billing/steps.ts'
import type { ReadDb } from '../db/handles.ts'
import { brokenKey, integrityProblem } from './file-checks.ts'
import { lineCount } from './store.ts'
import { verifyChain, verifyEnd, verifyHeads } from './verify.ts'

const goodsRule = /^goods\./

/** A rule of the ledgers as a fault of the file. */
export function ledgerFault({ rule, row, expected, found }: LedgerFault): FileFault {
  const table = goodsRule.test(rule) ? 'goods_moves' : 'money_entries'
  return { check: 'ledgers', rule, table, row, expected: String(expected), found: String(found) }
}

/**
 * Looks through a whole file: the chain of the audit log, the heads noted outside of it, both ledgers, foreign keys
 * and the file itself. Names the first bad row of each part; of the ledgers all that `ledgers.verify` names. It only
 * reads, and it takes as long as reading everything does: never on the thread that serves.
 */
export function verifyShop(db: ReadDb, heads: readonly AuditHead[]): FileReport {
  // What SQLite itself cannot read is said first: everything after it would only stumble over the same page.
  const broken = integrityProblem(db)
  if (broken?.check === 'integrity' && broken.rule === 'unreadable')
    return { auditRows: 0, moneyEntries: 0, goodsMoves: 0, faults: [broken] }
  const chain = verifyChain(db)
  const ledgers = verifyLedgers(db)
  const faults = [
    chain.fault,
    verifyHeads(db, heads),
    ...ledgers.faults.map(ledgerFault),
    brokenKey(db),
    broken,
  ].filter((one) => one !== undefined)
  const { moneyEntries, goodsMoves } = ledgers
  return { auditRows: lineCount(db), moneyEntries, goodsMoves, faults }
}

/** Rows at the end of the chain that each start reads: a day of a busy shop, in a hundredth of a second. */
const endRows = 2000

/**
 * The same in the blink that a start may take: the end of the chain, the heads, and what the ledgers got since they were
 * last found sound. The file's own pages are not asked again: a file that SQLite cannot read is never opened.
 */
export function verifyBriefly(db: ReadDb, heads: readonly AuditHead[]): FileReport {
  const faults = [
    verifyEnd(db, endRows),
    verifyHeads(db, heads),
    ...ledgerFaultsSince(db).map(ledgerFault),
  ].filter((one) => one !== undefined)
  return { auditRows: lineCount(db), moneyEntries: 0, goodsMoves: 0, faults }
}
