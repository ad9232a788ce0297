import { AppError, fieldError } from '#core/app.ts'
import { hashPassword } from '../passwords.ts'
import { checkPassword, proveOwn } from './session.ts'
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

/** A wrong password is said at its field: the person stays signed in. */
async function checkPresent(ctx: TaskContext, userId: number, password: string): Promise<void> {
  try {
    await proveOwn(ctx, userId, password)
  } catch (error) {
    if (error instanceof AppError && error.code === 'session.wrong_password')
      throw fieldError('password', 'session.wrong_password')
    throw error
  }
}
