import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

// RFC 7914 parameters: 32 MiB and some 80 ms on a shop's PC. The string names them, so that a later
// version may raise them and still check the old ones.
const cost = { N: 32_768, r: 8, p: 1 } as const
const maxmem = 128 * 1024 * 1024

/** A versioned string `s1$N$r$p$salt$hash` of a password or PIN. Takes tens of milliseconds: never inside a transaction. */
export async function hashPassword(plain: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(plain.normalize('NFKC'), salt, 32, { ...cost, maxmem })
  return ['s1', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether `plain` is what was hashed; false for a string of a form we do not know. */
export async function verifyPassword(plain: string, stored: string): Promise<boolean> {
  const [version, n, r, p, salt, hash] = stored.split('$')
  if (version !== 's1' || !salt || !hash) return false
  const expected = Buffer.from(hash, 'base64url')
  const actual = await derive(plain.normalize('NFKC'), Buffer.from(salt, 'base64url'), expected.length, {
    N: Number(n),
    r: Number(r),
    p: Number(p),
    maxmem,
  })
  return timingSafeEqual(actual, expected)
}

let decoy: Promise<string> | undefined

/** As slow as a real check, for logins nobody has: the answer's time must not tell who exists. */
export async function verifyNothing(plain: string): Promise<false> {
  decoy ??= hashPassword('nobody')
  await verifyPassword(plain, await decoy)
  return false
}
