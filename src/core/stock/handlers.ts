import type { HandlersOf } from '../context.ts'
import { adjustStock } from './adjust-stock.ts'
import { createPart } from './create-part.ts'
import { dropPart } from './drop-part.ts'
import { issuePart } from './issue-part.ts'
import { createLoaner, lendLoaner, listLoaners, takeLoanerBack, updateLoaner } from './loaners.ts'
import { addBin, updateBin } from './places.ts'
import { planPart } from './plan-part.ts'
import { findByCode, getPart, listMoves, listParts, listPlaces, partsOfRepair } from './queries.ts'
import { receiveGoods } from './receive-goods.ts'
import { reservePart } from './reserve-part.ts'
import { reverseMove } from './reverse-move.ts'
import { settlePart } from './settle-part.ts'
import { transferGoods } from './transfer-goods.ts'
import { updatePart } from './update-part.ts'
import { loansOfRepair } from './views.ts'

export const stockHandlers: HandlersOf<'stock'> = {
  parts: listParts,
  getPart,
  findByCode,
  createPart,
  updatePart,
  places: listPlaces,
  addBin,
  updateBin,
  receive: receiveGoods,
  transfer: transferGoods,
  adjust: adjustStock,
  reverse: reverseMove,
  moves: listMoves,
  ofRepair: partsOfRepair,
  plan: planPart,
  reserve: reservePart,
  drop: dropPart,
  issue: issuePart,
  settle: settlePart,
}

export const loanersHandlers: HandlersOf<'loaners'> = {
  list: listLoaners,
  ofRepair: (ctx, { repairId }) => loansOfRepair(ctx.db, repairId),
  create: createLoaner,
  update: updateLoaner,
  lend: lendLoaner,
  takeBack: takeLoanerBack,
}
