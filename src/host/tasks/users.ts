import { randomUUID } from 'node:crypto'
import { AppError, fieldError } from '#core/app.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { checkPassword } from './session.ts'
import type { TaskContext, TaskHandler } from './tasks.ts'

export const createUser: TaskHandler<'users.create'> = async (ctx, input) => {
  const { commandId, password, pin, ...person } = input
  checkPassword('password', password)
  const { userId } = ctx.app.run(
    'people.insert',
    {
      commandId,
      ...person,
      passwordHash: await hashPassword(password),
      pinHash: pin === undefined ? null : await hashPassword(pin),
    },
    ctx.actor,
  )
  const row = ctx.app.run('users.list', {}, ctx.actor).find((user) => user.id === userId)
  if (!row) throw new AppError('not_found', { entity: 'user' })
  return row
}

export const setPassword: TaskHandler<'users.setPassword'> = async (ctx, input) => {
  checkPassword('password', input.password)
  const passwordHash = await hashPassword(input.password)
  return ctx.app.run(
    'people.setSecrets',
    { commandId: input.commandId, userId: input.userId, passwordHash },
    ctx.actor,
    ctx.tokenHash,
  )
}

export const setPin: TaskHandler<'users.setPin'> = async (ctx, input) => {
  const pinHash = input.pin === null ? null : await hashPassword(input.pin)
  return ctx.app.run(
    'people.setSecrets',
    { commandId: input.commandId, userId: input.userId, pinHash },
    ctx.actor,
    ctx.tokenHash,
  )
}

export const changeOwn: TaskHandler<'users.changeOwn'> = async (ctx, input) => {
  const { userId } = ctx.actor
  if (userId === null) throw new AppError('session.required')
  await checkPresent(ctx, userId, input.password)
  if (input.newPassword !== undefined) checkPassword('newPassword', input.newPassword)
  return ctx.app.run(
    'people.setSecrets',
    {
      commandId: input.commandId,
      userId,
      ...(input.newPassword === undefined ? {} : { passwordHash: await hashPassword(input.newPassword) }),
      ...(input.pin === undefined
        ? {}
        : { pinHash: input.pin === null ? null : await hashPassword(input.pin) }),
    },
    ctx.actor,
    ctx.tokenHash,
  )
}

/** Guessing at somebody's open window counts as wrong logins do. */
async function checkPresent(ctx: TaskContext, userId: number, password: string): Promise<void> {
  const credentials = ctx.app.run('access.credentials', { userId })
  if (credentials && (await verifyPassword(password, credentials.passwordHash))) return
  ctx.app.run('access.recordFailure', { commandId: randomUUID(), userId, login: '', by: 'password' })
  throw fieldError('password', 'session.wrong_password')
}
