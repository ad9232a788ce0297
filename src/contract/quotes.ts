import { z } from 'zod'
import { amountMinor, at, changed, id, line, name, on, reason, text, uid, version } from './fields.ts'
import {
  chargeLine,
  payerTotal,
  pricedAmounts,
  pricedLineFields,
  pricedLineInput,
  taxRow,
} from './charges.ts'
import { command, query } from './method.ts'
import { rateBp, signedMinor, totalMinor } from './money.ts'

/** `expired` is derived: a sent quote after its day. `superseded` gave way to a later revision. */
export const quoteStates = ['draft', 'sent', 'approved', 'refused', 'superseded', 'expired'] as const
export type QuoteState = (typeof quoteStates)[number]
/** How the customer answered; `ceiling`: within what was agreed at intake, no answer needed. */
export const decisionWays = ['on_site', 'phone', 'message', 'ceiling'] as const
export const sendingWays = ['on_site', 'phone', 'message', 'email', 'print'] as const

const optionFields = {
  title: name(120),
  /** Working days until it is ready. */
  days: z.int().min(0).max(365),
  /** What the customer gets: original part, compatible part, refurbished … */
  quality: line(200),
}
export const quoteOptionInput = z.strictObject({
  ...optionFields,
  lines: z.array(pricedLineInput).min(1).max(100),
})
export type QuoteOptionInput = z.output<typeof quoteOptionInput>

export const quoteOption = z.object({
  no: z.int(),
  ...optionFields,
  title: z.string(),
  lines: z.array(z.object({ id, ...pricedLineFields, description: z.string(), rateBp, ...pricedAmounts })),
  ...pricedAmounts,
  taxes: z.array(taxRow),
  payers: z.array(payerTotal),
  /** What the customer alone pays, with tax. */
  customerMinor: signedMinor,
})
export type QuoteOption = z.output<typeof quoteOption>

export const quoteDecision = z.object({
  approved: z.boolean(),
  optionNo: z.int().nullable(),
  /** With tax, what the customer said yes to. */
  amountMinor: totalMinor.nullable(),
  by: z.string(),
  way: z.enum(decisionWays),
  at,
  recordedBy: z.string().nullable(),
  signatureUid: uid.nullable(),
  note: z.string(),
})

export const quote = z.object({
  id,
  uid,
  version,
  repairId: id,
  repairUid: uid,
  /** `<repair number>-Q<revision>`. */
  number: z.string(),
  revision: z.int(),
  state: z.enum(quoteStates),
  pricesIncludeTax: z.boolean(),
  validUntil: z.string(),
  note: z.string(),
  /** Due when the customer refuses; waived when they approve. */
  benchFeeMinor: amountMinor,
  options: z.array(quoteOption),
  createdAt: at,
  createdBy: z.string().nullable(),
  sentAt: at.nullable(),
  sentBy: z.string().nullable(),
  sentWay: z.enum(sendingWays).nullable(),
  decision: quoteDecision.nullable(),
})
export type Quote = z.output<typeof quote>

/** Whether the work may go on without asking again. */
export const approvalStanding = z.object({
  state: z.enum(['none', 'asked', 'approved', 'refused', 'expired', 'needed_again']),
  /** What was agreed: the approved amount, or the ceiling said at intake. */
  agreedMinor: totalMinor.nullable(),
  /** What the customer's lines come to now, with tax. */
  presentMinor: signedMinor,
  /** Above this the customer is asked again. */
  limitMinor: totalMinor.nullable(),
})
export type ApprovalStanding = z.output<typeof approvalStanding>

export const quotesContract = {
  ofRepair: query(
    'repairs.read',
    { repairId: id },
    z.object({
      quotes: z.array(quote),
      standing: approvalStanding,
      /** Whether prices on this repair's bill are with tax. */
      pricesIncludeTax: z.boolean(),
      /** Lines written on the bill by hand, on no invoice: a new quote takes them over (`pairSame`). */
      handLines: z.array(chargeLine),
    }),
  ),
  /** A draft is made or replaced whole; a sent quote is never changed, saving makes the next revision. */
  save: command(
    'quotes.write',
    {
      repairId: id,
      /** The draft to replace with the version seen; null makes a new one. */
      draft: z.strictObject({ quoteId: id, version }).nullable(),
      validUntil: on,
      note: text(2000),
      benchFeeMinor: amountMinor,
      options: z.array(quoteOptionInput).min(1).max(6),
    },
    z.object({ id, uid, version, number: z.string() }),
  ),
  discard: command('quotes.write', { quoteId: id, version }, changed),
  /** A person says that the customer has it; the program never sends one by itself (RD#1531). Moves the repair to awaiting approval. */
  send: command('quotes.write', { quoteId: id, version, way: z.enum(sendingWays) }, changed),
  /**
   * Approval creates the bill's lines, plans and reserves parts and labour, waives the bench fee. A line that says the
   * same as one written on the bill by hand is that one.
   */
  approve: command(
    'quotes.decide',
    {
      quoteId: id,
      version,
      optionNo: z.int().min(1).max(6),
      by: name(120),
      way: z.enum(decisionWays),
      signatureUid: uid.nullable(),
      note: text(500),
    },
    changed,
  ),
  /**
   * Refusal puts the bench fee on the bill by the shop's rule; the repair goes back unrepaired. What the quote named of
   * the bill comes off as far as it goes beyond what was agreed before.
   */
  refuse: command(
    'quotes.decide',
    {
      quoteId: id,
      version,
      by: name(120),
      way: z.enum(decisionWays).exclude(['ceiling']),
      signatureUid: uid.nullable(),
      reason: reason(500),
    },
    changed,
  ),
}
