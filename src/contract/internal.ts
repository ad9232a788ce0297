import { z } from 'zod'
import { recoveryContract } from './backups.ts'
import { trailContract } from './audit.ts'
import { errorCodes, type ErrorCode, type ErrorParams } from './errors.ts'
import { at, id, ok, uid } from './fields.ts'
import { importProfile } from './import-profile.ts'
import { command, query } from './method.ts'
import { attachmentRow } from './repairs.ts'
import { importReading, importRunStates } from './imports.ts'
import { setupShop } from './settings.ts'
import { signedIn } from './session.ts'
import { transferContract } from './transfer.ts'

/** A value of a row as it was read: text, a number (money in minor units) or nothing. */
export type ImportValue = string | number | null

/** One row of a file, mapped to our fields. Only this host's own reader makes them, so dispatch does not take them apart. */
export interface ImportRow {
  /** Physical line (CSV) or row (XLSX), counted from 1. */
  readonly line: number
  readonly key: string
  readonly values: Readonly<Record<string, ImportValue>>
  /** As they stand in the file, for the list of rejected rows. */
  readonly cells: readonly string[]
}

/** A row that could not be read, and why. */
export interface ImportReject {
  readonly line: number
  readonly field: string
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly cells: readonly string[]
}

/** Param of the error with which `runs.apply` refuses a batch: which of its rows cannot go. */
export const refusedRow = 'refusedRow'

/**
 * Methods no seat can call: the database part of the host's tasks and schedules. They run through the
 * same dispatch (one transaction, audited, announced), with the host as caller.
 */
