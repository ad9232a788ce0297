import { randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { AppError, fieldError } from '#core/app.ts'
import { swapIsPlanned } from '../backup/swap.ts'
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
function fromAddress<T>(ctx: TaskContext, attempt: () => Promise<T>): Promise<T> {
  const address = addressOf(ctx)
  return ctx.limits.inTurn('address', address, () => {
    const minutes = ctx.limits.waits('address', address)
    if (minutes !== null) throw new AppError('session.locked_out', { minutes })
    return attempt()
  })
}

/** The same for a person who is tried from several addresses; `attempt` gets what is known of them when it is its turn. */
function atPerson<T>(
  ctx: TaskContext,
  asked: InputOf<'access.credentials'>,
  attempt: (credentials: Credentials) => Promise<T>,
): Promise<T> | null {
  const known = ctx.app.run('access.credentials', asked)
  if (!known) return null
  return ctx.limits.inTurn('person', String(known.userId), () =>
    attempt(ctx.app.run('access.credentials', asked) ?? known),
  )
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

interface Wrong {
  /** Null when nobody has the login, or the person no PIN. */
  readonly userId: number | null
  readonly login: string
  readonly by: 'password' | 'pin'
  /** Their own seat, where only what was tried there makes them wait. */
  readonly seat: string | null
}

function refuse(ctx: TaskContext, { userId, login, by, seat }: Wrong): never {
  ctx.limits.failed('address', addressOf(ctx))
  if (seat !== null) ctx.limits.failed('seat', seat)
  // Whoever it was has not proved to be anybody, but the seat is known where one is open.
  const somebody = { userId: null, seatId: ctx.actor.seatId, permissions: new Set<never>() }
  const failure = { commandId: randomUUID(), userId, login, by }
  const { lockedUntil } = ctx.app.run('access.recordFailure', failure, somebody)
  const left = lockedUntil === null ? null : Math.ceil((lockedUntil - ctx.app.clock.now()) / 60_000)
  const minutes = seat === null ? left : ctx.limits.waits('seat', seat)
  if (minutes !== null) throw new AppError('session.locked_out', { minutes })
  throw new AppError(by === 'pin' ? 'session.wrong_pin' : 'session.wrong_password')
}

/** How somebody is looked up who may be at a seat of their own. */
function seen(ctx: TaskContext, who: { login: string } | { userId: number }): InputOf<'access.credentials'> {
  const seatUid = ctx.connection.seatUid()
  return { ...who, ...(seatUid === null ? {} : { seatUid }) }
}

/** Refuses unless it is the person's password; wrong ones are counted against account, seat and address. */
async function provePassword(
  ctx: TaskContext,
  credentials: Credentials,
  given: { readonly login: string; readonly password: string },
): Promise<void> {
  const seat = ownSeat(ctx, credentials)
  checkOpen(ctx, credentials, seat)
  if (!(await verifyPassword(given.password, credentials.passwordHash)))
    refuse(ctx, { userId: credentials.userId, login: given.login, by: 'password', seat })
  if (seat !== null) ctx.limits.succeeded('seat', seat)
}

export const login: TaskHandler<'session.login'> = (ctx, input) =>
  fromAddress(ctx, async () => {
    const found = atPerson(ctx, seen(ctx, { login: input.login }), async (credentials) => {
      await provePassword(ctx, credentials, input)
      return await open(ctx, credentials.userId, 'password', input.seatName ?? '')
    })
    if (found) return await found
    await verifyNothing(input.password)
    return refuse(ctx, { userId: null, login: input.login, by: 'password', seat: null })
  })

/** Asks who is signed in for their present password: guessing at somebody's open window counts as wrong logins do. */
export async function proveOwn(ctx: TaskContext, userId: number, password: string): Promise<void> {
  await fromAddress(ctx, async () => {
    await atPerson(ctx, seen(ctx, { userId }), (credentials) =>
      provePassword(ctx, credentials, { login: '', password }),
    )
  })
}

/** Nobody has the PIN, or it is not known whose it should be. */
const wrongPin: Wrong = { userId: null, login: '', by: 'pin', seat: null }

export const switchByPin: TaskHandler<'session.switchByPin'> = (ctx, input) => {
  // The PIN only changes who sits at a seat that a password has opened.
  if (ctx.actor.userId === null) throw new AppError('session.required')
  return fromAddress(ctx, async () => {
    const found = atPerson(ctx, { userId: input.userId }, async (credentials) => {
      if (!credentials.pinHash) return refuse(ctx, wrongPin)
      // A PIN is short: its failures always count for the account, at whatever seat.
      checkOpen(ctx, credentials, null)
      if (!(await verifyPassword(input.pin, credentials.pinHash)))
        return refuse(ctx, { ...wrongPin, userId: credentials.userId })
      return await open(ctx, credentials.userId, 'pin', '')
    })
    return found ? await found : refuse(ctx, wrongPin)
  })
}

export const logout: TaskHandler<'session.logout'> = async (ctx) => {
  if (ctx.tokenHash)
    ctx.app.run('access.closeSession', { commandId: randomUUID(), tokenHash: ctx.tokenHash }, ctx.actor)
  ctx.connection.keep(null)
  return { ok: true }
}

export const setupShop: TaskHandler<'setup.create'> = async (ctx, input) => {
  const { shop, owner } = input
  // Asked again with the shop itself; here so that nobody keeps the host busy with hashes for nothing.
  if (ctx.app.run('session.state', {}).setUp) throw new AppError('setup.already_done')
  checkPassword('owner.password', owner.password)
  const passwordHash = await hashPassword(owner.password)
  const pinHash = owner.pin === undefined ? null : await hashPassword(owner.pin)
  // A shop that is brought from elsewhere has just been decided on: a new one would vanish under it.
  if (swapIsPlanned(ctx.folder.path)) throw new AppError('backup.running')
  const { ownerId } = ctx.app.run('founding.commit', {
    commandId: randomUUID(),
    shop,
    demo: false,
    owner: {
      login: owner.login,
      name: owner.name,
      passwordHash,
      pinHash,
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
