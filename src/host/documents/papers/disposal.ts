import type { Content } from 'pdfmake/interfaces.js'

import type { Composed } from './frame.ts'
import { totals } from './grid.ts'
import type { Total } from './grid.ts'
import { addressOf, deviceFacts, signatures } from './parts.ts'
import type { DisposalData } from './types.ts'
import { factList, factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'

/** The record of what became of a device nobody collected: for the shop's file, and for the owner who asks. */

/** Every notice since the device was ready, with its day and way. */
function told(writer: Writer, { repair, notices }: DisposalData): Content[] {
  const { words } = writer
  const since = notices
    .filter(({ createdAt }) => createdAt >= (repair.processedAt ?? 0))
    .toSorted((a, b) => a.createdAt - b.createdAt)
  if (since.length === 0) return [paragraph(writer, words['disposal.told_nothing'])]
  const facts = since.map(({ createdAt, kind, channel, address, state }): [string, string] => [
    writer.dayOf(createdAt),
    [
      writer.aside(words[`disposal.notice.${kind}`], words[`disposal.channel.${channel}`]),
      address,
      state === 'failed' || state === 'queued' ? words['disposal.not_sent'] : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  ])
  return factList(writer, factsOf(...facts))
}

function money(writer: Writer, { disposal, paid, given, money: standing }: DisposalData): Content[] {
  const { words } = writer
  if (disposal.proceedsMinor === 0) return []
  const taken = (rows: readonly { readonly amountMinor: number }[]) =>
    rows.reduce((sum, row) => sum + row.amountMinor, 0)
  const deposits = standing.payments.filter(({ kind, reverses, reversedBy }) => {
    return kind === 'deposit' && reverses === null && reversedBy === null
  })
  // What came in and is neither held, nor paid an invoice, nor went back to the owner is the shop's.
  const lost = taken(deposits) - taken(paid) - taken(given) - standing.depositMinor
  const line = (key: 'disposal.paid' | 'disposal.given', row: DisposalData['paid'][number]): Total => ({
    label: writer.say(key, { number: row.number }),
    value: writer.money(-row.amountMinor),
  })
  const rows: Total[] = [
    { label: words['disposal.proceeds'], value: writer.money(disposal.proceedsMinor) },
    { label: words['disposal.costs'], value: writer.money(-disposal.costsMinor) },
    ...paid.map((row) => line('disposal.paid', row)),
    ...given.map((row) => line('disposal.given', row)),
    ...(lost > 0 ? [{ label: words['disposal.forfeited'], value: writer.money(-lost) }] : []),
    { label: words['disposal.surplus'], value: writer.money(standing.depositMinor), strong: true },
    ...(standing.openMinor > 0
      ? [{ label: words['disposal.open'], value: writer.money(standing.openMinor) }]
      : []),
  ]
  return totals(writer, rows)
}

export function composeDisposal(writer: Writer, data: DisposalData): Composed {
  const { repair, customer, disposal } = data
  const { words } = writer
  const what = factsOf(
    [words['disposal.kind'], words[`disposal.kind.${disposal.kind}`], true],
    [words['disposal.buyer'], disposal.buyer],
    [words['disposal.note'], disposal.note],
  )
  const { voided } = disposal
  return {
    title: words['title.disposal_record'],
    number: repair.number,
    ...(voided
      ? { standing: writer.say('disposal.void', { at: writer.dayOf(voided.at), reason: voided.reason }) }
      : {}),
    facts: factsOf(
      [words['head.date'], writer.day(disposal.on), true],
      [words['head.repair'], repair.number],
      [words['head.received'], writer.dayOf(repair.receivedAt)],
      [words['disposal.ready'], repair.processedAt === null ? '' : writer.dayOf(repair.processedAt)],
      [words['head.prepared_by'], disposal.by],
    ),
    address: addressOf(writer, customer),
    body: [
      ...section(writer, words['section.device'], factList(writer, deviceFacts(writer, repair))),
      ...section(writer, words['disposal.told'], told(writer, data)),
      ...section(writer, words['disposal.what'], [
        ...factList(writer, what),
        ...(data.wiped ? [paragraph(writer, words['disposal.wiped'])] : []),
      ]),
      ...section(writer, words['disposal.money'], money(writer, data)),
      signatures(writer, [{ caption: words['sign.shop'] }]),
    ],
    at: disposal.at,
  }
}
