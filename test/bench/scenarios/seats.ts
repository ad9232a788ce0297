import { randomUUID } from 'node:crypto'
import { signIn, type Client, type RunningHost } from '../../kit/host.ts'
import type { Bench, Report, Scenario } from '../figures.ts'
import { bareHttpTrip, onHost } from '../host.ts'
import { percentile, timedAsync } from '../measure.ts'

interface Times {
  /** Milliseconds until the answer came to the seat that sent the command. */
  readonly answered: number[]
  /** From sending it until the other seat has read what it changed. */
  readonly seen: number[]
  /** One barest round trip over HTTP at that moment. */
  readonly bare: number[]
}

/** One seat puts repairs on other shelves; the other is told, reads each again and must find it there. */
async function twoSeats(host: RunningHost, times: number, report: Report): Promise<Times> {
  const { client: counter } = await signIn(host, 'owner')
  const { client: bench } = await signIn(host, 'owner')
  const bareTrip = await bareHttpTrip('{"json":{}}')
  const events = (await bench.session.events({}))[Symbol.asyncIterator]()
  await events.next()
  const { columns } = await counter.repairs.board({ perColumn: 20 })
  const repairs = columns.flatMap(({ cards }) => cards)
  const took: Times = { answered: [], seen: [], bare: [] }
  for (let n = 0; n < times; n++) {
    const uid = repairs[n % repairs.length]?.uid ?? ''
    const { id, version } = await counter.repairs.get({ uid })
    const bin = `B${n}`
    const from = performance.now()
    const seeing = shelfWhenTold(bench, events, uid).then((shelf) => {
      took.seen.push(performance.now() - from)
      report.check(shelf === bin, 'the other seat reads what the first one wrote')
    })
    await counter.repairs.setBin({ commandId: randomUUID(), repairId: id, version, bin })
    took.answered.push(performance.now() - from)
    await seeing
    took.bare.push(await timedAsync(bareTrip.ask))
  }
  await events.return?.()
  await bareTrip.close()
  return took
}

/** Where a repair lies, read as soon as the host says that repairs changed. */
async function shelfWhenTold(
  bench: Client,
  events: AsyncIterator<{ readonly topic: string }>,
  uid: string,
): Promise<string> {
  let heard = await events.next()
  while (!heard.done && heard.value.topic !== 'repairs') heard = await events.next()
  return (await bench.repairs.get({ uid })).bin
}

const warmUp = 20

async function measure(bench: Bench): Promise<void> {
  const { size, quick, report } = bench
  const { answered, seen, bare } = await onHost(bench, 'seats', (host) =>
    twoSeats(host, (quick ? 50 : 500) + warmUp, report),
  )
  const figures = [
    ['seats: a command is answered', answered],
    ['seats: what one changed, the other has read', seen],
  ] as const
  for (const [name, took] of figures)
    for (const [label, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      const [value, floor] = [took, bare].map((times) => percentile(times.slice(warmUp), share))
      report.add({ name: `${name} ${label}`, size, value: value ?? 0, unit: 'ms', floor: floor ?? 0 })
    }
}

/** What one seat changes stands at the other: two clients over HTTP on the host's own process. */
export const scenario: Scenario = { name: 'seats', order: 5, measure }
