import { randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { intakeOf } from '../kit/intake.ts'
import { setUpShop, signIn, startTestHost, type RunningHost, type Seat } from '../kit/host.ts'
import { bill, deposit, fitOut, issuePart, ledgerFaults, lostOfCash, newCashBook, type Sent } from './cash.ts'
import { checkFile } from './check-file.ts'
import { backUp, backupFaults, lostPictures, newFileBook, photo, shopFaults } from './extras.ts'

/**
 * `npm run crash -- --kills N [--seats S] [--source] [--seed N]`: the host is killed (SIGKILL, as a power cut) at random moments
 * while several seats receive repairs, move them, write notes, keep drafts, issue parts, take money, upload photos and back the shop up; then it is started again and
 * everything that was acknowledged must be there, once, in a sound file whose two ledgers balance and whose audit chain is whole. What was sent but not answered is
 * sent again with its own commandId, as a seat does, and must not be done twice.
 */

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '5' },
    seats: { type: 'string', default: '3' },
    source: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(randomInt(2 ** 31 - 1)) },
  },
})
const kills = Number(values.kills)
const seed = Number(values.seed)
const seats = Number(values.seats)
const root = join(import.meta.dirname, '..', '..')

interface Book {
  /** Received repairs that were acknowledged, by number. */
  readonly received: Map<string, { id: number; uid: string }>
  /** Notes acknowledged, by their unique text, with the repair they stand on. */
  readonly notes: Map<string, number>
  /** Drafts acknowledged, with the newest title the shop has confirmed. */
  readonly drafts: Map<string, { version: number; title: string }>
  acknowledged: number
}

const book: Book = { received: new Map(), notes: new Map(), drafts: new Map(), acknowledged: 0 }
const cash = newCashBook()
const files = newFileBook()

/** One seed chooses what seats do and when the power goes; what the system does in between nobody chooses. */
let drawn = seed
function random(): number {
  // Mulberry32.
  drawn = (drawn + 0x6d2b79f5) | 0
  let bits = Math.imul(drawn ^ (drawn >>> 15), 1 | drawn)
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
}
/** Sent when the host died, answer unknown: sent again after the restart. */
const unanswered = new Map<string, Sent>()

function receive(engineerId: number): Sent {
  const commandId = randomUUID()
  // Sent again, a command must say the same thing: what was typed is kept with its id.
  let typed: Awaited<ReturnType<typeof intakeOf>> | undefined
  return {
    commandId,
    async run(seat) {
      typed ??= await intakeOf(seat)
      const answer = await seat.client.repairs.receive({ commandId, ...typed })
      for (const one of answer.repairs) book.received.set(one.number, { id: one.id, uid: one.uid })
      const first = answer.repairs[0]
      if (first) await act(seat, assign(first.id, engineerId))
    },
  }
}

function assign(repairId: number, engineerId: number): Sent {
  const commandId = randomUUID()
  return {
    commandId,
    async run(seat) {
      await seat.client.repairs.assign({ commandId, repairs: [{ repairId }], engineerId })
    },
  }
}

function note(repairId: number): Sent {
  const commandId = randomUUID()
  const text = `note ${commandId}`
  return {
    commandId,
    async run(seat) {
      await seat.client.repairs.addNote({ commandId, repairId, text })
      book.notes.set(text, repairId)
    },
  }
}

function draft(uid: string, version: number): Sent {
  const commandId = randomUUID()
  const title = `draft ${commandId}`
  return {
    commandId,
    async run(seat) {
      const saved = await seat.client.drafts.save({
        commandId,
        uid,
        version,
        title,
        step: 'fault',
        content: { title },
      })
      book.drafts.set(uid, { version: saved.version, title })
    },
  }
}

async function act(seat: Seat, sent: Sent): Promise<void> {
  unanswered.set(sent.commandId, sent)
  await sent.run(seat)
  unanswered.delete(sent.commandId)
  book.acknowledged++
}

interface Shop {
  readonly engineerId: number
  readonly taxCodeId: number
  readonly partNumber: string
}

