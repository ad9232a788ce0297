import { z } from 'zod'
import { changed, id, line, name, ok, on, page, pageOf, reason, text, uid, version } from './fields.ts'
import { command, query } from './method.ts'
import {
  intakeInput,
  noSignatureReasons,
  repair,
  repairCard,
  reworkKinds,
  timelineRow,
  visit,
} from './repair-model.ts'
import { repairOutcomes, repairStates } from './repair-states.ts'

export * from './repair-model.ts'

const target = { repairId: id, version }
const targets = {
  repairs: z
    .array(z.strictObject({ repairId: id, version: version.optional() }))
    .min(1)
    .max(200),
}
/** Each repair of a bulk act stands for itself: one that cannot go does not stop the others. */
export const bulkResult = z.object({
  done: z.array(changed),
  refused: z.array(
    z.object({ id, number: z.string(), code: z.string(), params: z.record(z.string(), z.unknown()) }),
  ),
})
export type BulkResult = z.output<typeof bulkResult>

export const workActions = [
  'start',
  'request_approval',
  'wait_for_parts',
  'repair',
  'test',
  'send_out',
  'diagnose_again',
] as const
export type WorkAction = (typeof workActions)[number]

const codeIds = z.array(id).max(30)

export const repairFilter = {
  states: z.array(z.enum(repairStates)).max(repairStates.length).optional(),
  engineerId: id.optional(),
  customerId: id.optional(),
  deviceId: id.optional(),
  visitUid: uid.optional(),
  only: z.enum(['late', 'locked', 'stuck', 'unverified', 'follow_up_due', 'unassigned']).optional(),
  receivedFrom: on.optional(),
  receivedTo: on.optional(),
}

const todayList = z.object({ count: z.int(), rows: z.array(repairCard) })

export const repairsContract = {
  receive: command(
    'repairs.receive',
    intakeInput,
    z.object({
      visitUid: uid,
      customerId: id.nullable(),
      repairs: z.array(z.object({ id, uid, number: z.string(), state: z.enum(repairStates) })),
    }),
    { secret: ['items.*.passcode'] },
  ),
  get: query('repairs.read', { uid: uid.optional(), number: line(40).optional() }, repair),
  timeline: query('repairs.read', { repairId: id }, z.array(timelineRow)),
  list: query(
    'repairs.read',
    { ...repairFilter, sort: z.enum(['newest', 'due', 'idle']).optional(), ...page },
    pageOf(repairCard),
  ),
  /** Columns of the board with their kept counts and the first cards by priority and date. */
  board: query(
    'repairs.read',
    { perColumn: z.int().min(1).max(100).optional(), engineerId: id.optional() },
    z.object({
      columns: z.array(z.object({ state: z.enum(repairStates), count: z.int(), cards: z.array(repairCard) })),
    }),
  ),
  /** Today: what is late, locked, stuck, due for follow-up, unverified, and mine. */
  today: query(
    'repairs.read',
    {},
    z.object({
      late: todayList,
      locked: todayList,
      stuck: todayList,
      unassigned: todayList,
      mine: todayList,
      ready: todayList,
      followUpDue: todayList,
      unverified: todayList,
      receivedToday: z.int(),
      processedToday: z.int(),
      collectedToday: z.int(),
    }),
  ),
  /** A technician's own jobs in the order to do them. */
  myJobs: query('repairs.read', { engineerId: id.optional() }, z.array(repairCard)),
  /** Intake evidence is append-only once signed: what a signature covers cannot be changed, only added to. */
  edit: command('repairs.edit', { ...target, changes: visit.partial() }, changed),
  addNote: command('repairs.read', { repairId: id, text: reason(4000) }, ok),
  setSubStatus: command('repairs.work', { ...target, subStatusId: id.nullable() }, changed),
  setBin: command('repairs.read', { ...target, bin: line(30) }, changed),
  addAccessory: command(
    'repairs.edit',
    { ...target, accessoryId: id.nullable(), name: line(80), serial: line(60) },
    changed,
  ),

  assign: command(
    'repairs.assign',
    { ...targets, engineerId: id, dueOn: on.optional(), reason: text(500).optional() },
    bulkResult,
  ),
  work: command(
    'repairs.work',
    { ...targets, action: z.enum(workActions), reason: text(500).optional() },
    bulkResult,
  ),
  solve: command(
    'repairs.work',
    {
      ...target,
      outcome: z.enum(repairOutcomes).exclude(['unknown']),
      findings: reason(4000),
      codeIds,
      knownDefects: z.array(reason(500)).max(10),
    },
    changed,
  ),
  fail: command('repairs.work', { ...target, findings: reason(4000), codeIds }, changed),
  suspend: command(
    'repairs.suspend',
    { ...targets, reasonId: id.nullable(), reason: text(500), wakeOn: on },
    bulkResult,
  ),
  resume: command('repairs.suspend', targets, bulkResult),
  lock: command('repairs.lock', { ...target, reason: reason(500) }, changed),
  unlock: command(
    'repairs.unlock',
    {
      ...target,
      resolution: z.union([
        z.strictObject({
          kind: z.literal('reassign'),
          engineerId: id,
          dueOn: on.optional(),
          reason: reason(500),
        }),
        z.strictObject({ kind: z.literal('new_date'), dueOn: on, consent: name(200) }),
        z.strictObject({ kind: z.literal('close'), reason: reason(500) }),
      ]),
    },
    changed,
  ),
  cancel: command('repairs.cancel', { ...targets, reason: reason(500) }, bulkResult),
  handOver: command(
    'repairs.hand_over',
    {
      ...target,
      collectedBy: name(120),
      signatureUid: uid.nullable(),
      /** Why nobody signed; needed without a signature, also when nothing is due (domain §1a-17). */
      noSignatureReason: z.enum(noSignatureReasons).nullable(),
      noSignatureNote: text(300),
      returnedAccessoryIds: z.array(id).max(40),
      /** The person has said that accessories not ticked stay here. */
      accessoriesKeptConfirmed: z.boolean(),
      note: text(500),
    },
    changed,
  ),
  /** A device that came back (返修): the same fault counts against the work before, another does not. */
  setReworkKind: command('repairs.work', { ...target, kind: z.enum(reworkKinds) }, changed),
  markUnclaimed: command('repairs.unlock', { ...target, reason: reason(500) }, changed),
  followUp: command(
    'repairs.follow_up',
    {
      ...target,
      result: z.union([
        z.strictObject({
          kind: z.literal('satisfied'),
          satisfaction: z.enum(['very_satisfied', 'satisfied', 'neutral']),
          note: text(1000),
        }),
        z.strictObject({
          kind: z.literal('dissatisfied'),
          satisfaction: z.enum(['dissatisfied', 'very_dissatisfied']),
          reason: reason(1000),
        }),
        z.strictObject({ kind: z.literal('not_reached'), nextTryOn: on, note: text(1000) }),
      ]),
    },
    changed,
  ),
  verify: command('repairs.verify', targets, bulkResult),
  /** Returns the passcode and writes the look into the timeline and the audit log. */
  viewPasscode: command(
    'repairs.view_passcode',
    { repairId: id },
    z.object({ passcode: z.string(), kind: z.string() }),
    {
      secretResult: true,
    },
  ),
}
