import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { ChargeKind } from '#contract/charges.ts'
import type { decisionWays, QuoteState, sendingWays } from '#contract/quotes.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto } from '../db/row-statements.ts'
import { quoteLines, quoteOptions, quotes } from '../db/schema/quotes.ts'

/** Rows of quotes: the only file of the module that names its tables. */

type Raw = typeof quotes.$inferSelect
export type QuoteRow = Omit<Raw, 'state' | 'sentWay' | 'decidedWay'> & {
  /** `expired` is never stored. */
  state: QuoteState
  sentWay: (typeof sendingWays)[number] | null
  decidedWay: (typeof decisionWays)[number] | null
}
export type OptionRow = typeof quoteOptions.$inferSelect
export type LineRow = Omit<typeof quoteLines.$inferSelect, 'kind'> & { kind: ChargeKind }

export function quoteById(db: ReadDb, id: number): QuoteRow | undefined {
  return db.select().from(quotes).where(eq(quotes.id, id)).get() as QuoteRow | undefined
}

/** Newest revision first. */
export function quotesOfRepair(db: ReadDb, repairId: number): QuoteRow[] {
  return db
    .select()
    .from(quotes)
    .where(eq(quotes.repairId, repairId))
    .orderBy(desc(quotes.revision))
    .all() as QuoteRow[]
}

export interface AgreedRow {
  readonly revision: number
  readonly state: QuoteState
  readonly validUntil: string
  readonly approvedMinor: number | null
}

/** Only what the question "may work go on" needs; asked before every part that is issued. */
export function agreedOf(db: ReadDb, repairId: number): AgreedRow[] {
  return sqlStatement(
    db,
    `SELECT revision, state, valid_until AS validUntil, approved_minor AS approvedMinor FROM quotes
     WHERE repair_id = ?`,
  ).all(repairId) as AgreedRow[]
}

/** The number the next revision of a repair has, from 1. */
export function nextRevision(db: ReadDb, repairId: number): number {
  return sqlStatement(db, 'SELECT coalesce(max(revision), 0) + 1 FROM quotes WHERE repair_id = ?')
    .pluck()
    .get(repairId) as number
}

export const insertQuote = insertInto(quotes)
export const insertOption = insertInto(quoteOptions)
export const insertLine = insertInto(quoteLines)

export function updateQuote(db: WriteDb, id: number, set: Partial<QuoteRow>): void {
  db.update(quotes).set(set).where(eq(quotes.id, id)).run()
}

/** Options of a quote by their number, with their lines in order. */
export function optionsOf(db: ReadDb, quoteId: number): { option: OptionRow; lines: LineRow[] }[] {
  const options = db
    .select()
    .from(quoteOptions)
    .where(eq(quoteOptions.quoteId, quoteId))
    .orderBy(asc(quoteOptions.no))
    .all()
  return options.map((option) => ({
    option,
    lines: db
      .select()
      .from(quoteLines)
      .where(eq(quoteLines.optionId, option.id))
      .orderBy(asc(quoteLines.no))
      .all() as LineRow[],
  }))
}

/** Takes the options and lines out of a draft. */
export function clearOptions(db: WriteDb, quoteId: number): void {
  const ids = db.select({ id: quoteOptions.id }).from(quoteOptions).where(eq(quoteOptions.quoteId, quoteId))
  db.delete(quoteLines).where(inArray(quoteLines.optionId, ids)).run()
  db.delete(quoteOptions).where(eq(quoteOptions.quoteId, quoteId)).run()
}

/** Removes a draft, which nobody outside the shop has seen. */
export function deleteDraft(db: WriteDb, quoteId: number): void {
  clearOptions(db, quoteId)
  db.delete(quotes)
    .where(and(eq(quotes.id, quoteId), eq(quotes.state, 'draft')))
    .run()
}
