import { randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setUpShop, signIn, startTestHost, type RunningHost, type Seat } from '../kit/host.ts'
import { ledgerFaults, lostForSeats, lostPictures, shopFaults } from './asked.ts'
import {
  backUp,
  backUpAll,
  backupFaults,
  inRestored,
  leftOvers,
  notSwept,
  strangersIn,
  type BackupTally,
} from './backups.ts'
import { newBook, type Book } from './book.ts'
import { fitOut } from './cash.ts'
import { checkAtRest, checkFile, type FileCheck } from './check-file.ts'
import { finishImports, importFiles } from './imports.ts'
import { resend, work, type Desk, type Shop } from './load.ts'
import { random, seedRandom } from './random.ts'

/**
 * `npm run crash -- --kills N [--seats S] [--source] [--seed N]`: the host is killed (SIGKILL, as a power cut) at random
 * moments while several seats receive repairs and move them (two at once the same one, too), write notes, keep drafts,
 * take parts and deliveries, bill, take money, upload photos, import files and back the shop up. It is started again
 * and all that was acknowledged must be there, once, in a sound file whose two ledgers balance and whose audit chain is
 * whole; each backup and each copy in a second folder is whole or not there. What was sent but not answered is sent again with its own commandId, as a seat does, and an import that was
 * cut off goes on; then there must be exactly as much of everything as seats were told. In the end a backup made under
 * load is restored into an empty folder, and that shop must have all that was acknowledged before it was begun.
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
const root = join(import.meta.dirname, '..', '..')

const desk: Desk = { book: newBook(), unanswered: new Map(), refusals: new Map() }
const backups: BackupTally = { begun: 0, ended: 0, finished: new Set(), copied: new Set() }
const count = { lost: 0, doubled: 0, broken: 0 }

function say(found: Partial<FileCheck>): void {
  for (const kind of ['lost', 'doubled', 'broken'] as const) {
    const lines = found[kind] ?? []
    for (const line of lines.slice(0, 20)) console.log(`${kind}: ${line}`)
    count[kind] += lines.length
  }
}

/** The host that is running, so that a fault of a seat's leaves none behind. */
let running: RunningHost | undefined

async function start(data: string): Promise<RunningHost> {
  const built = existsSync(join(root, 'out', 'main', 'host.js'))
  running = await startTestHost({ data, fromSource: values.source || !built })
  return running
}

async function signInAll(host: RunningHost): Promise<Seat[]> {
  return await Promise.all(Array.from({ length: Number(values.seats) }, () => signIn(host, 'owner')))
}

/** Seats at work and the import of files; ends when `alive` says so. */
function load(people: readonly Seat[], shop: Shop, importer: Seat, alive: () => boolean): Promise<void>[] {
  const jobs = people.map((seat, at) => {
    const other = people[(at + 1) % people.length] ?? seat
    return work(desk, [seat, other], shop, draftOf(at), alive)
  })
  return [...jobs, importFiles(desk, importer, alive)]
}

const draftUids: string[] = []
/** A seat goes on with its draft after a restart, and now and then begins another. */
function draftOf(at: number): string {
  const known = draftUids[at]
  const uid = known === undefined || random() < 0.3 ? randomUUID() : known
  draftUids[at] = uid
  return uid
}

async function shopOf(seat: Seat, fittings: Omit<Shop, 'engineerId'>): Promise<Shop> {
  const [engineer] = await seat.client.users.engineers({})
  if (!engineer) throw new Error('the shop has no technician')
  return { engineerId: engineer.id, ...fittings }
}

/** What is found in the folder of a host that is not running. */
async function lookAtKilled(data: string, second: string): Promise<void> {
  say(checkFile(join(data, 'shop.db'), desk.book))
  say({ broken: shopFaults(data) })
  say({ broken: await backupFaults(data, second, backups) })
  say({ lost: lostPictures(data, desk.book) })
}

/** What a restarted host answers: first as it is, then with everything answered. */
async function lookAtRestarted(host: RunningHost, swept: readonly string[]): Promise<void> {
  const seat = await signIn(host, 'owner')
  say({ broken: await notSwept(swept) })
  say({ broken: await ledgerFaults(seat), lost: await lostForSeats(seat, desk.book) })
  await resend(desk, seat)
  say(checkAtRest(join(host.data, 'shop.db'), desk.book))
}

