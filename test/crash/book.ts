import type { RepairAction } from '#contract/repair-states.ts'
import type { Seat } from '../kit/host.ts'

/** A repair's move as it was answered. */
export interface Moved {
  readonly repairId: number
  readonly action: RepairAction
  /** The repair's version that the seat had before it, null when it had read none, and the one after it. */
  readonly seen: number | null
  readonly version: number
}

/** A file of repairs and how far its import has come by what the seat was told. */
export interface ImportedFile {
  /** Of all its keys and numbers, and its name; no other file has it. */
  readonly prefix: string
  readonly content: string
  readonly rows: number
  /** Lines that no shop would take. */
  readonly bad: number
  /** Of the command that starts it: each time it is sent again it is this one. */
  readonly startId: string
  fileUid: string | null
  runId: number | null
  done: boolean
  /** How often it was started and, cut off by a kill, resumed. */
  started: number
  resumed: number
}

/** Everything the seats were told that it is done: what was not answered does not stand here. */
export interface Book {
  /** Every command that was answered, with its method. */
  readonly commands: Map<string, string>
  /** Received repairs by number. */
  readonly received: Map<string, { id: number; uid: string }>
  readonly moves: Moved[]
  /** Notes by their unique text, with the repair they stand on. */
  readonly notes: Map<string, number>
  /** Drafts with the newest title the shop has confirmed; a title names a content (`draftContent`). */
  readonly drafts: Map<string, { version: number; title: string }>
  /** Charge lines by their unique description, with the repair. */
  readonly lines: Map<string, number>
  /** Parts issued, by the line's uid, with the repair. */
  readonly issued: Map<string, number>
  /** Deliveries by the supplier's document, with how many thousandths of the part came. */
  readonly deliveries: Map<string, number>
  readonly invoices: Map<string, string>
  /** Receipts by uid, with their amounts. */
  readonly receipts: Map<string, number>
  /** Pictures by their SHA-256, with their uid. */
  readonly pictures: Map<string, string>
  readonly imports: Map<string, ImportedFile>
}

export function newBook(): Book {
  return {
    commands: new Map(),
    received: new Map(),
    moves: [],
    notes: new Map(),
    drafts: new Map(),
    lines: new Map(),
    issued: new Map(),
    deliveries: new Map(),
    invoices: new Map(),
    receipts: new Map(),
    pictures: new Map(),
    imports: new Map(),
  }
}

/** Waits for an answer and writes down that this command was acknowledged. */
export async function told<T>(book: Book, method: string, commandId: string, answer: Promise<T>): Promise<T> {
  const given = await answer
  book.commands.set(commandId, method)
  return given
}

/** One act of a seat, with the id it keeps when it is sent again; it writes its own answers into the book. */
export interface Sent {
  readonly commandId: string
  readonly run: (seat: Seat) => Promise<void>
}

/** What a draft of this title holds, so that a draft with another's content is found. */
export function draftContent(title: string): Record<string, unknown> {
  return { title, typed: `${title} `.repeat(40), items: [{ faultText: title }] }
}
