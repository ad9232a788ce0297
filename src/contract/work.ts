import { z } from 'zod'
import { amountMinor, at, changed, id, label, line, name, on, reason, text, uid, version } from './fields.ts'
import { command, query } from './method.ts'
import { rateBp } from './money.ts'

/** Minutes of one piece of work, at most 1,000 hours. */
const minutes = z.int().min(0).max(60_000)

/** One technician's part of the credit for a labour line; the parts add up to 10,000 (yida3, RD#593). */
export const labourCredit = z.strictObject({ userId: id, shareBp: rateBp })

export const labourLine = z.object({
  id,
  uid,
  version,
  repairId: id,
  serviceId: id.nullable(),
  description: z.string(),
  standardMinutes: minutes,
  /** Typed or timed; a running timer adds to it when stopped. */
  actualMinutes: minutes,
  runningSince: at.nullable(),
  runningBy: z.string().nullable(),
  /** The day the work was done, to which the credit goes (RD#593). */
  doneOn: z.string().nullable(),
  credits: z.array(z.object({ userId: id, userName: z.string(), shareBp: rateBp })),
  chargeLineId: id.nullable(),
  note: z.string(),
})
export type LabourLine = z.output<typeof labourLine>

export const testResults = ['passed', 'failed', 'not_applicable'] as const

/** What a test said of one item of the category's list. */
export const testItemResult = z.strictObject({ itemId: id, result: z.enum(testResults), note: line(200) })
/** A whole test has a result for every item of the list. */
export const wholeTest = z.array(testItemResult).max(100)
export type TestItemResult = z.output<typeof testItemResult>

export const testRun = z.object({
  id,
  uid,
  at,
  userName: z.string().nullable(),
  passed: z.boolean(),
  note: z.string(),
  results: z.array(z.object({ itemId: id, label, result: z.enum(testResults), note: z.string() })),
})
export type TestRun = z.output<typeof testRun>

export const externalKinds = ['vendor', 'factory'] as const
export const externalResults = ['repaired', 'exchanged', 'not_repairable', 'returned_unrepaired'] as const

/** A unit away from the shop, and back: the same serial, or another one when it was exchanged (domain §1a-5). */
export const externalJob = z.object({
  id,
  uid,
  version,
  repairId: id,
  kind: z.enum(externalKinds),
  vendor: z.string(),
  reference: z.string(),
  sentAt: at,
  sentBy: z.string().nullable(),
  expectedOn: z.string().nullable(),
  serialOut: z.string(),
  backAt: at.nullable(),
  backBy: z.string().nullable(),
  result: z.enum(externalResults).nullable(),
  serialBack: z.string(),
  costMinor: amountMinor,
  note: z.string(),
})
export type ExternalJob = z.output<typeof externalJob>

const labourFields = {
  serviceId: id.nullable(),
  description: name(200),
  standardMinutes: minutes,
  actualMinutes: minutes,
  doneOn: on.nullable(),
  credits: z.array(labourCredit).max(5),
  note: text(500),
}

const target = { repairId: id, version }

export const workContract = {
  /** Everything the bench keeps of a repair. */
  ofRepair: query(
    'repairs.read',
    { repairId: id },
    z.object({ labour: z.array(labourLine), tests: z.array(testRun), external: z.array(externalJob) }),
  ),
  /** The test list of the device's category; empty when the shop has none for it. */
  testList: query('repairs.read', { repairId: id }, z.array(z.object({ itemId: id, label }))),
  /** What was found so far in this handling: codes of the neutral list and words, before the quote. */
  recordFindings: command(
    'repairs.work',
    { ...target, findings: reason(4000), codeIds: z.array(id).max(30) },
    changed,
  ),
  addLabour: command('repairs.work', { repairId: id, ...labourFields }, z.object({ id, uid, version })),
  updateLabour: command('repairs.work', { labourId: id, version, ...labourFields }, changed),
  removeLabour: command('repairs.work', { labourId: id, version }, changed),
  /** One timer a person: starting another one stops the first. */
  startTimer: command('repairs.work', { labourId: id, version }, changed),
  stopTimer: command('repairs.work', { labourId: id, version }, changed),
  /** A whole test; one failed item sends a repair in test back to repair. */
  recordTest: command(
    'repairs.work',
    {
      ...target,
      results: wholeTest.min(1),
      note: text(1000),
    },
    z.object({ id, version, passed: z.boolean() }),
  ),
  sendOut: command(
    'repairs.work',
    {
      ...target,
      kind: z.enum(externalKinds),
      vendor: name(120),
      reference: line(80),
      expectedOn: on.nullable(),
      note: text(500),
    },
    changed,
  ),
  /** `repaired` and `exchanged` go to test, the others back to diagnosis. */
  takeBack: command(
    'repairs.work',
    {
      ...target,
      jobId: id,
      result: z.enum(externalResults),
      serialBack: line(60),
      costMinor: amountMinor,
      note: text(500),
    },
    changed,
  ),
  /** Time credited to each technician, by the day the work was done. */
  credits: query(
    'repairs.read',
    { from: on, to: on, userId: id.optional() },
    z.array(
      z.object({
        userId: id,
        userName: z.string(),
        doneOn: z.string(),
        lines: z.int(),
        standardMinutes: z.int(),
        actualMinutes: z.int(),
      }),
    ),
  ),
}
