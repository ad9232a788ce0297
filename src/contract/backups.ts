import { z } from 'zod'
import { errorCodes } from './errors.ts'
import { at, line, ok } from './fields.ts'
import { command, query, task } from './method.ts'

/** When and how many: the newest backup of so many days, weeks and months is kept. */
export const backupSettings = z.strictObject({
  /** Time of day in the shop's zone. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  daily: z.int().min(1).max(60),
  weekly: z.int().min(0).max(52),
  monthly: z.int().min(0).max(120),
})
export type BackupSettings = z.output<typeof backupSettings>

export const backupKinds = ['daily', 'manual', 'migration', 'update'] as const
/** Beside the shop's file, or in the second folder. */
export const backupPlaces = ['own', 'second'] as const

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const trouble = z.object({ at, code: z.enum(errorCodes), params })

/** `faulty`: a true copy of books that did not add up. `unchecked`: lies there and was never proved by this host. */
export const backupStates = ['good', 'faulty', 'damaged', 'unchecked'] as const
export type BackupState = (typeof backupStates)[number]

const backupRow = z.object({
  place: z.enum(backupPlaces),
  name: z.string(),
  at,
  kind: z.enum(backupKinds),
  bytes: z.int(),
  encrypted: z.boolean(),
  state: z.enum(backupStates),
  checkedAt: at.nullable(),
  /** Why it is damaged. */
  code: z.enum(errorCodes).nullable(),
  params,
})
export type BackupRow = z.output<typeof backupRow>

export const summary = z.object({
  customers: z.int(),
  repairs: z.int(),
  invoices: z.int(),
  payments: z.int(),
  parts: z.int(),
  newestRepair: z.string().nullable(),
  lastChangeAt: at.nullable(),
})

/** A restore tried out beside the shop: what would be there instead of what. */
export const rehearsal = z.object({
  uid: z.string(),
  name: z.string(),
  backupAt: at,
  shopName: z.string(),
  programVersion: z.string(),
  /** null: what is there now cannot be read. */
  now: summary.nullable(),
  after: summary,
  ledgerFaults: z.int(),
  missingFiles: z.int(),
  secretsLost: z.boolean(),
})
export type Rehearsal = z.output<typeof rehearsal>

export const backupActs = ['make', 'copy', 'check', 'rehearse'] as const

const job = z.object({
  act: z.enum(backupActs),
  name: z.string(),
  step: z.enum(['copy', 'pack', 'files', 'check']),
  done: z.int(),
  total: z.int(),
})

const overview = z.object({
  folder: z.string(),
  backups: z.array(backupRow),
  /** What restores have replaced, kept so that they can be undone. */
  replaced: z.array(z.object({ name: z.string(), at, by: z.string(), from: z.string() })),
  second: z.object({ path: z.string().nullable(), problem: trouble.nullable(), encrypted: z.boolean() }),
  running: job.nullable(),
  /** How the last act ended; null until one did since the host started. */
  last: z.object({ act: z.enum(backupActs), name: z.string(), at, problem: trouble.nullable() }).nullable(),
  rehearsal: rehearsal.nullable(),
})
export type BackupOverview = z.output<typeof overview>

/** Which backup: one of the list, or any file on the computer the host runs on. */
const source = {
  place: z.enum(backupPlaces).optional(),
  name: line(200).optional(),
  path: line(1000).optional(),
}

export const backupsContract = {
  /** What Today says: old, failed or unproved backups. */
  standing: query(
    'data.backup',
    {},
    z.object({ lastGoodAt: at.nullable(), stale: z.boolean(), problem: trouble.nullable() }),
  ),
  overview: task('data.backup', {}, overview),
  /** Begins a backup and answers at once; how it goes is in `overview`, told by events on topic `backups`. */
  make: task('data.backup', {}, ok),
  /** Reads a backup to its last bit, with every picture. Begins as `make` does. */
  check: task('data.backup', { place: z.enum(backupPlaces), name: line(200) }, ok),
  /** Tries a restore out beside the shop; the result is in `overview`. Begins as `make` does. */
  rehearse: task('data.restore', { ...source, passphrase: z.string().max(200).optional() }, ok, {
    secret: ['passphrase'],
  }),
  dropRehearsal: task('data.restore', {}, ok),
  /** Replaces the shop by what was rehearsed: the host closes and comes back, and everybody signs in again. */
  restore: task('data.restore', { uid: z.string().max(60) }, ok),
  /** Brings back what a restore replaced; what is there now is kept in its stead. */
  undo: task('data.restore', { name: line(60) }, ok),
  /** Deletes what a restore replaced. */
  dropReplaced: task('data.restore', { name: line(60) }, ok),
  /** A folder on another disk that gets a copy of each backup; null for none. */
  setSecond: task('data.restore', { path: line(1000).nullable() }, ok),
  /** Copies in the second folder are sealed with it; null: they are not. It is not kept, only a key made of it. */
  setPassphrase: task('data.restore', { passphrase: z.string().min(8).max(200).nullable() }, ok, {
    secret: ['passphrase'],
  }),
}

/** Where copies go and, sealed with the shop's key, what they are sealed with; empty where they are not. */
export const secondKept = z.strictObject({ path: z.string().nullable(), sealed: z.string() })

/** The database's part of backups; no seat can call it. */
export const recoveryContract = {
  /** How a backup, a copy or a check went. */
  noted: command(
    'public',
    {
      act: z.enum(backupActs),
      name: z.string(),
      lastGoodAt: at.nullable(),
      problem: z.object({ code: z.enum(errorCodes), params }).nullable(),
    },
    ok,
  ),
  second: query(
    'public',
    {},
    z.object({
      path: z.string().nullable(),
      key: z.object({ salt: z.string(), key: z.string() }).nullable(),
      /** The same in each backup and export of this shop, and in no other shop. */
      shop: z.string(),
    }),
  ),
  /** The name of who asks, for the file that comes. */
  person: query('public', { userId: z.int().nullable() }, z.object({ name: z.string() })),
  secondKept: query('public', {}, secondKept),
  setSecond: command('public', { path: z.string().nullable() }, ok),
  setKey: command('public', { key: z.strictObject({ salt: z.string(), key: z.string() }).nullable() }, ok, {
    secret: ['key'],
  }),
  /** The shop's file was exchanged: everybody signs in again. */
  swapped: command(
    'public',
    {
      what: z.enum(['restored', 'undone']),
      by: z.string(),
      from: z.string(),
      dataAt: at.nullable(),
      secretsLost: z.boolean(),
      /** The second folder of before: it is this computer's, and a restore does not end the copies. */
      second: secondKept.optional(),
    },
    ok,
    { secret: ['second'] },
  ),
}
