import type { Composed } from './frame.ts'
import { addressOf, deviceName } from './parts.ts'
import type { LetterData } from './types.ts'
import { factsOf, paragraph } from './writer.ts'
import type { Writer } from './writer.ts'

/** What a customer is told on paper: that the device is ready, a reminder, a final notice. */
export function composeLetter(writer: Writer, { repair, customer, notice }: LetterData): Composed {
  const { words } = writer
  return {
    title: notice.subject === '' ? words['title.letter'] : notice.subject,
    number: notice.subject === '' ? repair.number : '',
    facts: factsOf(
      [words['head.date'], writer.dayOf(notice.createdAt)],
      [words['head.repair'], repair.number],
      [words['section.device'], deviceName(repair)],
      [words['head.prepared_by'], notice.createdBy],
    ),
    address: addressOf(writer, customer),
    body: notice.body.split('\n').map((line) => paragraph(writer, line === '' ? ' ' : line)),
    pictures: [],
    at: notice.createdAt,
  }
}
