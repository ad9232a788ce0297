import type { Vocabulary } from './vocabulary.ts'

/** One measured figure; `floor` is the peer measured in the same run, `ratio` how far above it the program is. */
export interface Figure {
  readonly name: string
  /** Repairs on file, or null where the size of the file does not matter. */
  readonly size: number | null
  readonly value: number
  readonly unit: 'ms' | 's' | 'rows/s' | 'rounds/s' | 'MB' | '×'
  readonly floor: number | null
  readonly ratio: number | null
}

/** Figures are never a reason to fail; a wrong answer is. */
export interface Report {
  add(figure: Omit<Figure, 'ratio'>): void
  /** A sentence about the answer that must hold; the run ends with an error when it does not. */
  check(holds: boolean, sentence: string): void
  note(line: string): void
  readonly figures: readonly Figure[]
  readonly wrong: readonly string[]
}

export function createReport(): Report {
  const figures: Figure[] = []
  const wrong = new Set<string>()
  return {
    figures,
    get wrong() {
      return [...wrong]
    },
    add(figure) {
      const { value, floor, unit } = figure
      // More rows a second are better, fewer milliseconds are: the ratio always says how many times the floor's time.
      const ratio = floor === null ? null : unit.endsWith('/s') ? floor / value : value / floor
      const made = { ...figure, ratio }
      figures.push(made)
      console.log(lineOf(made))
    },
    check(holds, sentence) {
      if (holds || wrong.has(sentence)) return
      wrong.add(sentence)
      console.error(`WRONG: ${sentence}`)
    },
    note: (line) => console.log(line),
  }
}

function shortNumber(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US')
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3)
}

export function sizeName(size: number | null): string {
  if (size === null) return ''
  return size >= 1_000_000 && size % 1_000_000 === 0 ? `${size / 1_000_000} M` : `${size / 1000} k`
}

function lineOf({ name, size, value, unit, floor, ratio }: Figure): string {
  const cells = [
    name.padEnd(46),
    sizeName(size).padStart(7),
    `${shortNumber(value)} ${unit}`.padStart(16),
    (floor === null ? '' : `${shortNumber(floor)} ${unit}`).padStart(16),
    (ratio === null ? '' : `${ratio.toFixed(2)} ×`).padStart(9),
  ]
  return cells.join('  ').trimEnd()
}

export const tableHead = `${'figure'.padEnd(46)}  ${'size'.padStart(7)}  ${'value'.padStart(16)}  ${'floor'.padStart(16)}  ${'ratio'.padStart(9)}`

/** The figures as the document's table. */
export function markdownOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, size, value, unit, floor, ratio }) =>
    [
      name,
      sizeName(size),
      `${shortNumber(value)} ${unit}`,
      floor === null ? '' : `${shortNumber(floor)} ${unit}`,
      ratio === null ? '' : `${ratio.toFixed(2)} ×`,
    ].join(' | '),
  )
  return ['figure | size | value | floor | ratio', '---|---:|---:|---:|---:', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n')
}

/** What grew with the file: each p50 and p95 at the largest size over the same at the smallest. */
export function addGrowth(report: Report): void {
  const sizes = [...new Set(report.figures.flatMap(({ size }) => size ?? []))].toSorted((a, b) => a - b)
  const [smallest] = sizes
  const largest = sizes.at(-1)
  if (smallest === undefined || largest === undefined || smallest === largest) return
  // A large shop may have another check list on average: how many rows that is stands in the name.
  const plainName = (name: string) => name.replace(/ \(\d+ rows\)/, '')
  const small = new Map(
    report.figures.filter((one) => one.size === smallest).map((one) => [plainName(one.name), one.value]),
  )
  const large = report.figures.filter(({ size, unit }) => size === largest && unit === 'ms')
  for (const { name, value } of large) {
    const before = small.get(plainName(name))
    if (before === undefined) continue
    report.add({
      name: `growth from ${sizeName(smallest)}: ${plainName(name)}`,
      size: largest,
      value: value / before,
      unit: '×',
      floor: null,
    })
  }
}

/** What a scenario measures on: a shop's file of a size, never written to (`dataFolder` copies it). */
export interface Bench {
  readonly file: string
  readonly size: number
  readonly vocabulary: Vocabulary
  /** Few rounds: to see that it runs. */
  readonly quick: boolean
  readonly report: Report
}

/** A group of figures. Each file of `scenarios/` exports one as `scenario` and needs to be named nowhere else. */
export interface Scenario {
  /** By which `--only` calls it. */
  readonly name: string
  /** Lower ones are measured first. */
  readonly order: number
  /** On the smallest file alone, after all sizes: the size of the file does not matter. */
  readonly once?: boolean
  /** Larger files are measured only when `--only` calls it. */
  readonly largest?: number
  measure(bench: Bench): void | Promise<void>
}
