import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { clockAheadMs } from './access.ts'

export interface StoredSeat {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly person: string | null
  /** 0 or 1. */
  readonly signedIn: number
  readonly lastSeenAt: number
  readonly address: string
  readonly agent: string
}

// A session that ended, idled out or whose person left is no longer signed in: the same rule as for each call.
const listed = `
  SELECT st.id, st.uid, st.name, st.last_seen_at AS lastSeenAt, st.address, st.agent,
    (SELECT u.name FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.seat_id = st.id
      ORDER BY s.id DESC LIMIT 1) AS person,
    EXISTS (SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.seat_id = st.id AND s.closed_at IS NULL
      AND s.expires_at > :now AND s.last_seen_at BETWEEN :idleSince AND :aheadUntil AND u.active = 1) AS signedIn
  FROM seats st ORDER BY st.last_seen_at DESC, st.id DESC LIMIT 500`

/** The seats used last; signed in are those whose session was used since `idleSince`. */
export function listSeats(db: ReadDb, now: number, idleSince: number): StoredSeat[] {
  const aheadUntil = now + clockAheadMs
  return sqlStatement(db, listed).all({ now, idleSince, aheadUntil }) as StoredSeat[]
}

/** Ends every open session of a seat. Answers how many. */
export function closeSessionsAt(db: WriteDb, seatId: number, at: number): number {
  const text = 'UPDATE sessions SET closed_at = ? WHERE seat_id = ? AND closed_at IS NULL'
  return sqlStatement(db, text).run(at, seatId).changes
}

/** Ends every open session but those of one seat. Answers the seats that were signed out. */
export function closeSessionsElsewhere(db: WriteDb, seatId: number | null, at: number): number[] {
  const text = `UPDATE sessions SET closed_at = ? WHERE closed_at IS NULL AND seat_id IS NOT ? RETURNING seat_id`
  return [...new Set(sqlStatement(db, text).pluck().all(at, seatId) as number[])]
}

/** Whether this person has signed in at this seat before. */
export function hasSatAt(db: ReadDb, userId: number, seatUid: string): boolean {
  const text = `SELECT EXISTS (SELECT 1 FROM sessions s JOIN seats st ON st.id = s.seat_id
    WHERE st.uid = ? AND s.user_id = ?)`
  return sqlStatement(db, text).pluck().get(seatUid, userId) === 1
}
