import type { Payer } from '#contract/charges.ts'
import { onePiece } from '#contract/money.ts'
import type { CommandContext } from '../context.ts'
import { billAmounts } from './charge-bill.ts'
import { unbilledParts, type BillPart } from './charge-parts.ts'
import { linesOfRepair, lockLine, type ChargeRow } from './charge-store.ts'
import { nextInvoiceNumber, requireClock } from './invoice-numbers.ts'
import { insertInvoice } from './invoice-store.ts'
import { post } from './ledger.ts'
import { shownRate } from './tax-rates.ts'

const otherPayers = ['warranty', 'agreement', 'goodwill'] as const
type OtherPayer = (typeof otherPayers)[number]

export interface SharedDocument {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly netMinor: number
}

interface Billed {
  readonly id: number
  readonly customerId: number | null
}

/**
 * Books what warranty, agreements and goodwill bear of these repairs and is not booked yet (V-03): the net amount
 * on the payer's account against revenue. No tax arises here; a manufacturer's claim has its own when it is settled.
 * `known`: the repairs' lines, where the caller has read them; only their shares are looked at.
 */
export function bookOtherShares(
  ctx: CommandContext,
  repairs: readonly Billed[],
  only: readonly OtherPayer[] = otherPayers,
  known?: ReadonlyMap<number, readonly ChargeRow[]>,
): SharedDocument[] {
  const shared = repairs.flatMap((repair) => {
    const lines = known?.get(repair.id) ?? linesOfRepair(ctx.db, repair.id)
    if (lines.every((line) => line.shares.every((share) => share.payer === 'customer'))) return []
    return unbilledParts(ctx.db, repair, (code) => shownRate(ctx.db, code, ctx.today))
  })
  return only.flatMap((payer) => {
    const parts = shared.filter((part) => part.key === payer)
    return parts.length === 0 ? [] : [bookShare(ctx, payer, parts, repairs[0])]
  })
}

function bookShare(
  ctx: CommandContext,
  payer: Exclude<Payer, 'customer'>,
  parts: readonly BillPart[],
  repair: Billed | undefined,
): SharedDocument {
  requireClock(ctx)
  const { lines, netMinor } = billAmounts(parts)
  const uid = ctx.newUid()
  const number = nextInvoiceNumber(ctx, payer)
  const repairId = repair?.id ?? null
  const id = insertInvoice(
    ctx.db,
    {
      uid,
      number,
      kind: 'invoice',
      payer,
      customerId: null,
      customerName: '',
      repairId,
      currency: ctx.settings.currency,
      pricesIncludeTax: false,
      netMinor,
      taxMinor: 0,
      grossMinor: netMinor,
      taxes: [],
      issuedOn: ctx.today,
      issuedAt: ctx.now,
      issuedById: ctx.actor.userId,
      dueOn: ctx.today,
    },
    parts.map(({ line }, index) => {
      const net = lines[index]?.netMinor ?? 0
      return {
        chargeLineId: line.id,
        repairId: line.repairId,
        description: line.description,
        quantity: onePiece,
        unitMinor: net,
        discountMinor: 0,
        rateBp: 0,
        netMinor: net,
        taxMinor: 0,
        grossMinor: net,
        warrantyMonths: line.warrantyMonths,
      }
    }),
  )
  for (const { line } of parts) lockLine(ctx.db, line.id, id)
  if (netMinor !== 0) {
    post(ctx, { kind: 'invoice', invoiceId: id, repairId }, [
      { account: payer, subject: id, amountMinor: netMinor },
      { account: 'revenue', amountMinor: -netMinor },
    ])
  }
  const payload = { number, payer, repairId, netMinor }
  ctx.record({ entity: 'invoices', id, uid, version: 1, type: 'share.booked', payload })
  return { id, uid, number, netMinor }
}
