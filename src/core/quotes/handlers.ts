import type { HandlersOf } from '../context.ts'
import { approveQuote, refuseQuote } from './decide-quote.ts'
import { quotesOf } from './queries.ts'
import { discardQuote, saveQuoteDraft } from './save-quote.ts'
import { sendQuote } from './send-quote.ts'

export const quotesHandlers: HandlersOf<'quotes'> = {
  ofRepair: quotesOf,
  save: saveQuoteDraft,
  discard: discardQuote,
  send: sendQuote,
  approve: approveQuote,
  refuse: refuseQuote,
}
