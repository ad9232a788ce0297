import { z } from 'zod'
import { amountMinor, at, id, label, line, name, uid, version } from './fields.ts'
import { quantity } from './money.ts'
import { repairStates } from './repair-states.ts'

/**
 * The goods ledger (architecture §5). A move takes a quantity of one part (or one loaner) from a place to a place;
 * rows are never changed. `bin` are the shop's shelves, `bench` is what is out for a repair, `customer` is what was
 * built into a customer's device or lent.
 */
export const placeKinds = [
  'supplier',
  'bin',
  'bench',
  'customer',
  'quarantine',
  'vendor',
  'factory',
  'scrap',
  'lost',
  'difference',
] as const
export type PlaceKind = (typeof placeKinds)[number]

/** `pending` reserves; `post` and `void` end a pending move; `direct` needs none before it. */
export const moveKinds = ['direct', 'pending', 'post', 'void'] as const

export const moveReasons = [
  'receipt',
  'reserve',
  'issue',
  'use',
  'return_to_shelf',
  'dead_on_arrival',
  'broken_here',
  'lost',
  'adjustment',
  'transfer',
  'lend',
  'loan_back',
  'reversal',
] as const
export type MoveReason = (typeof moveReasons)[number]

/** Where a part line of a repair stands. `planned` waits for approval or for stock. */
export const repairPartStates = [
  'planned',
  'reserved',
  'issued',
  'used',
  'returned',
  'dead_on_arrival',
  'broken_here',
  'lost',
  'cancelled',
] as const
export type RepairPartState = (typeof repairPartStates)[number]

export const place = z.object({
  id,
  uid,
  kind: z.enum(placeKinds),
  name: z.string(),
  active: z.boolean(),
  version,
})
export type Place = z.output<typeof place>

const partFields = {
  /** The part's own number, unique without regard to case and blanks. */
  number: name(60),
  zh: line(120),
  en: line(120),
  barcode: line(60),
  /** Models it fits, in the maker's words. */
  models: line(300),
  unit: line(20),
  serialised: z.boolean(),
  /** The old part must be kept and may be asked back by the factory. */
  returnable: z.boolean(),
  priceMinor: amountMinor,
  taxCodeId: id,
  warrantyMonths: z.int().min(0).max(120),
  minimum: z.int().min(0).max(1_000_000_000),
  maximum: z.int().min(0).max(1_000_000_000).nullable(),
  /** The shelf it is put on when nothing else is said. */
  binId: id.nullable(),
  supersedesId: id.nullable(),
  active: z.boolean(),
}
export const partInput = z.strictObject(partFields)
export type PartInput = z.output<typeof partInput>

/** Quantities in thousandths: available = on hand in bins − reserved. */
const quantities = { onHand: z.int(), reserved: z.int(), available: z.int() }

export const part = z.object({
  id,
  uid,
  version,
  ...partFields,
  number: z.string(),
  label,
  /** Moving average of receipts, per unit. */
  costMinor: amountMinor,
  binName: z.string().nullable(),
  ...quantities,
})
export type Part = z.output<typeof part>

/** Another part by what people call it. */
export const partRef = z.object({ id, uid, number: z.string(), label })
export type PartRef = z.output<typeof partRef>

export const partBalance = z.object({
  placeId: id,
  placeName: z.string(),
  kind: z.enum(placeKinds),
  onHand: z.int(),
  reserved: z.int(),
})

/** A reservation that has no stock yet: whose part it is when it arrives (RD#1569). */
export const waitingRepair = z.object({
  repairUid: uid,
  repairNumber: z.string(),
  state: z.enum(repairStates),
  quantity,
  plannedAt: at,
})

export const goodsMove = z.object({
  id,
  uid,
  at,
  kind: z.enum(moveKinds),
  reason: z.enum(moveReasons),
  partId: id.nullable(),
  partNumber: z.string().nullable(),
  label: label.nullable(),
  loanerId: id.nullable(),
  serial: z.string(),
  quantity,
  fromPlace: z.string(),
  toPlace: z.string(),
  repairUid: uid.nullable(),
  repairNumber: z.string().nullable(),
  document: z.string(),
  note: z.string(),
  userName: z.string().nullable(),
  reversed: z.boolean(),
})
export type GoodsMove = z.output<typeof goodsMove>

/** A part line of a repair. */
export const repairPart = z.object({
  id,
  uid,
  version,
  repairId: id,
  partId: id,
  partNumber: z.string(),
  label,
  serialised: z.boolean(),
  returnable: z.boolean(),
  quantity,
  state: z.enum(repairPartStates),
  /** Built in; for a serialised part also the one taken out. */
  serial: z.string(),
  oldSerial: z.string(),
  reason: z.string(),
  /** Who broke it or lost it, who built it in. */
  personId: id.nullable(),
  personName: z.string().nullable(),
  chargeLineId: id.nullable(),
  /** In bins and not reserved for others, so that a missing part is seen. */
  available: z.int(),
  binName: z.string().nullable(),
  changedAt: at,
})
export type RepairPart = z.output<typeof repairPart>
