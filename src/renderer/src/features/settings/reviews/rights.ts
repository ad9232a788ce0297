import type { ReviewedPerson } from '#contract/audit.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Permission } from '#contract/permissions.ts'

export type Report = OutputOf<'reviews.report'>
export type ReviewedRole = Report['roles'][number]

/** Rights by which somebody can change what others may do, take money out, or carry data away. */
const ofWeight: readonly Permission[] = [
  'settings.manage',
  'users.manage',
  'seats.manage',
  'data.backup',
  'data.restore',
  'data.export',
  'privacy.erase',
  'audit.read',
  'repairs.view_passcode',
  'repairs.override_serial',
  'stock.adjust',
  'stock.override',
  'billing.prices',
  'billing.discount',
  'billing.credit_note',
  'billing.refund',
  'billing.write_off',
  'billing.hand_over_unpaid',
  'shifts.close_any',
]

/** Unused for so long, an account is worth a question. */
const idleDays = 60
const dayMs = 86_400_000

export function rolesOf(person: ReviewedPerson, roles: readonly ReviewedRole[]): ReviewedRole[] {
  return roles.filter(({ id }) => person.roleIds.includes(id))
}

/** What of weight a person may do; nothing while the account is switched off. */
export function weightyRights(person: ReviewedPerson, roles: readonly ReviewedRole[]): Permission[] {
  if (!person.active) return []
  const held = new Set(rolesOf(person, roles).flatMap(({ permissions }) => permissions))
  return ofWeight.filter((permission) => held.has(permission))
}

/** How many days nobody has signed in with an account; null while that is no question. */
export function unusedDays(person: ReviewedPerson, now: number): number | null {
  if (!person.active) return null
  const days = Math.floor((now - (person.lastLoginAt ?? person.createdAt)) / dayMs)
  return days >= idleDays ? days : null
}
