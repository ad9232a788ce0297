import { hash } from 'node:crypto'

/**
 * The chain of the audit log: each row's hash is over the hash before it and over the row itself, so that no row can
 * be changed, taken out, put in or moved without every later hash being wrong. It knows no database.
 */

/** The method of the row with which a file's chain begins. */
export const beginMethod = 'audit.begin'

/** What stands in a row besides its hash. */
export interface AuditLine {
  readonly id: number
  readonly at: number
  readonly userId: number | null
  readonly seatId: number | null
  readonly method: string
  readonly commandId: string | null
  readonly input: string
  readonly result: string
}

/** The hash before the first row of all. */
export const genesis = ''

/** One form for one row: JSON keeps numbers, nothing and texts apart and leaves no two rows with the same text. */
function canonical(line: AuditLine): string {
  const { id, at, userId, seatId, method, commandId, input, result } = line
  return JSON.stringify([id, at, userId, seatId, method, commandId, input, result])
}

/** SHA-256 in hexadecimal over the hash before and the row. */
export function hashOf(before: string, line: AuditLine): string {
  return hash('sha256', `${before}\n${canonical(line)}`, 'hex')
}

/** The input of the row a chain begins with: how many rows are older, and the digest over them all. */
export function beginInput(older: number, digest: string): string {
  return JSON.stringify({ older, digest })
}