export const internalContract = {
  access: {
    /** What a login is checked against; null when nobody has that login. */
    credentials: query(
      'public',
      { login: z.string().optional(), userId: id.optional(), seatUid: z.string().optional() },
      z
        .object({
          userId: id,
          passwordHash: z.string(),
          pinHash: z.string().nullable(),
          active: z.boolean(),
          lockedUntil: at.nullable(),
          /** This person has signed in at the seat before: a stranger's wrong passwords do not lock them out there. */
          knownSeat: z.boolean(),
        })
        .nullable(),
    ),
    openSession: command(
      'public',
      {
        userId: id,
        tokenHash: z.string(),
        seatUid: z.string().nullable(),
        seatName: z.string(),
        from: z.strictObject({ address: z.string(), agent: z.string() }).optional(),
        by: z.enum(['password', 'pin']),
      },
      z.object({ signedIn, seatUid: uid, expiresAt: at }),
      { secret: ['tokenHash'] },
    ),
    closeSession: command('public', { tokenHash: z.string() }, ok, { secret: ['tokenHash'] }),
    /** Whether a session still holds; asking does not count as using it. */
    alive: query('public', { tokenHash: z.string() }, z.boolean()),
    /** Counts a wrong password or PIN; answers when the account is locked and until when. */
    recordFailure: command(
      'public',
      { userId: id.nullable(), login: z.string(), by: z.enum(['password', 'pin']) },
      z.object({ lockedUntil: at.nullable() }),
    ),
  },
  founding: {
    commit: command(
      'public',
      {
        shop: setupShop,
        /** A demonstration shop says so on every page. */
        demo: z.boolean(),
        owner: z.strictObject({
          login: z.string(),
          name: z.string(),
          passwordHash: z.string(),
          pinHash: z.string().nullable(),
        }),
      },
      z.object({ ownerId: id }),
      { secret: ['owner.passwordHash', 'owner.pinHash'] },
    ),
  },
  people: {
    insert: command(
      'public',
      {
        login: z.string(),
        name: z.string(),
        language: z.enum(['zh-CN', 'en']).nullable(),
        roleIds: z.array(id),
        passwordHash: z.string(),
        pinHash: z.string().nullable(),
      },
      z.object({ userId: id }),
      { secret: ['passwordHash', 'pinHash'] },
    ),
    /** undefined keeps a secret, null removes the PIN. */
    setSecrets: command(
      'public',
      { userId: id, passwordHash: z.string().optional(), pinHash: z.string().nullable().optional() },
      ok,
      { secret: ['passwordHash', 'pinHash'] },
    ),
  },
  files: {
    register: command(
      'public',
      {
        kind: z.enum(['photo', 'signature', 'document']),
        repairId: id.nullable(),
        draftUid: uid.nullable(),
        name: z.string(),
        mime: z.string(),
        size: z.int(),
        sha256: z.string(),
      },
      attachmentRow,
    ),
    /** Where the bytes lie. */
    locate: query(
      'public',
      { uid },
      z.object({ sha256: z.string(), mime: z.string(), name: z.string(), kind: z.string() }),
    ),
    /** Hashes some row still points at, of those asked about. */
    referenced: query('public', { sha256: z.array(z.string()) }, z.array(z.string())),
  },
  runs: {
    begin: command(
      'public',
      {
        profile: importProfile,
        reading: importReading,
        fileName: z.string(),
        fileHash: z.string(),
        columns: z.array(z.string()),
        dryRun: z.boolean(),
        bytesTotal: z.int(),
      },
      z.object({ runId: id, uid, lineDone: z.int(), resumed: z.boolean() }),
    ),
    /**
     * One batch of mapped rows and rejects with the checkpoint after it: all or nothing. A row that cannot go ends it
     * with the row's own error, which names it in `refusedRow`.
     */
    apply: command(
      'public',
      {
        runId: id,
        rows: z.custom<readonly ImportRow[]>(Array.isArray),
        rejects: z.custom<readonly ImportReject[]>(Array.isArray),
        lineDone: z.int(),
        bytesDone: z.int(),
      },
      z.object({ imported: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int(), rows: z.int() }),
      // The file itself is the record of what was in it; the log says which lines, and where a batch begins and
      // ends says which one it is.
      { secret: ['rows', 'rejects'], bulk: ['rows', 'rejects'] },
    ),
    end: command(
      'public',
      { runId: id, state: z.enum(importRunStates), errorCode: z.string().nullable() },
      ok,
    ),
    /** Forgets at most `limit` of the keys a dry run noted to know rows that stand twice in a file. */
    forgetDryRun: command(
      'public',
      { runId: id, limit: z.int().min(1).max(10_000) },
      z.object({ more: z.boolean() }),
    ),
    /** Runs that say they are under way; at the host's start each of them was broken off. */
    underWay: query('public', {}, z.array(z.object({ runId: id, uid }))),
    /** Rejected rows in file order, a page at a time, for the rejects file. */
    rejects: query(
      'public',
      { runId: id, afterId: z.int().min(0), limit: z.int().min(1).max(5000) },
      z.array(
        z.object({
          id,
          line: z.int(),
          field: z.string(),
          code: z.enum(errorCodes),
          params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          cells: z.array(z.string()),
        }),
      ),
    ),
    /** With what a run was begun, so that it can go on; `uid` names its file. */
    stored: query(
      'public',
      { runId: id },
      z.object({
        uid,
        state: z.enum(importRunStates),
        dryRun: z.boolean(),
        fileName: z.string(),
        profile: importProfile,
        reading: importReading,
        columns: z.array(z.string()),
      }),
    ),
  },
  post: {
    /** The mail server with its password. */
    server: query(
      'public',
      {},
      z.object({
        host: z.string(),
        port: z.int(),
        secure: z.boolean(),
        user: z.string(),
        from: z.string(),
        shopName: z.string(),
        password: z.string().nullable(),
      }),
    ),
    /** E-mails whose time has come. */
    queue: query(
      'public',
      { limit: z.int().min(1).max(100) },
      z.array(z.object({ id, uid, address: z.string(), subject: z.string(), body: z.string() })),
    ),
    /** How a try ended: null is sent, otherwise what the server said. */
    tried: command(
      'public',
      { noticeId: id, problem: z.string().max(500).nullable() },
      z.object({ state: z.enum(['sent', 'queued', 'failed']) }),
    ),
    /** The repair a customer's link leads to; null for a link nobody gave out. */
    repairOfLink: query(
      'public',
      { token: z.string().max(60) },
      z.object({ repair: z.object({ id, uid }).nullable() }),
    ),
  },
  schedule: {
    /** The time rules of the closed loop (W5, W6, W7): locks, misses, wakes, closes. At most `limit` repairs a call. */
    timeRules: command(
      'public',
      { limit: z.int().min(1).max(10_000) },
      z.object({
        lockedUnassigned: z.int(),
        missed: z.int(),
        woken: z.int(),
        closedUnreached: z.int(),
        more: z.boolean(),
      }),
    ),
    /** Purges passcodes past their date, old idempotency records, abandoned drafts' files, ended sessions. */
    purge: command('public', {}, z.object({ passcodes: z.int(), commands: z.int(), sessions: z.int() })),
    /** The rules of retention (settings, `retention`): a bounded round; `more` says that another may find work. */
    retention: command('public', {}, z.object({ erased: z.int(), more: z.boolean() })),
  },
  transfer: transferContract,
  trail: trailContract,
  recovery: recoveryContract,
}
