import type { HandlersOf } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { idleMsOf } from './access.ts'
import { renameSeat, seatById } from './store.ts'
import { closeSessionsAt, closeSessionsElsewhere, listSeats } from './seats-store.ts'

/** The seats of the shop: who sits where, and the way to end it from somewhere else. */
export const seatsHandlers: HandlersOf<'seats'> = {
  list: (ctx) =>
    listSeats(ctx.db, ctx.now, ctx.now - idleMsOf(ctx.settings)).map((seat) => ({
      ...seat,
      person: seat.person ?? '',
      signedIn: seat.signedIn === 1,
      own: seat.id === ctx.actor.seatId,
    })),
  rename(ctx, input) {
    const seat = found(seatById(ctx.db, input.seatId), 'seat')
    renameSeat(ctx.db, seat.id, input.name)
    ctx.announce('seats', [seat.id])
    return { ok: true }
  },
  signOut(ctx, input) {
    const seat = found(seatById(ctx.db, input.seatId), 'seat')
    closeSessionsAt(ctx.db, seat.id, ctx.now)
    ctx.announce('seats', [seat.id])
    return { ok: true }
  },
  signOutOthers(ctx) {
    const seats = closeSessionsElsewhere(ctx.db, ctx.actor.seatId, ctx.now)
    ctx.announce('seats', seats)
    return { signedOut: seats.length }
  },
}
