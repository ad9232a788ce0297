import { z } from 'zod'
import { amountMinor, at, id, label, line, on, reason, text, uid, version } from './fields.ts'
import { payerShare } from './charges.ts'
import { customerInput, customerTiers } from './customers.ts'
import { deviceInput } from './devices.ts'
import { wholeTest } from './work.ts'
import {
  attemptResults,
  closeKinds,
  lockReasons,
  repairActions,
  repairOutcomes,
  repairStates,
  satisfactions,
} from './repair-states.ts'

export const intakeChannels = ['walk_in', 'phone', 'drop_off'] as const
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export const checkResults = ['works', 'faulty', 'untestable'] as const
export const backupStates = ['unknown', 'backed_up', 'not_backed_up', 'not_applicable'] as const
export const partsPolicies = ['any', 'new_only', 'refurbished_allowed'] as const
export const warrantyKinds = [
  'none',
  'manufacturer',
  'statutory',
  'own_repair',
  'service_contract',
  'goodwill',
] as const
/** Whether a device that came back has the fault it had before. */
export const reworkKinds = ['same', 'different'] as const
export const noSignatureReasons = ['by_phone', 'customer_refused', 'dropped_off', 'other'] as const

/** Fields of one device's visit (domain §3.1 "Fields"). */
export const visitFields = {
  problemTypeId: id.nullable(),
  /** The fault in the customer's words; empty only with `faultUnknown`. */
  faultText: text(4000),
  /** "Fault unknown" is legal (RD#1727). */
  faultUnknown: z.boolean(),
  faultSince: line(120),
  dropped: z.boolean(),
  liquid: z.boolean(),
  intermittent: z.boolean(),
  backup: z.enum(backupStates),
  priority: z.enum(priorities),
  /** Day by which the customer wants somebody on it (客户要求日期): L1 locks after it. */
  requestedOn: on.nullable(),
  /** Required resolution date (要求解决日期), the promise to the customer. */
  dueOn: on.nullable(),
  estimateMinor: amountMinor.nullable(),
  /** "Repair up to this without asking". */
  ceilingMinor: amountMinor.nullable(),
  benchFeeMinor: amountMinor.nullable(),
  warrantyKind: z.enum(warrantyKinds),
  dataLossWaiver: z.boolean(),
  partsPolicy: z.enum(partsPolicies),
  oldPartBack: z.boolean(),
  otherReference: line(80),
  mayCollect: line(200),
  /** Shelf place of the device. */
  bin: line(30),
  internalNote: text(2000),
}
export const visit = z.strictObject(visitFields)
export type VisitInput = z.output<typeof visit>

/**
 * "Already finished" (domain §3.1): a fix made at the counter, received and processed in one step. The caller of
 * `repairs.receive` needs `repairs.work` where they name themselves as the engineer, and `repairs.assign` for anybody
 * else: what giving the repair to them would need. A device said to work is tested as on the bench, where its category
 * has a test list; with a failed item it is not finished but stays on the engineer's bench, in repair.
 */
export const finishedAtCounter = z.strictObject({
  engineerId: id,
  outcome: z.enum(repairOutcomes).exclude(['unknown']),
  findings: reason(4000),
  /** Left out or empty: nothing was tested. */
  testResults: wholeTest.optional(),
})
export type FinishedAtCounter = z.output<typeof finishedAtCounter>

export const intakeItem = z.strictObject({
  device: z.union([z.strictObject({ id }), z.strictObject({ new: deviceInput })]),
  visit,
  checks: z.array(z.strictObject({ itemId: id, result: z.enum(checkResults), note: line(200) })).max(60),
  accessories: z
    .array(z.strictObject({ accessoryId: id.nullable(), name: line(80), serial: line(60) }))
    .max(40),
  /** Attachments already uploaded for this draft. */
  photoUids: z.array(uid).max(40),
  /** Digits, letters or a pattern; encrypted at once, never in the audit log. */
  passcode: z.string().max(120).nullable(),
  passcodeKind: z.enum(['digits', 'text', 'pattern']).nullable(),
  /** Why another repair of a serial that is already open is right. */
  overrideReason: text(500).nullable(),
  /** Set to save as suspended (W3). */
  suspend: z.strictObject({ reasonId: id.nullable(), reason: text(500), wakeOn: on }).nullable(),
  /** Set when there is nothing left to do; never together with `suspend`. */
  finished: finishedAtCounter.optional(),
})
export type IntakeItem = z.output<typeof intakeItem>

/** One visit: one customer, one or many devices, one signature. */
export const intakeInput = {
  draftUid: uid.nullable(),
  channel: z.enum(intakeChannels),
  /** null: a unit of the shop's own. */
  customer: z.union([z.strictObject({ id }), z.strictObject({ new: customerInput })]).nullable(),
  signatureUid: uid.nullable(),
  noSignatureReason: z.enum(noSignatureReasons).nullable(),
  noSignatureNote: text(300),
  termsVersion: z.int().min(1).nullable(),
  items: z.array(intakeItem).min(1).max(50),
}