/** One day until the power goes; of some days there is a backup before that. */
async function untilKilled(
  host: RunningHost,
  fittings: Omit<Shop, 'engineerId'>,
  backedUp: boolean,
): Promise<void> {
  const owner = await signIn(host, 'owner')
  const shop = await shopOf(owner, fittings)
  const { ended } = backups
  let alive = true
  const jobs = load(await signInAll(host), shop, owner, () => alive)
  jobs.push(backUpAll(owner, backups, () => alive))
  // A fault of a seat's own is said at once, and not when the next kill has hidden it.
  const failed = Promise.all(jobs)
  await Promise.race([failed, sleep(300 + random() * 2200)])
  const before = backedUp ? ended : -1
  while (backups.ended <= before) await Promise.race([failed, sleep(50)])
  alive = false
  await host.stop('SIGKILL')
  await failed
}

/** The last day: a backup is made under load and everything comes to its end; what the backup must hold. */
async function untilClosed(host: RunningHost, fittings: Omit<Shop, 'engineerId'>): Promise<Book> {
  const owner = await signIn(host, 'owner')
  const shop = await shopOf(owner, fittings)
  let alive = true
  const before = structuredClone(desk.book)
  const jobs = load(await signInAll(host), shop, owner, () => alive)
  await backUp(owner, backups)
  alive = false
  await Promise.all(jobs)
  await finishImports(desk, owner)
  say(checkAtRest(join(host.data, 'shop.db'), desk.book))
  await host.stop()
  return before
}

/** The restored shop is opened by a host of its own, which must know all that stood in the book. */
async function lookAtRestored(data: string, book: Book): Promise<void> {
  const opened = await inRestored(data, async (restored) => {
    say({ broken: shopFaults(restored) })
    const host = await start(restored)
    const seat = await signIn(host, 'owner')
    say({ broken: await ledgerFaults(seat), lost: await lostForSeats(seat, book) })
    await host.stop()
    say(checkFile(join(restored, 'shop.db'), book))
    say({ broken: shopFaults(restored), lost: lostPictures(restored, book) })
    return true
  })
  if (opened === null) say({ broken: ['there is no backup to restore'] })
}

function covered(): string {
  const { book, refusals } = desk
  const done = [...book.imports.values()].filter((one) => one.done)
  const rows = done.reduce((sum, one) => sum + one.rows, 0)
  const resumed = done.reduce((sum, one) => sum + one.resumed, 0)
  const again = done.reduce((sum, one) => sum + one.started - 1, 0)
  const refused = [...refusals.values()].reduce((sum, times) => sum + times, 0)
  return [
    `${book.received.size} repairs`,
    `${book.moves.length} moves`,
    `${book.notes.size} notes`,
    `${book.drafts.size} drafts`,
    `${book.issued.size} parts`,
    `${book.deliveries.size} deliveries`,
    `${book.invoices.size} invoices`,
    `${book.receipts.size} receipts`,
    `${book.pictures.size} photos`,
    `${done.length} imports of ${rows} rows (${resumed} resumed, ${again} starts sent again)`,
    `${backups.finished.size} of ${backups.begun} backups finished (${backups.copied.size} copied)`,
    `${refused} refused`,
  ].join(', ')
}

async function main(): Promise<void> {
  const seed = Number(values.seed)
  seedRandom(seed)
  console.log(`seed=${seed}`)
  const data = mkdtempSync(join(tmpdir(), 'benchside-crash-'))
  let host = await start(data)
  const second = mkdtempSync(join(tmpdir(), 'benchside-crash-second-'))
  const owner = await setUpShop(host)
  const fittings = await fitOut(owner, desk.book)
  await owner.client.backups.setSecond({ path: second })
  for (let kill = 1; kill <= kills; kill++) {
    await untilKilled(host, fittings, kill % 4 === 0)
    await lookAtKilled(data, second)
    const left = leftOvers(data)
    host = await start(data)
    await lookAtRestarted(host, left)
    console.log(`kill ${kill}/${kills}: ${covered()}`)
  }
  const before = await untilClosed(host, fittings)
  await lookAtKilled(data, second)
  say({ broken: strangersIn(second) })
  if (backups.copied.size === 0) say({ broken: ['no backup was ever copied'] })
  if (backups.finished.size === 0) say({ broken: ['no backup was ever finished'] })
  await lookAtRestored(data, before)
  for (const folder of [data, second]) rmSync(folder, { recursive: true, force: true })
  const codes = [...desk.refusals].map(([code, times]) => `${code} ${times}`)
  console.log(`refused: ${codes.join(', ') || 'nothing'}`)
  console.log(`covered: ${covered()}`)
  const { lost, doubled, broken } = count
  const acknowledged = desk.book.commands.size
  console.log(`kills=${kills} acknowledged=${acknowledged} lost=${lost} doubled=${doubled} broken=${broken}`)
  process.exit(lost + doubled + broken === 0 ? 0 : 1)
}

try {
  await main()
} finally {
  await running?.stop('SIGKILL')
}
