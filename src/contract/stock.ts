import { z } from 'zod'
import {
  amountMinor,
  changed,
  id,
  label,
  line,
  name,
  on,
  page,
  pageOf,
  reason,
  text,
  uid,
  version,
} from './fields.ts'
import { command, query } from './method.ts'
import { quantity } from './money.ts'
import {
  goodsMove,
  part,
  partBalance,
  partInput,
  partRef,
  place,
  placeKinds,
  repairPart,
  repairPartStates,
  waitingRepair,
} from './stock-model.ts'

export * from './stock-model.ts'

const receiptLine = z.strictObject({
  partId: id,
  quantity,
  /** Purchase price of one unit, without tax. */
  unitCostMinor: amountMinor,
  binId: id,
  /** One per piece of a serialised part, none for others. */
  serials: z.array(name(60)).max(500),
})

export const stockContract = {
  /** Parts by number, name, model, barcode or pinyin of the name; `low` are those under their minimum. */
  parts: query(
    'stock.read',
    {
      text: line(80).optional(),
      only: z.enum(['low', 'reserved', 'negative']).optional(),
      includeInactive: z.boolean().optional(),
      ...page,
    },
    pageOf(part),
  ),
  getPart: query(
    'stock.read',
    { uid },
    z.object({
      part,
      balances: z.array(partBalance),
      waiting: z.array(waitingRepair),
      serials: z.array(z.object({ serial: z.string(), placeName: z.string(), kind: z.enum(placeKinds) })),
      /** The part it took the place of, and those that took its own. */
      supersedes: partRef.nullable(),
      supersededBy: z.array(partRef),
    }),
  ),
  /** The part or the serial a scanned code means; null when none does. */
  findByCode: query(
    'stock.read',
    { code: line(80) },
    z.object({ part, serial: z.string().nullable() }).nullable(),
  ),
  createPart: command('stock.manage', { part: partInput }, z.object({ id, uid, version })),
  updatePart: command('stock.manage', { partId: id, version, part: partInput }, changed),
  places: query(
    'stock.read',
    { kinds: z.array(z.enum(placeKinds)).max(placeKinds.length).optional() },
    z.array(place),
  ),
  addBin: command('stock.manage', { name: name(40) }, place),
  updateBin: command('stock.manage', { placeId: id, version, name: name(40), active: z.boolean() }, place),
  /** Goods from a supplier, put on shelves; answers which repairs wait for what came. */
  receive: command(
    'stock.receive',
    { supplier: name(120), document: line(80), note: text(500), lines: z.array(receiptLine).min(1).max(200) },
    z.object({
      document: z.string(),
      waiting: z.array(waitingRepair.extend({ partId: id, partNumber: z.string() })),
    }),
  ),
  /** From bin to bin, nothing gained or lost. */
  transfer: command(
    'stock.receive',
    {
      partId: id,
      quantity,
      fromBinId: id,
      toBinId: id,
      serials: z.array(name(60)).max(500),
      note: text(500),
    },
    z.object({ uid }),
  ),
  /** A difference found on a shelf; negative takes away. */
  adjust: command(
    'stock.adjust',
    {
      partId: id,
      binId: id,
      differenceThousandths: z.int().min(-1_000_000_000).max(1_000_000_000),
      unitCostMinor: amountMinor.nullable(),
      serials: z.array(name(60)).max(500),
      reason: reason(300),
    },
    z.object({ uid }),
  ),
  /** The only correction of a posted move: the same move back. */
  reverse: command('stock.adjust', { moveUid: uid, reason: reason(300) }, z.object({ uid })),
  moves: query(
    'stock.read',
    {
      partId: id.optional(),
      repairId: id.optional(),
      loanerId: id.optional(),
      from: on.optional(),
      to: on.optional(),
      ...page,
    },
    pageOf(goodsMove),
  ),

  ofRepair: query('repairs.read', { repairId: id }, z.array(repairPart)),
  /** A part the repair will need; reserves at once what is on a shelf when `reserve` is set. */
  plan: command(
    'stock.issue',
    { repairId: id, partId: id, quantity, reserve: z.boolean() },
    z.object({ id, uid, version, state: z.enum(repairPartStates) }),
  ),
  reserve: command('stock.issue', { repairPartId: id, version }, changed),
  /** Removes a line nothing was issued for. */
  drop: command('stock.issue', { repairPartId: id, version, reason: text(300) }, changed),
  /**
   * From the shelf to the bench, usually by scanning: a code of a part, or a serial. Takes the repair's open line for
   * the part, or adds one. `overrideReason` lets stock go below zero for who holds `stock.override`.
   */
  issue: command(
    'stock.issue',
    {
      repairId: id,
      repairPartId: id.nullable(),
      code: line(80),
      quantity: quantity.nullable(),
      binId: id.nullable(),
      overrideReason: text(300).nullable(),
    },
    z.object({ id, uid, version, partNumber: z.string(), label }),
  ),
  /** Where an issued (or reserved, for `returned`) part ended; each with reason and person where the shop loses it. */
  settle: command(
    'stock.issue',
    {
      repairPartId: id,
      version,
      result: z.enum(['used', 'returned', 'dead_on_arrival', 'broken_here', 'lost']),
      /** Part of the line's quantity; null is all of it. */
      quantity: quantity.nullable(),
      serial: line(60),
      oldSerial: line(60),
      reason: text(300),
      personId: id.nullable(),
      binId: id.nullable(),
    },
    changed,
  ),
}
