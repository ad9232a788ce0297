import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { signIn, type Client, type RunningHost } from '../../kit/host.ts'
import type { Bench, Report, Scenario } from '../figures.ts'
import { onHost } from '../host.ts'
import { percentile, timedAsync } from '../measure.ts'

/** How long a seat waits for an answer while the host does something long. */
interface Waits {
  readonly seconds: number
  readonly asked: number[]
}

/** A seat that opens one repair after the other, fifty a second, until `isOver`. */
async function seatAtWork(
  client: Client,
  uids: readonly string[],
  isOver: () => Promise<boolean>,
): Promise<Waits> {
  const from = performance.now()
  const asked: number[] = []
  for (let n = 1; ; n++) {
    asked.push(await timedAsync(() => client.repairs.get({ uid: uids[n % uids.length] ?? '' })))
    if (n % 25 === 0 && (await isOver())) break
    await pause(20)
  }
  return { seconds: (performance.now() - from) / 1000, asked }
}

async function fourWaits(host: RunningHost, report: Report, quick: boolean): Promise<Record<string, Waits>> {
  const { client } = await signIn(host, 'owner')
  const { client: office } = await signIn(host, 'owner')
  const { columns } = await client.repairs.board({ perColumn: 20 })
  const uids = columns.flatMap(({ cards }) => cards.map(({ uid }) => uid))
  const noBackupRuns = async () => (await office.backups.overview({})).running === null
  const begun = performance.now()
  const idle = await seatAtWork(client, uids, async () => performance.now() - begun > (quick ? 500 : 5000))
  await office.backups.make({})
  const made = await seatAtWork(client, uids, noBackupRuns)
  const { backups } = await office.backups.overview({})
  await office.backups.rehearse({ place: 'own', name: backups[0]?.name ?? '' })
  const rehearsed = await seatAtWork(client, uids, noBackupRuns)
  const { rehearsal, last } = await office.backups.overview({})
  report.check(
    rehearsal !== null && last?.problem === null,
    'the backup made beside the work can be restored',
  )
  const { name } = await office.exports.start({ commandId: randomUUID() })
  const state = async () => (await office.exports.list({})).exports.find((one) => one.name === name)?.state
  const exported = await seatAtWork(client, uids, async () => (await state()) !== 'running')
  report.check((await state()) === 'done', 'the export beside the work was made')
  return { idle, made, rehearsed, exported }
}

const figures = {
  made: 'a backup is made',
  rehearsed: 'a restore is rehearsed',
  exported: 'everything is exported',
} as const

async function measure(bench: Bench): Promise<void> {
  const { size, quick, report } = bench
  const waits = await onHost(bench, 'beside', (host) => fourWaits(host, report, quick))
  const shares = [
    ['p50', 0.5],
    ['p95', 0.95],
    ['at most', 1],
  ] as const
  for (const [name, what] of Object.entries(figures)) {
    const { seconds, asked } = waits[name] ?? { seconds: 0, asked: [] }
    report.add({ name: `beside a seat at work ${what}`, size, value: seconds, unit: 's', floor: null })
    for (const [label, share] of shares) {
      const [value, floor] = [percentile(asked, share), percentile(waits['idle']?.asked ?? [], share)]
      report.add({ name: `a repair is opened while ${what} ${label}`, size, value, unit: 'ms', floor })
    }
  }
}

/** What a seat notices of the host looking after the shop's data; the floor is the same seat with nothing beside it. */
export const scenario: Scenario = { name: 'beside', order: 8, largest: 100_000, measure }
