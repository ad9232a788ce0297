import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { taxCodes } from './prices.ts'
import { atColumn, flag, idColumn, uidColumn, versionColumn } from './columns.ts'
import { customers } from './customers.ts'
import { seats, users } from './people.ts'
import { repairs } from './repairs.ts'

/** Where goods can be. The shop's own shelves are bins; there is one place of most other kinds. */
export const places = sqliteTable(
  'places',
  {
    id: idColumn(),
    uid: uidColumn(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    active: flag('active').default(true),
    version: versionColumn(),
  },
  (t) => [uniqueIndex('places_name').on(t.kind, t.nameKey)],
)

/** The catalogue. Quantities stand in `stock_balances`. */
export const parts = sqliteTable(
  'parts',
  {
    id: idColumn(),
    uid: uidColumn(),
    number: text('number').notNull(),
    numberKey: text('number_key').notNull().unique(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    /** What it is found by: names, pinyin, models, barcode, folded. */
    searchText: text('search_text').notNull(),
    barcode: text('barcode').notNull().default(''),
    models: text('models').notNull().default(''),
    unit: text('unit').notNull().default(''),
    serialised: flag('serialised'),
    returnable: flag('returnable'),
    costMinor: integer('cost_minor').notNull().default(0),
    priceMinor: integer('price_minor').notNull(),
    taxCodeId: integer('tax_code_id')
      .notNull()
      .references(() => taxCodes.id),
    warrantyMonths: integer('warranty_months').notNull().default(0),
    minimum: integer('minimum').notNull().default(0),
    maximum: integer('maximum'),
    binId: integer('bin_id').references(() => places.id),
    supersedesId: integer('supersedes_id').references((): AnySQLiteColumn => parts.id),
    active: flag('active').default(true),
    version: versionColumn(),
  },
  (t) => [
    uniqueIndex('parts_barcode')
      .on(t.barcode)
      .where(sql`barcode <> ''`),
  ],
)

/**
 * The goods ledger: append-only by trigger. `quantity` is positive, in thousandths; `pending` reserves, `post` and
 * `void` end the pending move they name.
 */
export const goodsMoves = sqliteTable(
  'goods_moves',
  {
    id: idColumn(),
    uid: uidColumn(),
    at: atColumn('at').notNull(),
    kind: text('kind').notNull(),
    reason: text('reason').notNull(),
    partId: integer('part_id').references(() => parts.id),
    loanerId: integer('loaner_id').references(() => loaners.id),
    serial: text('serial').notNull().default(''),
    quantity: integer('quantity').notNull(),
    fromPlaceId: integer('from_place_id')
      .notNull()
      .references(() => places.id),
    toPlaceId: integer('to_place_id')
      .notNull()
      .references(() => places.id),
    pendingId: integer('pending_id').references((): AnySQLiteColumn => goodsMoves.id),
    reversesId: integer('reverses_id').references((): AnySQLiteColumn => goodsMoves.id),
    repairId: integer('repair_id').references(() => repairs.id),
    repairPartId: integer('repair_part_id').references(() => repairParts.id),
    /** Delivery note, adjustment number. */
    document: text('document').notNull().default(''),
    note: text('note').notNull().default(''),
    unitCostMinor: integer('unit_cost_minor').notNull().default(0),
    personId: integer('person_id').references(() => users.id),
    userId: integer('user_id').references(() => users.id),
    seatId: integer('seat_id').references(() => seats.id),
  },
  (t) => [
    index('goods_moves_part').on(t.partId, t.id),
    index('goods_moves_repair')
      .on(t.repairId, t.id)
      .where(sql`repair_id IS NOT NULL`),
    index('goods_moves_loaner')
      .on(t.loanerId, t.id)
      .where(sql`loaner_id IS NOT NULL`),
    // What was ended or reversed once cannot be a second time, whatever the program believes.
    uniqueIndex('goods_moves_pending')
      .on(t.pendingId)
      .where(sql`pending_id IS NOT NULL`),
    uniqueIndex('goods_moves_reverses')
      .on(t.reversesId)
      .where(sql`reverses_id IS NOT NULL`),
    check('goods_moves_quantity', sql`quantity > 0`),
    check('goods_moves_places', sql`from_place_id <> to_place_id`),
    check('goods_moves_item', sql`(part_id IS NULL) <> (loaner_id IS NULL)`),
  ],
)

/** Projection of the ledger: what lies where. Reserved is what pending moves will take from the place. */
export const stockBalances = sqliteTable(
  'stock_balances',
  {
    partId: integer('part_id')
      .notNull()
      .references(() => parts.id),
    placeId: integer('place_id')
      .notNull()
      .references(() => places.id),
    onHand: integer('on_hand').notNull().default(0),
    reserved: integer('reserved').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.partId, t.placeId] })],
)

/** Projection of the ledger for serialised parts: where each piece is. */
export const partSerials = sqliteTable(
  'part_serials',
  {
    partId: integer('part_id')
      .notNull()
      .references(() => parts.id),
    serialKey: text('serial_key').notNull(),
    serial: text('serial').notNull(),
    placeId: integer('place_id')
      .notNull()
      .references(() => places.id),
  },
  (t) => [primaryKey({ columns: [t.partId, t.serialKey] }), index('part_serials_key').on(t.serialKey)],
)

/** A part line of a repair, from plan to the place where it ended. */
export const repairParts = sqliteTable(
  'repair_parts',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    partId: integer('part_id')
      .notNull()
      .references(() => parts.id),
    quantity: integer('quantity').notNull(),
    state: text('state').notNull(),
    /** The shelf it is reserved on or came from. */
    binId: integer('bin_id').references(() => places.id),
    /** The pending move that reserves it. */
    pendingId: integer('pending_id').references((): AnySQLiteColumn => goodsMoves.id),
    serial: text('serial').notNull().default(''),
    oldSerial: text('old_serial').notNull().default(''),
    reason: text('reason').notNull().default(''),
    personId: integer('person_id').references(() => users.id),
    chargeLineId: integer('charge_line_id'),
    plannedAt: atColumn('planned_at').notNull(),
    changedAt: atColumn('changed_at').notNull(),
    version: versionColumn(),
  },
  (t) => [
    index('repair_parts_repair').on(t.repairId, t.id),
    index('repair_parts_waiting')
      .on(t.partId, t.id)
      .where(sql`state = 'planned'`),
  ],
)

export const loaners = sqliteTable('loaners', {
  id: idColumn(),
  uid: uidColumn(),
  name: text('name').notNull(),
  serial: text('serial').notNull().default(''),
  valueMinor: integer('value_minor').notNull().default(0),
  condition: text('condition').notNull().default(''),
  active: flag('active').default(true),
  version: versionColumn(),
})

export const loans = sqliteTable(
  'loans',
  {
    id: idColumn(),
    uid: uidColumn(),
    loanerId: integer('loaner_id')
      .notNull()
      .references(() => loaners.id),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    customerId: integer('customer_id').references(() => customers.id),
    lentAt: atColumn('lent_at').notNull(),
    lentById: integer('lent_by_id').references(() => users.id),
    dueOn: text('due_on').notNull(),
    conditionOut: text('condition_out').notNull().default(''),
    signatureUid: text('signature_uid'),
    returnedAt: atColumn('returned_at'),
    returnedToId: integer('returned_to_id').references(() => users.id),
    conditionIn: text('condition_in').notNull().default(''),
    version: versionColumn(),
  },
  (t) => [
    index('loans_repair').on(t.repairId),
    // A loaner is out once.
    uniqueIndex('loans_out')
      .on(t.loanerId)
      .where(sql`returned_at IS NULL`),
  ],
)
