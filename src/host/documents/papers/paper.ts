import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

import type { Engine } from '../engine.ts'
import { composeDisposal } from './disposal.ts'
import { frame } from './frame.ts'
import type { Composed } from './frame.ts'
import { composeInvoice } from './invoice.ts'
import { composeJobCard } from './job-card.ts'
import { composeLetter } from './letter.ts'
import { composeLoaner } from './loaner.ts'
import { composeQuote } from './quote.ts'
import { composeReceipt } from './receipt.ts'
import { composeServiceReport, composeTestReport } from './reports.ts'
import { composeShift } from './shift.ts'
import { composeStatement } from './statement.ts'
import type { PaperData } from './types.ts'
import { createWriter } from './writer.ts'
import type { Writer } from './writer.ts'

function compose(writer: Writer, data: PaperData): Composed {
  switch (data.kind) {
    case 'quote':
      return composeQuote(writer, data)
    case 'job_card':
      return composeJobCard(writer, data)
    case 'test_report':
      return composeTestReport(writer, data)
    case 'service_report':
      return composeServiceReport(writer, data)
    case 'loaner_agreement':
      return composeLoaner(writer, data)
    case 'letter':
      return composeLetter(writer, data)
    case 'disposal_record':
      return composeDisposal(writer, data)
    case 'invoice':
      return composeInvoice(writer, data)
    case 'receipt':
      return composeReceipt(writer, data)
    case 'statement':
      return composeStatement(writer, data)
    case 'shift_report':
      return composeShift(writer, data)
  }
}

/** A paper laid out, with its name and the moment it speaks of (UTC epoch ms) for the file. */
export function layPaper(
  engine: Engine,
  data: PaperData,
): { definition: TDocumentDefinitions; title: string; at: number } {
  const writer = createWriter(engine, data)
  const paper = compose(writer, data)
  return {
    definition: frame(writer, paper, data.size),
    title: [paper.title, paper.number].filter(Boolean).join(' '),
    at: paper.at,
  }
}
