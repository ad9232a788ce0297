import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let used = pool.length

function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}

/** A UUIDv7 (RFC 9562 §5.7) for the moment `at` (UTC epoch ms): sorts by time, unique across files. */
export function newUid(at: number): string {
  const random = randomBytes(10)
  const time = at.toString(16).padStart(12, '0')
  const hex = random.toString('hex')
  const variant = ((Number.parseInt(hex[3] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`
}