/** One seat's day: works until the host dies under it. Each seat keeps drafts of its own. */
async function work(seat: Seat, shop: Shop, alive: () => boolean): Promise<void> {
  const draftUid = randomUUID()
  while (alive()) {
    try {
      const choice = random()
      const known = [...book.received.values()]
      const some = known[Math.floor(random() * known.length)]
      if (choice < 0.3 || !some) await act(seat, receive(shop.engineerId))
      else if (choice < 0.45) await act(seat, note(some.id))
      else if (choice < 0.6) await act(seat, issuePart(cash, some.id, shop))
      else if (choice < 0.7) await act(seat, deposit(cash, some.id))
      else if (choice < 0.8) await act(seat, bill(cash, some.id, shop))
      else if (choice < 0.9) await act(seat, photo(files, some.id))
      else await act(seat, draft(draftUid, book.drafts.get(draftUid)?.version ?? 0))
    } catch (error) {
      if (alive()) throw error
      return
    }
  }
}

/** A seat sends again what it has no answer to, with the same commandId. */
async function resend(seat: Seat): Promise<void> {
  for (const sent of unanswered.values()) {
    await sent.run(seat)
    unanswered.delete(sent.commandId)
    book.acknowledged++
  }
}

async function lostSince(seat: Seat): Promise<string[]> {
  const lost: string[] = []
  for (const [number, { uid }] of book.received) {
    const found = await seat.client.repairs.get({ uid }).catch(() => null)
    if (found?.number !== number) lost.push(`repair ${number}`)
  }
  const drafts = await seat.client.drafts.list({})
  for (const [uid, known] of book.drafts) {
    const found = drafts.find((one) => one.uid === uid)
    if (!found || found.version < known.version) lost.push(`draft ${uid}`)
  }
  return lost
}

async function start(data: string): Promise<RunningHost> {
  const built = existsSync(join(root, 'out', 'main', 'host.js'))
  return await startTestHost({ data, fromSource: values.source || !built })
}

async function main(): Promise<void> {
  console.log(`seed=${seed}`)
  const data = mkdtempSync(join(tmpdir(), 'benchside-crash-'))
  let broken = 0
  let lost = 0
  let doubled = 0
  let host = await start(data)
  const fittings = await fitOut(await setUpShop(host))
  for (let kill = 1; kill <= kills; kill++) {
    const owner = await signIn(host, 'owner')
    await resend(owner)
    const engineer = (await owner.client.users.engineers({}))[0]
    if (!engineer) throw new Error('the shop has no technician')
    const shop = { engineerId: engineer.id, ...fittings }
    let alive = true
    const people = await Promise.all(Array.from({ length: seats }, async () => await signIn(host, 'owner')))
    const jobs = people.map((seat) => work(seat, shop, () => alive))
    // A backup is made on a thread of the same host meanwhile; the power may go under it.
    jobs.push(backUp(files, owner).catch((error: unknown) => void (alive && Promise.reject(error))))
    await sleep(300 + random() * 1500)
    alive = false
    await host.stop('SIGKILL')
    await Promise.all(jobs)

    const file = checkFile(join(data, 'shop.db'), book.notes)
    for (const line of file.broken) console.log(`broken: ${line}`)
    broken += file.broken.length
    lost += file.lostNotes
    doubled += file.doubled
    host = await start(data)
    const seat = await signIn(host, 'owner')
    const faults = [...(await ledgerFaults(seat)), ...shopFaults(data), ...(await backupFaults(data))]
    for (const line of faults) console.log(`broken: ${line}`)
    broken += faults.length
    const missing = [...(await lostSince(seat)), ...(await lostOfCash(seat, cash))]
    for (const sha256 of lostPictures(data, files)) missing.push(`picture ${sha256}`)
    for (const line of missing) console.log(`lost: ${line}`)
    lost += missing.length
    console.log(
      `kill ${kill}/${kills}: ${book.received.size} repairs, ${book.notes.size} notes, ${book.drafts.size} drafts, ${cash.issued.size} parts, ${cash.invoices.size} invoices, ${cash.receipts.size} receipts, ${files.pictures.size} photos acknowledged; ${files.backups} backups begun`,
    )
  }
  await host.stop()
  rmSync(data, { recursive: true, force: true })
  console.log(
    `kills=${kills} acknowledged=${book.acknowledged} lost=${lost} doubled=${doubled} broken=${broken}`,
  )
  process.exit(lost + doubled + broken === 0 ? 0 : 1)
}

await main()
