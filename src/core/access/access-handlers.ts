import type { HandlersOf } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { lockedUntil, loginKey, permissionSet, sessionHolds, sessionMsOf, waitsUntil } from './access.ts'
import { hasSatAt } from './seats-store.ts'
import { signedInView } from './steps.ts'
import {
  closeSession,
  insertSeat,
  insertSession,
  noteOrigin,
  openSessionByToken,
  renameSeat,
  seatByUid,
  setLoginState,
  userById,
  userByLogin,
  userPermissions,
} from './store.ts'

export const accessHandlers: HandlersOf<'access'> = {
  credentials(ctx, input) {
    const user =
      input.userId === undefined
        ? userByLogin(ctx.db, loginKey(input.login ?? ''))
        : userById(ctx.db, input.userId)
    if (!user) return null
    return {
      userId: user.id,
      passwordHash: user.passwordHash,
      pinHash: user.pinHash,
      active: user.active,
      lockedUntil: waitsUntil(user.lockedUntil, ctx.now),
      knownSeat: input.seatUid !== undefined && hasSatAt(ctx.db, user.id, input.seatUid),
    }
  },
  openSession(ctx, input) {
    const user = found(userById(ctx.db, input.userId), 'user')
    if (!user.active) throw new AppError('session.user_inactive')
    const known = input.seatUid === null ? undefined : seatByUid(ctx.db, input.seatUid)
    const seat = known ?? insertSeat(ctx.db, { uid: ctx.newUid(), name: input.seatName, at: ctx.now })
    if (known && input.seatName && input.seatName !== known.name) renameSeat(ctx.db, known.id, input.seatName)
    if (input.from) noteOrigin(ctx.db, seat.id, ctx.now, input.from)
    const before = ctx.tokenHash ? openSessionByToken(ctx.db, ctx.tokenHash) : undefined
    // Asked here as well: while the PIN was looked at, the seat may have been signed out.
    if (input.by === 'pin' && !(before && sessionHolds(before, ctx.now, ctx.settings)))
      throw new AppError('session.expired')
    if (ctx.tokenHash) closeSession(ctx.db, ctx.tokenHash, ctx.now)
    // A PIN only changes who sits at a seat that a password opened: it ends when that would have ended.
    const ends = ctx.now + sessionMsOf(ctx.settings)
    const expiresAt = input.by === 'pin' && before ? Math.min(before.expiresAt, ends) : ends
    insertSession(ctx.db, {
      tokenHash: input.tokenHash,
      userId: user.id,
      seatId: seat.id,
      at: ctx.now,
      expiresAt,
    })
    setLoginState(ctx.db, user.id, { failedLogins: 0, lockedUntil: null, lastLoginAt: ctx.now })
    const actor = {
      userId: user.id,
      seatId: seat.id,
      permissions: permissionSet(userPermissions(ctx.db, user.id)),
    }
    ctx.logAs({ actor })
    ctx.announce('seats', [seat.id])
    return { signedIn: signedInView(ctx.db, actor), seatUid: seat.uid, expiresAt }
  },
  closeSession(ctx, input) {
    const session = openSessionByToken(ctx.db, input.tokenHash)
    closeSession(ctx.db, input.tokenHash, ctx.now)
    if (session) ctx.announce('seats', [session.seatId])
    return { ok: true }
  },
  alive(ctx, input) {
    const session = openSessionByToken(ctx.db, input.tokenHash)
    return session !== undefined && sessionHolds(session, ctx.now, ctx.settings)
  },
  recordFailure(ctx, input) {
    ctx.logAs({ result: input.by === 'pin' ? 'session.wrong_pin' : 'session.wrong_password' })
    const user = input.userId === null ? undefined : userById(ctx.db, input.userId)
    if (!user) return { lockedUntil: null }
    const failedLogins = user.failedLogins + 1
    const until = lockedUntil(failedLogins, ctx.now)
    setLoginState(ctx.db, user.id, { failedLogins, lockedUntil: until })
    return { lockedUntil: until }
  },
}
