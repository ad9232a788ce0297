import { eq } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { loaners, loans } from '../db/schema/stock.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'

/** Rows of loaners and of their loans: the only file that names their tables. */

export type LoanerRow = typeof loaners.$inferSelect
export type LoanRow = typeof loans.$inferSelect

export function loanerById(db: ReadDb, id: number): LoanerRow | undefined {
  return db.select().from(loaners).where(eq(loaners.id, id)).get()
}

export function allLoaners(db: ReadDb, includeInactive: boolean): LoanerRow[] {
  const rows = db.select().from(loaners).orderBy(loaners.name, loaners.id).all()
  return rows.filter((row) => includeInactive || row.active)
}

export const insertLoaner = insertInto(loaners)

export function updateLoanerRow(db: WriteDb, id: number, set: Partial<LoanerRow>): void {
  db.update(loaners).set(set).where(eq(loaners.id, id)).run()
}

export function loanById(db: ReadDb, id: number): LoanRow | undefined {
  return db.select().from(loans).where(eq(loans.id, id)).get()
}

export interface LoanOut {
  readonly id: number
  readonly loanerName: string
  readonly repairNumber: string
}

const outText = `SELECT l.id, o.name AS loanerName, r.number AS repairNumber FROM loans l
  JOIN loaners o ON o.id = l.loaner_id JOIN repairs r ON r.id = l.repair_id WHERE l.returned_at IS NULL`

/** The loan with which a loaner is out. */
export function loanOfLoaner(db: ReadDb, loanerId: number): LoanOut | undefined {
  return sqlStatement(db, `${outText} AND l.loaner_id = ?`).get(loanerId) as LoanOut | undefined
}

/** A loan of a repair that is not back. */
export function loanOfRepair(db: ReadDb, repairId: number): LoanOut | undefined {
  return sqlStatement(db, `${outText} AND l.repair_id = ? ORDER BY l.id LIMIT 1`).get(repairId) as
    | LoanOut
    | undefined
}

export const insertLoan = insertInto(loans)
export const updateLoanRow: (db: WriteDb, id: number, patch: Partial<LoanRow>) => void = updateOf(loans)
