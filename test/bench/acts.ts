import { randomUUID } from 'node:crypto'
import type { InputOf, NamesOfKind, OutputOf } from '#contract/method-types.ts'
import { openDatabase } from '#core/db/open.ts'
import { migrations } from '../kit/app.ts'
import { bareRunner, captureOn, rowCounts, type BareStatement } from './capture.ts'
import type { Report } from './figures.ts'
import { worldOf, type World } from './intakes.ts'
import { percentile, timed } from './measure.ts'
import { dataFolder, openShop, type OpenShop } from './shop-file.ts'
import type { Vocabulary } from './vocabulary.ts'

type Command = NamesOfKind<'command'>
type Said<N extends Command> = Omit<InputOf<N>, 'commandId'>
/** Does one command and says under which name it is measured. */
export type Act = <N extends Command>(figure: string, name: N, input: Said<N>) => OutputOf<N>

/** A course of commands to be measured. */
export interface Acts {
  readonly vocabulary: Vocabulary
  /** How often it is gone through after warming up. */
  readonly rounds: number
  /** Name under which one time through is reported as a whole, besides its commands. */
  readonly whole?: string
  /** What the shop needs before the first round; not measured, but done on both files. */
  before?(world: World, act: Act): void
  /** One time through; the same commands with the same input in each run for the same `n`. */
  round(world: World, n: number, act: Act): void
  /** Looks at what the commands left behind. */
  after?(shop: OpenShop): void
}

function actOn(shop: OpenShop, around: <T>(figure: string, run: () => T) => T): Act {
  return (figure, name, input) => {
    // A second between two acts; once a minute the seat is noted as seen.
    shop.clock.advance(1000)
    const full = { commandId: randomUUID(), ...input }
    return around(figure, () => shop.call(name, full))
  }
}

/** The bare statements of every command of the rounds, in order; the file stays as it was. */
function captured(path: string, { vocabulary, round, before }: Acts, rounds: number): BareStatement[][] {
  const capture = captureOn(path)
  const shop = openShop(capture.database)
  const steps: BareStatement[][] = []
  const act = actOn(shop, (_figure, run) => {
    capture.take()
    const answer = run()
    steps.push(capture.take())
    return answer
  })
  const world = worldOf(capture.database.read.$client, vocabulary)
  before?.(world, act)
  for (let n = 1; n <= rounds; n++) round(world, n, act)
  shop.close()
  return steps
}

interface Times {
  readonly command: number[]
  readonly floor: number[]
  rows: number
}

/**
 * Commands through dispatch on the real file, against the very same rows as bare prepared statements in one
 * transaction on a copy of the same file, in turn, so that whatever else the machine does meets both.
 */
export function measureActs(file: string, size: number, acts: Acts, report: Report): void {
  const { vocabulary, rounds, round, before, after, whole } = acts
  const warmUp = Math.ceil(rounds / 5)
  const bareFolder = dataFolder(file, `bare-${size}`)
  const steps = captured(bareFolder.database, acts, rounds + warmUp)
  const folder = dataFolder(file, `commands-${size}`)
  const shop = openShop(folder.database)
  const bare = openDatabase({ source: bareFolder.database, migrations })
  const runner = bareRunner(bare.write.$client)
  const times = new Map<string, Times>()
  let step = 0
  let warm = false
  /** One time through. */
  let sum = { command: 0, floor: 0, rows: 0 }
  const act = actOn(shop, (figure, run) => {
    const statements = steps[step++] ?? []
    const floor = runner.prepare(statements)
    const floorFirst = step % 2 === 0
    const floorBefore = floorFirst ? timed(floor).took : 0
    const { took, answer } = timed(run)
    const floorTook = floorFirst ? floorBefore : timed(floor).took
    sum.command += took
    sum.floor += floorTook
    sum.rows += statements.length
    if (warm) {
      const kept = times.get(figure) ?? { command: [], floor: [], rows: 0 }
      times.set(figure, kept)
      kept.command.push(took)
      kept.floor.push(floorTook)
      kept.rows += statements.length
    }
    return answer
  })
  const world = worldOf(shop.database.read.$client, vocabulary)
  before?.(world, act)
  const wholes: Times = { command: [], floor: [], rows: 0 }
  for (let n = 1; n <= rounds + warmUp; n++) {
    warm = n > warmUp
    sum = { command: 0, floor: 0, rows: 0 }
    round(world, n, act)
    if (!warm) continue
    wholes.command.push(sum.command)
    wholes.floor.push(sum.floor)
    wholes.rows += sum.rows
  }
  if (whole !== undefined) {
    times.set(whole, wholes)
    const perSecond = (took: readonly number[]) => (took.length * 1000) / took.reduce((a, b) => a + b, 0)
    const [value, floor] = [perSecond(wholes.command), perSecond(wholes.floor)]
    report.add({ name: `${whole}, one after the other`, size, value, unit: 'rounds/s', floor })
  }
  for (const [figure, { command, floor, rows }] of times) {
    const name = `${figure} (${Math.round(rows / command.length)} rows)`
    for (const [label, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      const [value, floorValue] = [percentile(command, share), percentile(floor, share)]
      report.add({ name: `${name} ${label}`, size, value, unit: 'ms', floor: floorValue })
    }
  }
  const [ours, theirs] = [rowCounts(shop.database.write.$client), rowCounts(bare.write.$client)]
  for (const [table, count] of Object.entries(ours)) {
    report.check(theirs[table] === count, `the floor wrote as many rows of ${table} as the commands`)
  }
  after?.(shop)
  shop.close()
  bare.close()
  folder.remove()
  bareFolder.remove()
}
