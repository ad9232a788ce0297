import type { HandlersOf } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { lockedUntil, loginKey, permissionSet, sessionMs } from './access.ts'
import { signedInView } from './steps.ts'
import {
  closeSession,
  insertSeat,
  insertSession,
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
      lockedUntil: user.lockedUntil,
    }
  },
  openSession(ctx, input) {
    const user = found(userById(ctx.db, input.userId), 'user')
    if (!user.active) throw new AppError('session.user_inactive')
    const known = input.seatUid === null ? undefined : seatByUid(ctx.db, input.seatUid)
    const seat = known ?? insertSeat(ctx.db, { uid: ctx.newUid(), name: input.seatName, at: ctx.now })
    if (known && input.seatName && input.seatName !== known.name) renameSeat(ctx.db, known.id, input.seatName)
    if (ctx.tokenHash) closeSession(ctx.db, ctx.tokenHash, ctx.now)
    const expiresAt = ctx.now + sessionMs
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
    return { signedIn: signedInView(ctx.db, actor), seatUid: seat.uid, expiresAt }
  },
  closeSession(ctx, input) {
    closeSession(ctx.db, input.tokenHash, ctx.now)
    return { ok: true }
  },
  recordFailure(ctx, input) {
    const user = input.userId === null ? undefined : userById(ctx.db, input.userId)
    if (!user) return { lockedUntil: null }
    const failedLogins = user.failedLogins + 1
    const until = lockedUntil(failedLogins, ctx.now)
    setLoginState(ctx.db, user.id, { failedLogins, lockedUntil: until })
    return { lockedUntil: until }
  },
}
