import type { Seat } from '../kit/host.ts'
import { bill, deposit, issuePart, takeDelivery } from './cash.ts'
import { assign, draft, note, photo, receive } from './counter.ts'
import type { Book, Sent } from './book.ts'
import { chooseMove } from './moves.ts'
import { below, pick, random } from './random.ts'

/** What the acts of a day need to know of the shop. */
export interface Shop {
  readonly engineerId: number
  readonly taxCodeId: number
  readonly partNumber: string
  readonly partId: number
  readonly binId: number
}

/** What was sent without an answer, and how often the shop has said no. */
export interface Desk {
  readonly book: Book
  readonly unanswered: Map<string, Sent>
  /** Refusals by code: another seat was there first, or the repair is not ready for it. */
  readonly refusals: Map<string, number>
}

/** Answers that no act of an orderly seat may get: a bug, a forgotten command, a damaged file, a lost session. */
const alarming = /^(internal|forbidden|not_found|command\.|database\.|session\.|request\.|connection\.)/

function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && 'data' in error)) return null
  return typeof error.code === 'string' && !alarming.test(error.code) ? error.code : null
}

/** Sends an act; it stays among the unanswered until the shop has said yes or no. */
export async function act(desk: Desk, seat: Seat, sent: Sent): Promise<void> {
  desk.unanswered.set(sent.commandId, sent)
  try {
    await sent.run(seat)
  } catch (error) {
    const code = refusalOf(error)
    if (code === null) throw error
    desk.refusals.set(code, (desk.refusals.get(code) ?? 0) + 1)
  }
  desk.unanswered.delete(sent.commandId)
}

/** A seat sends again what it has no answer to, with the same commandId. */
export async function resend(desk: Desk, seat: Seat): Promise<void> {
  for (const sent of desk.unanswered.values()) await act(desk, seat, sent)
}

/** Two seats have the same repair open and each does something with it, at the same moment. */
async function together(
  desk: Desk,
  seats: readonly Seat[],
  repair: { uid: string },
  shop: Shop,
): Promise<void> {
  const both = await Promise.all(seats.map((seat) => chooseMove(desk.book, seat, repair, shop)))
  const ends = await Promise.allSettled(
    both.map(async (sent, at) => {
      const seat = seats[at]
      if (sent && seat) await act(desk, seat, sent)
    }),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function once(desk: Desk, seat: Seat, other: Seat, shop: Shop, draftUid: string): Promise<void> {
  const { book } = desk
  const choice = random()
  const some = pick([...book.received.values()].slice(-40))
  const send = (sent: Sent) => act(desk, seat, sent)
  if (choice < 0.18 || !some) {
    const before = book.received.size
    await send(receive(book))
    const newest = [...book.received.values()].at(-1)
    if (newest && book.received.size > before) await send(assign(book, newest.id, shop.engineerId))
  } else if (choice < 0.42) {
    const sent = await chooseMove(book, seat, some, shop)
    if (sent) await send(sent)
  } else if (choice < 0.52) await together(desk, [seat, other], some, shop)
  else if (choice < 0.6) await send(note(book, some.id))
  else if (choice < 0.66) await send(issuePart(book, some.id, shop))
  else if (choice < 0.7) await send(takeDelivery(book, shop, 1000 * (1 + below(20))))
  else if (choice < 0.76) await send(deposit(book, some.id))
  else if (choice < 0.86) await send(bill(book, some.id, shop))
  else if (choice < 0.93) await send(photo(book, some.id))
  else await send(draft(book, draftUid))
}

/** One seat's day: works until the host dies under it, or the day is over. Each seat keeps a draft of its own. */
export async function work(
  desk: Desk,
  seats: readonly [Seat, Seat],
  shop: Shop,
  draftUid: string,
  alive: () => boolean,
): Promise<void> {
  const [seat, other] = seats
  while (alive()) {
    try {
      await once(desk, seat, other, shop, draftUid)
    } catch (error) {
      if (alive()) throw error
      return
    }
  }
}
