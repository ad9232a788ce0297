import type { Composed } from './frame.ts'
import { addressOf, drawn, signatures, writingLines } from './parts.ts'
import type { LoanerData } from './types.ts'
import { factList, factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'

/** The agreement on a device lent while the customer's own is being repaired; later it shows the return too. */
export function composeLoaner(writer: Writer, data: LoanerData): Composed {
  const { loan, valueMinor } = data
  const { words } = writer
  const picture = drawn(data.signature)
  const facts = factsOf(
    [words['loan.device'], loan.loanerName, true],
    [words['column.serial'], loan.serial],
    [words['loan.value'], valueMinor === null || valueMinor === 0 ? '' : writer.money(valueMinor)],
    [words['loan.due'], writer.day(loan.dueOn), true],
  )
  const returned =
    loan.returnedAt === null
      ? []
      : [
          ...(loan.conditionIn ? [paragraph(writer, loan.conditionIn)] : []),
          ...factList(
            writer,
            factsOf(
              [words['loan.returned'], writer.moment(loan.returnedAt)],
              [words['sign.shop'], loan.returnedTo],
            ),
          ),
        ]
  return {
    title: words['title.loaner_agreement'],
    number: loan.repairNumber,
    facts: factsOf(
      [words['loan.lent'], writer.moment(loan.lentAt)],
      [words['loan.due'], writer.day(loan.dueOn), true],
      [words['head.repair'], loan.repairNumber],
      [words['head.prepared_by'], loan.lentBy],
    ),
    address: data.customer ? addressOf(writer, data.customer) : [loan.customerName ?? ''],
    body: [
      ...section(writer, words['loan.device'], factList(writer, facts)),
      ...section(
        writer,
        words['section.condition'],
        loan.conditionOut ? [paragraph(writer, loan.conditionOut)] : [],
      ),
      ...section(writer, words['section.terms'], [paragraph(writer, words['loan.agreement'])]),
      ...section(writer, words['loan.out'], [
        signatures(writer, [{ caption: words['sign.customer'], picture }, { caption: words['sign.shop'] }]),
      ]),
      ...section(
        writer,
        words['section.condition_in'],
        returned.length > 0
          ? returned
          : [
              writingLines(writer, 2),
              signatures(writer, [{ caption: words['sign.customer'] }, { caption: words['sign.shop'] }]),
            ],
      ),
    ],
    pictures: [picture],
    at: loan.lentAt,
  }
}
