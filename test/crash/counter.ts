import { createHash, randomUUID } from 'node:crypto'
import { intakeOf } from '../kit/intake.ts'
import { draftContent, told, type Book, type Sent } from './book.ts'

/* What people do at the counter. Sent again, a command must say the same thing: what was typed is kept with its id. */

export function receive(book: Book): Sent {
  const commandId = randomUUID()
  let typed: Awaited<ReturnType<typeof intakeOf>> | undefined
  return {
    commandId,
    async run(seat) {
      typed ??= await intakeOf(seat)
      const sending = seat.client.repairs.receive({ commandId, ...typed })
      const { repairs } = await told(book, 'repairs.receive', commandId, sending)
      for (const one of repairs) book.received.set(one.number, { id: one.id, uid: one.uid })
    },
  }
}

/** Whom a repair goes to first; what comes after is `chooseMove`'s. */
export function assign(book: Book, repairId: number, engineerId: number): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      const sending = seat.client.repairs.assign({ commandId, repairs: [{ repairId }], engineerId })
      const { done } = await told(book, 'repairs.assign', commandId, sending)
      for (const { version } of done) book.moves.push({ repairId, action: 'assign', seen: null, version })
    },
  }
}

export function note(book: Book, repairId: number): Sent {
  const commandId = randomUUID()
  const text = `note ${commandId}`
  return {
    commandId,
    async run(seat) {
      const sending = seat.client.repairs.addNote({ commandId, repairId, text })
      await told(book, 'repairs.addNote', commandId, sending)
      book.notes.set(text, repairId)
    },
  }
}

/** The next save of a seat's own draft. */
export function draft(book: Book, uid: string): Sent {
  const commandId = randomUUID()
  const title = `draft ${commandId}`
  const version = book.drafts.get(uid)?.version ?? 0
  const typed = { uid, version, title, step: 'fault', content: draftContent(title) }
  return {
    commandId,
    async run(seat) {
      const sending = seat.client.drafts.save({ commandId, ...typed })
      const saved = await told(book, 'drafts.save', commandId, sending)
      book.drafts.set(uid, { version: saved.version, title })
    },
  }
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A picture of its own: bytes after the end of a PNG are no part of what it shows. */
export function photo(book: Book, repairId: number): Sent {
  const commandId = randomUUID()
  const bytes = Buffer.concat([pixel, Buffer.from(commandId.repeat(2000))])
  return {
    commandId,
    async run(seat) {
      const file = new File([new Uint8Array(bytes)], 'crash.png')
      const asked = { commandId, file, kind: 'photo' as const, repairId, draftUid: null }
      const kept = await told(book, 'files.register', commandId, seat.client.attachments.upload(asked))
      book.pictures.set(createHash('sha256').update(bytes).digest('hex'), kept.uid)
    },
  }
}
