import { createHash, randomBytes } from 'node:crypto'

/** One seat's connection, whatever carries it: where its token is kept is the transport's business. */
export interface Connection {
  /** SHA-256 of the session's token, or null. */
  tokenHash(): string | null
  seatUid(): string | null
  /** Where the seat is and with what; absent for the window of this very host. */
  readonly origin?: { readonly address: string; readonly agent: string }
  /** Hands the seat its new session; null signs it out. */
  keep(session: { token: string; seatUid: string; expiresAt: number } | null): void
}

/** A new session token (256 bits) and what is stored of it. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** What each call carries through oRPC. */
export interface CallContext {
  readonly connection: Connection
}
