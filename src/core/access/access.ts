import type { Permission } from '#contract/permissions.ts'
import type { ShopSettings } from '#contract/settings.ts'

/** Wrong passwords or PINs in a row after which an account waits. */
export const failuresBeforeLockOut = 5
/** How long the first lock-out lasts; each further failure doubles it, up to a day. */
export const lockOutMs = 5 * 60_000

/** How long after its password a session ends, used or not. */
export function sessionMsOf(settings: Pick<ShopSettings, 'sessionDays'>): number {
  return settings.sessionDays * 86_400_000
}

/** How long a seat may go unused before it must give the password again. */
export function idleMsOf(settings: Pick<ShopSettings, 'sessionIdleHours'>): number {
  return settings.sessionIdleHours * 3_600_000
}

/** A use that lies further ahead than this was noted by a clock that has been set back since. */
export const clockAheadMs = 3_600_000

/**
 * Whether a session still holds at a moment: its person works here, its last day has not come, and it was used within
 * the time the shop allows. One that was opened or used while the clock was ahead ends as soon as the clock is right: it
 * would otherwise outlive everything the shop has decided.
 */
export function sessionHolds(
  session: { readonly active: number; readonly expiresAt: number; readonly lastSeenAt: number },
  now: number,
  settings: Pick<ShopSettings, 'sessionIdleHours'>,
): boolean {
  const unusedMs = now - session.lastSeenAt
  return (
    session.active === 1 &&
    session.expiresAt > now &&
    unusedMs <= idleMsOf(settings) &&
    unusedMs >= -clockAheadMs
  )
}

/** When a login may be tried again after `failures` in a row, or null while it may. */
export function lockedUntil(failures: number, now: number): number | null {
  if (failures < failuresBeforeLockOut) return null
  const doublings = Math.min(failures - failuresBeforeLockOut, 12)
  return now + Math.min(lockOutMs * 2 ** doublings, longestLockMs)
}

const longestLockMs = 86_400_000

/** Until when an account waits at a moment; one said to wait longer than any does was locked by a clock that was ahead. */
export function waitsUntil(until: number | null, now: number): number | null {
  return until !== null && until - now <= longestLockMs ? until : null
}

const parsed = new Map<string, ReadonlySet<Permission>>()

/** The union of permission sets stored as JSON arrays joined by `|`. */
export function permissionSet(joined: string | null): ReadonlySet<Permission> {
  const key = joined ?? ''
  let set = parsed.get(key)
  if (!set) {
    const lists = key === '' ? [] : key.split('|').map((text) => JSON.parse(text) as Permission[])
    set = new Set(lists.flat())
    parsed.set(key, set)
  }
  return set
}

/** Logins are the same in any case and spacing around them. */
export function loginKey(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase()
}

/** Initials for a round badge: the last two characters of a Chinese name, two letters of any other. */
export function initials(name: string): string {
  const han = [...name.matchAll(/\p{Script=Han}/gu)].map((match) => match[0])
  if (han.length > 0) return han.slice(-2).join('')
  const words = name.trim().split(/\s+/)
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '')
  return letters.join('').toUpperCase()
}
