import { randomFillSync } from 'node:crypto'

/** Random bytes as hex, made many at a time: a command makes several ids. */
const pool = Buffer.alloc(4096)
let hexOfPool = ''
let used = 0

function randomHex(digits: number): string {
  if (used + digits > hexOfPool.length) {
    hexOfPool = randomFillSync(pool).toString('hex')
    used = 0
  }
  used += digits
  return hexOfPool.slice(used - digits, used)
}

/** By the value of a hex digit: the variant 10 of RFC 9562 in its first two bits, the rest of the digit kept. */
const variantOf = '89ab89ab89ab89ab'

/** A UUIDv7 (RFC 9562 §5.7) for the moment `at` (UTC epoch ms): sorts by time, unique across files. */
export function newUid(at: number): string {
  const hex = randomHex(19)
  const time = at.toString(16).padStart(12, '0')
  const variant = variantOf[Number.parseInt(hex.slice(3, 4), 16)] ?? '8'
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7)}`
}
