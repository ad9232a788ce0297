import type { Permission } from '#contract/permissions.ts'

/** Wrong passwords or PINs in a row after which an account waits. */
export const failuresBeforeLockOut = 5
/** How long the first lock-out lasts; each further failure doubles it, up to a day. */
export const lockOutMs = 5 * 60_000
/** A session ends after this long, used or not. */
export const sessionMs = 30 * 86_400_000
/** A seat nobody used for this long must give the password again. */
export const idleMs = 7 * 86_400_000

/** When a login may be tried again after `failures` in a row, or null while it may. */
export function lockedUntil(failures: number, now: number): number | null {
  if (failures < failuresBeforeLockOut) return null
  const doublings = Math.min(failures - failuresBeforeLockOut, 12)
  return now + Math.min(lockOutMs * 2 ** doublings, 86_400_000)
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