/** What a list, the board or a search result shows of a repair. */
export const repairCard = z.object({
  id,
  uid,
  number: z.string(),
  version,
  state: z.enum(repairStates),
  subStatus: label.nullable(),
  locked: z.enum(lockReasons).nullable(),
  priority: z.enum(priorities),
  customerUid: uid.nullable(),
  customerName: z.string().nullable(),
  customerTier: z.enum(customerTiers).nullable(),
  deviceUid: uid,
  category: label,
  brand: z.string(),
  model: z.string(),
  serial: z.string(),
  faultText: z.string(),
  faultUnknown: z.boolean(),
  engineerId: id.nullable(),
  engineerName: z.string().nullable(),
  bin: z.string(),
  requestedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  wakeOn: z.string().nullable(),
  nextTryOn: z.string().nullable(),
  receivedAt: at,
  /** Last move, note or photo: idle time counts from here (RD#1301). */
  activeAt: at,
  outcome: z.enum(repairOutcomes).nullable(),
  imported: z.boolean(),
})
export type RepairCard = z.output<typeof repairCard>

export const repairAttempt = z.object({
  no: z.int(),
  engineerId: id.nullable(),
  engineerName: z.string().nullable(),
  assignedAt: at,
  startedAt: at.nullable(),
  endedAt: at.nullable(),
  result: z.enum(attemptResults).nullable(),
  findings: z.string(),
  /** Neutral symptom, cause and action codes found in this handling. */
  codes: z.array(z.object({ id, kind: z.string(), code: z.string(), label })),
})

export const attachmentRow = z.object({
  uid,
  kind: z.enum(['photo', 'signature', 'document']),
  name: z.string(),
  mime: z.string(),
  size: z.int(),
  createdAt: at,
  createdBy: z.string().nullable(),
})
export type AttachmentRow = z.output<typeof attachmentRow>

export const repair = repairCard.extend({
  visitUid: uid,
  channel: z.enum(intakeChannels),
  customerId: id.nullable(),
  customerPhone: z.string().nullable(),
  deviceId: id,
  subStatusId: id.nullable(),
  problemType: label.nullable(),
  problemTypeId: id.nullable(),
  imei1: z.string().nullable(),
  colour: z.string(),
  faultSince: z.string(),
  dropped: z.boolean(),
  liquid: z.boolean(),
  intermittent: z.boolean(),
  backup: z.enum(backupStates),
  estimateMinor: amountMinor.nullable(),
  ceilingMinor: amountMinor.nullable(),
  benchFeeMinor: amountMinor.nullable(),
  warrantyKind: z.enum(warrantyKinds),
  dataLossWaiver: z.boolean(),
  partsPolicy: z.enum(partsPolicies),
  oldPartBack: z.boolean(),
  otherReference: z.string(),
  mayCollect: z.string(),
  internalNote: z.string(),
  hasPasscode: z.boolean(),
  signatureUid: uid.nullable(),
  noSignatureReason: z.string().nullable(),
  noSignatureNote: z.string(),
  termsVersion: z.int().nullable(),
  clerkName: z.string().nullable(),
  lockNote: z.string(),
  lockedAt: at.nullable(),
  suspendReason: z.string(),
  failedAttempts: z.int(),
  followUpTries: z.int(),
  collectedBy: z.string(),
  collectedAt: at.nullable(),
  processedAt: at.nullable(),
  closedAt: at.nullable(),
  /** The day the device nobody collected was disposed of. */
  disposedOn: z.string().nullable(),
  closeKind: z.enum(closeKinds).nullable(),
  satisfaction: z.enum(satisfactions).nullable(),
  verifiedAt: at.nullable(),
  verifiedBy: z.string().nullable(),
  /** The repair this one is a rework (返修) of, and who did that work. */
  reworkOf: z.object({ uid, number: z.string(), engineerName: z.string().nullable() }).nullable(),
  /** null: not a rework, or nobody has said yet. */
  reworkKind: z.enum(reworkKinds).nullable(),
  /** Nothing to pay for the customer as long as the fault is the one from before: payer of new lines. */
  defaultShares: z.array(payerShare),
  /** The day the shop's warranty on its work began: the first repair's collection, kept through every rework. */
  warrantyFrom: z.string().nullable(),
  checks: z.array(z.object({ itemId: id.nullable(), label, result: z.enum(checkResults), note: z.string() })),
  accessories: z.array(z.object({ id, name: label, serial: z.string(), returned: z.boolean() })),
  attachments: z.array(attachmentRow),
  attempts: z.array(repairAttempt),
  knownDefects: z.array(z.object({ id, text: z.string(), notedAt: at })),
  siblings: z.array(z.object({ uid, number: z.string(), state: z.enum(repairStates) })),
  source: z.string().nullable(),
})
export type Repair = z.output<typeof repair>

/** One line of a repair's history: a move, a note, a photo, a look at the passcode. */
export const timelineRow = z.object({
  at,
  kind: z.enum(['move', 'note', 'photo', 'passcode', 'edit', 'contact']),
  userName: z.string().nullable(),
  seatName: z.string().nullable(),
  action: z.enum(repairActions).nullable(),
  fromState: z.enum(repairStates).nullable(),
  toState: z.enum(repairStates).nullable(),
  text: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type TimelineRow = z.output<typeof timelineRow>
