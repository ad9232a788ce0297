import { sql } from 'drizzle-orm'
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { atColumn, bytes, flag, idColumn, uidColumn, versionColumn } from './columns.ts'
import { customers } from './customers.ts'
import { devices } from './devices.ts'
import { dictionaryEntries } from './dictionaries.ts'
import { seats, users } from './people.ts'

export const repairs = sqliteTable(
  'repairs',
  {
    id: idColumn(),
    uid: uidColumn(),
    number: text('number').notNull().unique(),
    visitUid: text('visit_uid').notNull(),
    channel: text('channel').notNull(),
    customerId: integer('customer_id').references(() => customers.id),
    deviceId: integer('device_id')
      .notNull()
      .references(() => devices.id),
    // Where it stands.
    state: text('state').notNull(),
    subStatusId: integer('sub_status_id').references(() => dictionaryEntries.id),
    /** Null unless locked: `unassigned`, `failed_twice` or `manual`. */
    lockReason: text('lock_reason'),
    lockNote: text('lock_note').notNull().default(''),
    lockedAt: atColumn('locked_at'),
    suspendedFrom: text('suspended_from'),
    suspendReasonId: integer('suspend_reason_id').references(() => dictionaryEntries.id),
    suspendReason: text('suspend_reason').notNull().default(''),
    wakeOn: text('wake_on'),
    engineerId: integer('engineer_id').references(() => users.id),
    attempts: integer('attempts').notNull().default(0),
    /** Since the last unlock: two of them lock the repair (W5). */
    failedAttempts: integer('failed_attempts').notNull().default(0),
    // What was said at the counter.
    problemTypeId: integer('problem_type_id').references(() => dictionaryEntries.id),
    faultText: text('fault_text').notNull(),
    faultUnknown: flag('fault_unknown'),
    faultSince: text('fault_since').notNull().default(''),
    dropped: flag('dropped'),
    liquid: flag('liquid'),
    intermittent: flag('intermittent'),
    backup: text('backup').notNull().default('unknown'),
    priority: integer('priority').notNull().default(1),
    requestedOn: text('requested_on'),
    dueOn: text('due_on'),
    estimateMinor: integer('estimate_minor'),
    ceilingMinor: integer('ceiling_minor'),
    benchFeeMinor: integer('bench_fee_minor'),
    warrantyKind: text('warranty_kind').notNull().default('none'),
    dataLossWaiver: flag('data_loss_waiver'),
    partsPolicy: text('parts_policy').notNull().default('any'),
    oldPartBack: flag('old_part_back'),
    otherReference: text('other_reference').notNull().default(''),
    mayCollect: text('may_collect').notNull().default(''),
    bin: text('bin').notNull().default(''),
    internalNote: text('internal_note').notNull().default(''),
    signatureUid: text('signature_uid'),
    noSignatureReason: text('no_signature_reason'),
    noSignatureNote: text('no_signature_note').notNull().default(''),
    termsVersion: integer('terms_version'),
    clerkId: integer('clerk_id').references(() => users.id),
    overrideReason: text('override_reason'),
    reworkOfId: integer('rework_of_id').references((): AnySQLiteColumn => repairs.id),
    /** A rework (返修): `same` fault counts against the work before, `different` does not; null is not said yet. */
    reworkKind: text('rework_kind'),
    // How it ended.
    outcome: text('outcome'),
    processedAt: atColumn('processed_at'),
    collectedAt: atColumn('collected_at'),
    collectedBy: text('collected_by').notNull().default(''),
    followUpTries: integer('follow_up_tries').notNull().default(0),
    nextTryOn: text('next_try_on'),
    closedAt: atColumn('closed_at'),
    closeKind: text('close_kind'),
    satisfaction: text('satisfaction'),
    verifiedAt: atColumn('verified_at'),
    verifiedById: integer('verified_by_id').references(() => users.id),
    // Imported history: who reported it, where, what stood in the way.
    source: text('source'),
    sourceKey: text('source_key'),
    barrier: text('barrier').notNull().default(''),
    place: text('place').notNull().default(''),
    country: text('country').notNull().default(''),
    ageYears: integer('age_years'),
    receivedAt: atColumn('received_at').notNull(),
    activeAt: atColumn('active_at').notNull(),
    version: versionColumn(),
  },
  (t) => [
    // Newest first is by the day the device came in, not by id: imported history may be entered after younger work.
    index('repairs_customer').on(t.customerId, t.receivedAt),
    index('repairs_device').on(t.deviceId, t.receivedAt),
    index('repairs_received').on(t.receivedAt),
    index('repairs_visit').on(t.visitUid),
    // The lists people live in are short; each gets an index over just its rows,
    // so that a million closed repairs cost them nothing.
    index('repairs_board')
      .on(t.state, sql`priority DESC`, sql`due_on IS NULL`, t.dueOn, t.id)
      .where(sql`state NOT IN ('closed','cancelled','unclaimed')`),
    index('repairs_engineer')
      .on(t.engineerId, t.state)
      .where(sql`state NOT IN ('closed','cancelled','unclaimed')`),
    index('repairs_engineer_history')
      .on(t.engineerId, t.receivedAt)
      .where(sql`engineer_id IS NOT NULL`),
    index('repairs_ended')
      .on(t.state, t.receivedAt)
      .where(sql`state IN ('cancelled','unclaimed')`),
    index('repairs_due')
      .on(t.dueOn)
      .where(sql`state NOT IN ('closed','cancelled','unclaimed','collected','processed')`),
    index('repairs_idle')
      .on(t.activeAt)
      .where(sql`state NOT IN ('closed','cancelled','unclaimed','collected','suspended')`),
    index('repairs_locked')
      .on(t.lockedAt)
      .where(sql`lock_reason IS NOT NULL`),
    index('repairs_follow_up')
      .on(t.nextTryOn)
      .where(sql`state = 'collected'`),
    index('repairs_unverified')
      .on(t.closedAt)
      .where(sql`state = 'closed' AND verified_at IS NULL AND close_kind <> 'imported'`),
    uniqueIndex('repairs_source')
      .on(t.source, t.sourceKey)
      .where(sql`source IS NOT NULL`),
  ],
)

