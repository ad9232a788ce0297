import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { Place, RepairPart } from '#contract/stock-model.ts'
import type { QueryContext } from '../context.ts'
import { assert, found } from '../kernel/app-error.ts'
import { addDays, startOfDay } from '../kernel/days.ts'
import { cursorOf, pageOf } from '../kernel/paging.ts'
import { askedPieces } from '../search/steps.ts'
import { scan } from './issue-part.ts'
import { balancesOf, partIdByUid, partPage, partViewById, replacementsOf, serialsOf } from './part-views.ts'
import { placesOfKinds } from './place-store.ts'
import { codeKey } from './stock.ts'
import { linesOfRepair, movePage, waitingFor } from './views.ts'

/** Parts by number, name, model, barcode or pinyin of the name, in the order of their numbers. */
export function listParts(ctx: QueryContext, input: InputOf<'stock.parts'>): OutputOf<'stock.parts'> {
  const { afterId, limit } = cursorOf(input)
  const rows = partPage(ctx.db, {
    pieces: askedPieces(input.text ?? ''),
    only: input.only ?? 'all',
    includeInactive: input.includeInactive ?? false,
    afterId,
    limit: limit + 1,
  })
  return pageOf(rows, limit)
}

/** One part with where it lies, its pieces and the repairs that wait for it. Error: `not_found`. */
export function getPart(ctx: QueryContext, { uid }: InputOf<'stock.getPart'>): OutputOf<'stock.getPart'> {
  const id = found(partIdByUid(ctx.db, uid), 'part')
  const part = found(partViewById(ctx.db, id), 'part')
  const waiting = waitingFor(ctx.db, id).map(({ repairId: _id, suspendedFrom: _from, ...row }) => row)
  return {
    part,
    balances: balancesOf(ctx.db, id),
    waiting,
    serials: part.serialised ? serialsOf(ctx.db, id) : [],
    ...replacementsOf(ctx.db, id),
  }
}

/** What a scanned code means; null when it means nothing. */
export function findByCode(
  ctx: QueryContext,
  { code }: InputOf<'stock.findByCode'>,
): OutputOf<'stock.findByCode'> {
  const scanned = codeKey(code) === '' ? undefined : scan(ctx, code)
  if (!scanned) return null
  const part = partViewById(ctx.db, scanned.part.id)
  assert(part, 'a part just found is there')
  return { part, serial: scanned.piece?.serial ?? null }
}

export function listPlaces(ctx: QueryContext, { kinds = [] }: InputOf<'stock.places'>): Place[] {
  return placesOfKinds(ctx.db, kinds)
}

/** Moves, the newest first; days are the shop's. */
export function listMoves(ctx: QueryContext, input: InputOf<'stock.moves'>): OutputOf<'stock.moves'> {
  const { from, to, partId, repairId, loanerId } = input
  const { afterId, limit } = cursorOf(input)
  const { timeZone } = ctx.settings
  const rows = movePage(ctx.db, {
    partId,
    repairId,
    loanerId,
    from: from === undefined ? undefined : startOfDay(from, timeZone),
    until: to === undefined ? undefined : startOfDay(addDays(to, 1), timeZone),
    beforeId: afterId,
    limit: limit + 1,
  })
  return pageOf(rows, limit)
}

/** Part lines of a repair, in the order they were planned. */
export function partsOfRepair(ctx: QueryContext, { repairId }: { repairId: number }): RepairPart[] {
  return linesOfRepair(ctx.db, repairId)
}
