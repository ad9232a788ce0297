import { z } from 'zod'
import { at, id, ok, uid } from './fields.ts'
import { importProfile, importTargets } from './import-profile.ts'
import { command, query } from './method.ts'
import { attachmentRow } from './repairs.ts'
import { importRunStates } from './imports.ts'
import { setupShop } from './settings.ts'
import { signedIn } from './session.ts'

/**
 * Methods no seat can call: the database part of the host's tasks and schedules. They run through the
 * same dispatch (one transaction, audited, announced), with the host as caller.
 */
export const internalContract = {
  access: {
    /** What a login is checked against; null when nobody has that login. */
    credentials: query(
      'public',
      { login: z.string().optional(), userId: id.optional() },
      z
        .object({
          userId: id,
          passwordHash: z.string(),
          pinHash: z.string().nullable(),
          active: z.boolean(),
          lockedUntil: at.nullable(),
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
        by: z.enum(['password', 'pin']),
      },
      z.object({ signedIn, seatUid: uid, expiresAt: at }),
    ),
    closeSession: command('public', { tokenHash: z.string() }, ok),
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
        kind: z.enum(['photo', 'signature']),
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
        fileName: z.string(),
        fileHash: z.string(),
        dryRun: z.boolean(),
        bytesTotal: z.int(),
      },
      z.object({ runId: id, uid, lineDone: z.int(), resumed: z.boolean() }),
    ),
    /** One batch of mapped rows and rejects with the checkpoint after it: all or nothing. */
    apply: command(
      'public',
      {
        runId: id,
        rows: z.array(
          z.object({
            line: z.int(),
            key: z.string(),
            values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
          }),
        ),
        rejects: z.array(
          z.object({
            line: z.int(),
            field: z.string(),
            code: z.string(),
            params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
            cells: z.array(z.string()),
          }),
        ),
        lineDone: z.int(),
        bytesDone: z.int(),
      },
      z.object({ imported: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int(), rows: z.int() }),
      // The file itself is the record of what was in it; the log says which lines.
      { secret: ['rows', 'rejects'] },
    ),
    end: command(
      'public',
      { runId: id, state: z.enum(importRunStates), errorCode: z.string().nullable() },
      ok,
    ),
    /** Rejected rows in file order, a page at a time, for the rejects file. */
    rejects: query(
      'public',
      { runId: id, afterId: z.int().min(0), limit: z.int().min(1).max(5000) },
      z.array(
        z.object({
          id,
          line: z.int(),
          field: z.string(),
          code: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          cells: z.array(z.string()),
        }),
      ),
    ),
    stored: query(
      'public',
      { runId: id },
      z.object({ profile: importProfile, target: z.enum(importTargets), lineDone: z.int() }),
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
  },
}