/** Every move, and everything else worth a line in the history; append-only by trigger. */
export const repairLog = sqliteTable(
  'repair_log',
  {
    id: idColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    at: atColumn('at').notNull(),
    /** move, note, photo, passcode, edit, contact */
    kind: text('kind').notNull(),
    userId: integer('user_id').references(() => users.id),
    seatId: integer('seat_id').references(() => seats.id),
    action: text('action'),
    fromState: text('from_state'),
    toState: text('to_state'),
    text: text('text').notNull().default(''),
    detail: text('detail').notNull().default('{}'),
  },
  (t) => [index('repair_log_repair').on(t.repairId, t.id)],
)

/** One handling (domain §3.2 "attempt"). */
export const repairAttempts = sqliteTable(
  'repair_attempts',
  {
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    no: integer('no').notNull(),
    engineerId: integer('engineer_id')
      .notNull()
      .references(() => users.id),
    assignedAt: atColumn('assigned_at').notNull(),
    startedAt: atColumn('started_at'),
    endedAt: atColumn('ended_at'),
    result: text('result'),
    findings: text('findings').notNull().default(''),
    codeIds: text('code_ids', { mode: 'json' }).$type<number[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.repairId, t.no] }),
    index('repair_attempts_engineer').on(t.engineerId, t.endedAt),
  ],
)

export const repairChecks = sqliteTable(
  'repair_checks',
  {
    id: idColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    itemId: integer('item_id')
      .notNull()
      .references(() => dictionaryEntries.id),
    result: text('result').notNull(),
    note: text('note').notNull().default(''),
  },
  (t) => [index('repair_checks_repair').on(t.repairId)],
)

export const repairAccessories = sqliteTable(
  'repair_accessories',
  {
    id: idColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    accessoryId: integer('accessory_id').references(() => dictionaryEntries.id),
    name: text('name').notNull().default(''),
    serial: text('serial').notNull().default(''),
    returnedAt: atColumn('returned_at'),
  },
  (t) => [index('repair_accessories_repair').on(t.repairId)],
)

/** Encrypted device passcodes, purged N days after hand-over. */
export const repairPasscodes = sqliteTable(
  'repair_passcodes',
  {
    repairId: integer('repair_id')
      .primaryKey()
      .references(() => repairs.id),
    kind: text('kind').notNull(),
    sealed: bytes('sealed').notNull(),
    purgeAfter: text('purge_after'),
  },
  (t) => [
    index('repair_passcodes_purge')
      .on(t.purgeAfter)
      .where(sql`purge_after IS NOT NULL`),
  ],
)

/** Files kept beside the database under their SHA-256; rows are never deleted once a repair has them. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: idColumn(),
    uid: uidColumn(),
    kind: text('kind').notNull(),
    repairId: integer('repair_id').references(() => repairs.id),
    draftUid: text('draft_uid'),
    name: text('name').notNull(),
    mime: text('mime').notNull(),
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    createdById: integer('created_by_id').references(() => users.id),
    createdAt: atColumn('created_at').notNull(),
  },
  (t) => [
    index('attachments_repair').on(t.repairId),
    index('attachments_draft').on(t.draftUid),
    // Whether anything still shows a stored file.
    index('attachments_sha256').on(t.sha256),
  ],
)

/** Intake in progress; survives a crash of window or host. */
export const drafts = sqliteTable('drafts', {
  id: idColumn(),
  uid: uidColumn(),
  title: text('title').notNull(),
  step: text('step').notNull(),
  content: text('content').notNull(),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id),
  seatId: integer('seat_id')
    .notNull()
    .references(() => seats.id),
  updatedAt: atColumn('updated_at').notNull(),
  version: versionColumn(),
})
