import { ownersOnly, type Permission } from '#contract/permissions.ts'
import type { CommandContext } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'

/**
 * What decides over the whole shop's data is given, and taken charge of, only by who has it. Otherwise who looks after
 * people would need one act to become owner: a role for themselves, or a new password for the owner's account.
 * `held` are the permissions the act gives, or those of the person or role it is done to. What the program does itself
 * is not asked. Error: `users.owners_rights`, at `path` where there is one.
 */
export function requireOwnersRights(ctx: CommandContext, held: Iterable<Permission>, path?: string): void {
  const { userId, permissions } = ctx.actor
  if (userId === null) return
  for (const permission of held)
    if (ownersOnly.has(permission) && !permissions.has(permission))
      throw path === undefined ? new AppError('users.owners_rights') : fieldError(path, 'users.owners_rights')
}
