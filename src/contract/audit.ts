import { z } from 'zod'
import { at, id, line, on, page, text, uid } from './fields.ts'
import { command, query, task } from './method.ts'
import { permission } from './session.ts'

/** The parts of a check of the whole file, in the order in which they are done. */
export const fileChecks = ['chain', 'heads', 'ledgers', 'foreign_keys', 'integrity'] as const
export type FileCheck = (typeof fileChecks)[number]

/** One thing a check found wrong: the row it stands on, the rule that does not hold, and what was found instead. */
export const fileFault = z.object({
  check: z.enum(fileChecks),
  rule: z.string(),
  table: z.string(),
  row: z.string(),
  expected: z.string(),
  found: z.string(),
})
export type FileFault = z.output<typeof fileFault>

/** The newest row of the audit log at a moment, noted outside of the file. */
export const auditHead = z.strictObject({ at, id, hash: z.string().max(64) })
export type AuditHead = z.output<typeof auditHead>

/** What a check read, and what is wrong. */
export const fileReport = z.object({
  /** Rows of the audit log, those older than the chain included. */
  auditRows: z.int(),
  moneyEntries: z.int(),
  goodsMoves: z.int(),
  faults: z.array(fileFault),
})
export type FileReport = z.output<typeof fileReport>

const checked = z.object({ at, rows: z.int(), faults: z.array(fileFault) })
export type Checked = z.output<typeof checked>

/** When the file was looked through last: whole, and briefly at the program's start. */
export const auditState = z.object({
  rows: z.int(),
  whole: checked.nullable(),
  brief: checked.nullable(),
  /** What is known to be wrong now; empty while everything holds. */
  faults: z.array(fileFault),
})
export type AuditState = z.output<typeof auditState>

/** What narrows the log; everything given must hold. */
export const auditFilter = {
  userId: id.optional(),
  seatId: id.optional(),
  /** `module.verb`, or a module alone for everything it does. */
  method: z
    .string()
    .max(80)
    .regex(/^[a-zA-Z]+(\.[a-zA-Z]+)?$/)
    .optional(),
  from: on.optional(),
  to: on.optional(),
  refused: z.boolean().optional(),
  /**
   * Part of the input, as it is kept; or a person (name, phone), a device (serial, IMEI) or a repair (number): then
   * every line is meant that is about them.
   */
  text: line(80).optional(),
}

/**
 * What stands in an input in the place of something personal: that it was given, or, of a record that was changed,
 * whether it is another than before. What it was stands in the record only, where it can be erased.
 */
export interface PersonalMark {
  readonly personal: 'given' | 'same' | 'changed'
}

export const auditRow = z.object({
  id,
  at,
  userId: id.nullable(),
  userName: z.string().nullable(),
  seatName: z.string().nullable(),
  method: z.string(),
  commandId: z.string().nullable(),
  /** JSON without what must not be kept. */
  input: z.string(),
  /** `ok` or the code of the error. */
  result: z.string(),
})
export type AuditRow = z.output<typeof auditRow>

/** What a line is about, as it is called today. */
export const lineSubject = z.object({
  entity: z.enum(['customers', 'repairs', 'devices', 'invoices', 'payments', 'quotes', 'charges', 'notices']),
  uid,
  text: z.string(),
})
export type LineSubject = z.output<typeof lineSubject>

/** Words for a file that a person reads, in the language of the window. */
const exportWords = z.strictObject({
  headings: z.array(line(60)).length(8),
  methods: z.record(z.string().max(80), z.string().max(200)),
  results: z.record(z.string().max(80), z.string().max(400)),
  /** For what is personal and was not kept. */
  personal: z.strictObject({ given: line(60), same: line(60), changed: line(60) }),
})

export const auditContract = {
  /** Newest first. A page may be empty and still have a `next`: so far nothing matched, further back something may. */
  list: query(
    'audit.read',
    { ...auditFilter, ...page },
    z.object({ rows: z.array(auditRow), next: z.string().optional() }),
  ),
  /** What one line is about. Error: `not_found`. */
  about: query('audit.read', { id }, z.array(lineSubject)),
  /** Who and what the log can be narrowed to. */
  choices: query(
    'audit.read',
    {},
    z.object({
      people: z.array(z.object({ id, name: z.string() })),
      seats: z.array(z.object({ id, name: z.string() })),
      methods: z.array(z.string()),
    }),
  ),
  state: query('audit.read', {}, auditState),
  /** Looks through the whole file now, on a thread of its own. */
  check: task('audit.read', {}, auditState),
  /** The log as it is narrowed, newest first, at most `auditExportRows`. */
  export: task(
    'audit.read',
    { ...auditFilter, format: z.enum(['csv', 'xlsx']), words: exportWords },
    z.file(),
    {
      // Not secret, but the same each time; what was asked for stands beside them.
      secret: ['words'],
    },
  ),
}

/** More rows than this belong into the full export of the shop. */
export const auditExportRows = 200_000

/** The host's own part: what it checks outside of a transaction, and what came of it. */
export const trailContract = {
  head: query('public', {}, auditHead.nullable()),
  /** The end of the chain, the heads noted outside, and as much of the file as takes no time. */
  brief: query('public', { heads: z.array(auditHead) }, fileReport),
  checked: command('public', { whole: z.boolean(), rows: z.int(), faults: z.array(fileFault) }, auditState),
}

const reviewedRole = z.object({
  id,
  code: z.string().nullable(),
  name: z.string(),
  permissions: z.array(permission),
})

/** A person as a review shows them. */
const reviewedPerson = z.object({
  id,
  name: z.string(),
  login: z.string(),
  active: z.boolean(),
  roleIds: z.array(id),
  lastLoginAt: at.nullable(),
  createdAt: at,
})
export type ReviewedPerson = z.output<typeof reviewedPerson>

const review = z.object({ uid, at, by: z.string(), note: z.string(), people: z.int(), roles: z.int() })
export type PermissionReview = z.output<typeof review>

/** The periodic look at who may do what (domain Q14). */
export const reviewsContract = {
  report: query(
    'audit.review',
    {},
    z.object({
      people: z.array(reviewedPerson),
      roles: z.array(reviewedRole),
      /** Changes of people and roles since the last review, newest first; at most 200. */
      changes: z.array(auditRow),
      reviews: z.array(review),
      /** The day from which a review is due; null when the shop asks for none. */
      dueOn: on.nullable(),
      due: z.boolean(),
      /** Names what was shown, so that a review is of what was looked at. */
      seen: z.string(),
    }),
  ),
  due: query('audit.review', {}, z.object({ dueOn: on.nullable(), due: z.boolean() })),
  /** Error: `review.changed` when people or roles changed since the report was read. */
  record: command('audit.review', { note: text(2000), seen: z.string().max(64) }, review),
}
