import { z } from 'zod'
import type { OutputOf } from '#contract/method-types.ts'
import { endEverySession, firstUser, userName } from '../access/steps.ts'
import type { HandlersOf, QueryContext } from '../context.ts'
import { forgetPasscodes } from '../repairs/steps.ts'
import { forgetMailPassword, keepNote, keptNote } from '../settings/steps.ts'
import { restoredKey } from './queries.ts'

const standingKey = 'backups.standing'
const secondKey = 'backups.second'
const sealedKey = 'backups.key'

/** A backup older than this is none to rely on: a day that was missed is made up for long before. */
const staleMs = 2 * 86_400_000

type Standing = Omit<OutputOf<'backups.standing'>, 'stale'>

function standing(ctx: QueryContext): Standing {
  return (keptNote(ctx.db, standingKey) as Standing | undefined) ?? { lastGoodAt: null, problem: null }
}

export const backupsHandlers: HandlersOf<'backups'> = {
  standing(ctx) {
    const { lastGoodAt, problem } = standing(ctx)
    return { lastGoodAt, problem, stale: lastGoodAt !== null && ctx.now - lastGoodAt > staleMs }
  },
}

const keyShape = z.object({ salt: z.string(), key: z.string() })

function secondOf({ db }: QueryContext): OutputOf<'recovery.secondKept'> {
  const { path = null } = (keptNote(db, secondKey) as { path: string | null } | undefined) ?? {}
  const { sealed = '' } = (keptNote(db, sealedKey) as { sealed: string } | undefined) ?? {}
  return { path, sealed }
}

function openKey({ box }: QueryContext, sealed: string): z.output<typeof keyShape> {
  return keyShape.parse(JSON.parse(box.open(Buffer.from(sealed, 'base64'))))
}

/** False for what another shop's key has sealed: the file that came has brought that of its own. */
function canOpen(ctx: QueryContext, sealed: string): boolean {
  try {
    return sealed === '' || openKey(ctx, sealed).key !== ''
  } catch {
    return false
  }
}

export const recoveryHandlers: HandlersOf<'recovery'> = {
  noted(ctx, { lastGoodAt, problem }) {
    const found = problem && { at: ctx.now, ...problem }
    keepNote(ctx, standingKey, { lastGoodAt, problem: found } satisfies Standing)
    ctx.announce('backups', [])
    return { ok: true }
  },
  person: (ctx, { userId }) => ({ name: userName(ctx.db, userId) }),
  second(ctx) {
    const { path, sealed } = secondOf(ctx)
    return { path, key: sealed === '' ? null : openKey(ctx, sealed), shop: firstUser(ctx.db) }
  },
  secondKept: secondOf,
  setSecond(ctx, { path }) {
    keepNote(ctx, secondKey, { path })
    ctx.announce('backups', [])
    return { ok: true }
  },
  setKey(ctx, { key }) {
    keepNote(ctx, sealedKey, { sealed: key ? ctx.box.seal(JSON.stringify(key)).toString('base64') : '' })
    ctx.announce('backups', [])
    return { ok: true }
  },
  /** What was sealed with a key that is lost says nothing to anybody any more and would only fail when it is used. */
  swapped(ctx, { secretsLost, second }) {
    endEverySession(ctx)
    // A seat that was away meanwhile learns by it that its pages are of what was there before.
    keepNote(ctx, restoredKey, { at: ctx.now })
    if (secretsLost) {
      forgetPasscodes(ctx)
      forgetMailPassword(ctx)
      keepNote(ctx, sealedKey, { sealed: '' })
    }
    if (second && canOpen(ctx, second.sealed)) {
      keepNote(ctx, secondKey, { path: second.path })
      keepNote(ctx, sealedKey, { sealed: second.sealed })
    }
    return { ok: true }
  },
}
