import { randomUUID } from 'node:crypto'
import type { OutputOf } from '#contract/method-types.ts'
import { AppError, fieldError } from '#core/app.ts'
import { hashPassword, verifyNothing, verifyPassword } from '../passwords.ts'
import { newToken } from '../transport/connection.ts'
import type { TaskContext, TaskHandler } from './tasks.ts'

type Credentials = NonNullable<OutputOf<'access.credentials'>>

/** Opens a session for a person whose secret has been checked, and hands it to the seat. */
async function open(ctx: TaskContext, userId: number, by: 'password' | 'pin', seatName: string) {
  const { token, tokenHash } = newToken()
  const opened = ctx.app.run(
    'access.openSession',
    {
      commandId: randomUUID(),
      userId,
      tokenHash,
      seatUid: ctx.connection.seatUid(),
      seatName,
      by,
      ...(ctx.connection.origin ? { from: ctx.connection.origin } : {}),
    },
    undefined,
    ctx.tokenHash,
  )
  ctx.connection.keep({ token, seatUid: opened.seatUid, expiresAt: opened.expiresAt })
  return opened.signedIn
}

/** The window of the host itself comes from no address. */
const addressOf = (ctx: TaskContext): string => ctx.connection.origin?.address ?? ''

/** An address that guesses waits, whoever it tries to be; the other seats of the shop do not. */
function checkAddress(ctx: TaskContext): void {
  const minutes = ctx.limits.waits('address', addressOf(ctx))
  if (minutes !== null) throw new AppError('session.locked_out', { minutes })
}

/** A person at one of their own seats, for whom strangers' guesses do not count. */
function ownSeat(ctx: TaskContext, credentials: Credentials): string | null {
  return credentials.knownSeat ? `${ctx.connection.seatUid()} ${credentials.userId}` : null
}

function checkOpen(ctx: TaskContext, credentials: Credentials, seat: string | null): void {
  const until = credentials.lockedUntil
  if (seat !== null) {
    const minutes = ctx.limits.waits('seat', seat)
    if (minutes !== null) throw new AppError('session.locked_out', { minutes })
  } else if (until !== null && until > ctx.app.clock.now()) {
    throw new AppError('session.locked_out', { minutes: Math.ceil((until - ctx.app.clock.now()) / 60_000) })
  }
  if (!credentials.active) throw new AppError('session.user_inactive')
}

function refuse(ctx: TaskContext, userId: number | null, login: string, by: 'password' | 'pin'): never {
  ctx.limits.failed('address', addressOf(ctx))
  const { lockedUntil } = ctx.app.run('access.recordFailure', { commandId: randomUUID(), userId, login, by })
  if (lockedUntil !== null) {
    throw new AppError('session.locked_out', {
      minutes: Math.ceil((lockedUntil - ctx.app.clock.now()) / 60_000),
    })
  }
  throw new AppError(by === 'pin' ? 'session.wrong_pin' : 'session.wrong_password')
}

export const login: TaskHandler<'session.login'> = async (ctx, input) => {
  checkAddress(ctx)
  const seatUid = ctx.connection.seatUid()
  const credentials = ctx.app.run('access.credentials', {
    login: input.login,
    ...(seatUid === null ? {} : { seatUid }),
  })
  if (!credentials) {
    await verifyNothing(input.password)
    return refuse(ctx, null, input.login, 'password')
  }
  const seat = ownSeat(ctx, credentials)
  checkOpen(ctx, credentials, seat)
  if (!(await verifyPassword(input.password, credentials.passwordHash))) {
    if (seat !== null) ctx.limits.failed('seat', seat)
    return refuse(ctx, credentials.userId, input.login, 'password')
  }
  if (seat !== null) ctx.limits.succeeded('seat', seat)
  return await open(ctx, credentials.userId, 'password', input.seatName ?? '')
}

export const switchByPin: TaskHandler<'session.switchByPin'> = async (ctx, input) => {
  // The PIN only changes who sits at a seat that a password has opened.
  if (ctx.actor.userId === null) throw new AppError('session.required')
  checkAddress(ctx)
  const credentials = ctx.app.run('access.credentials', { userId: input.userId })
  if (!credentials?.pinHash) return refuse(ctx, null, '', 'pin')
  // A PIN is short: its failures always count for the account, at whatever seat.
  checkOpen(ctx, credentials, null)
  if (!(await verifyPassword(input.pin, credentials.pinHash)))
    return refuse(ctx, credentials.userId, '', 'pin')
  return await open(ctx, credentials.userId, 'pin', '')
}

export const logout: TaskHandler<'session.logout'> = async (ctx) => {
  if (ctx.tokenHash)
    ctx.app.run('access.closeSession', { commandId: randomUUID(), tokenHash: ctx.tokenHash }, ctx.actor)
  ctx.connection.keep(null)
  return { ok: true }
}

export const setupShop: TaskHandler<'setup.create'> = async (ctx, input) => {
  const { shop, owner } = input
  checkPassword('owner.password', owner.password)
  const { ownerId } = ctx.app.run('founding.commit', {
    commandId: randomUUID(),
    shop,
    demo: false,
    owner: {
      login: owner.login,
      name: owner.name,
      passwordHash: await hashPassword(owner.password),
      pinHash: owner.pin === undefined ? null : await hashPassword(owner.pin),
    },
  })
  return await open(ctx, ownerId, 'password', '')
}

// The worst of the usual ones; length is what protects, a list only stops the obvious.
const obvious = new Set([
  'password',
  '12345678',
  '123456789',
  '1234567890',
  'qwertyui',
  'qwerty123',
  '11111111',
  '88888888',
  '00000000',
  'benchside',
  'password1',
])

/** Errors: `users.weak_password` at `path` for a password everybody tries first. */
export function checkPassword(path: string, password: string): void {
  if (obvious.has(password.toLowerCase())) throw fieldError(path, 'users.weak_password')
}
