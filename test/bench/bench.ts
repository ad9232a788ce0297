import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureCommands } from './commands.ts'
import { addGrowth, createReport, markdownOf, tableHead } from './figures.ts'
import { measureStart, measureTrips } from './host.ts'
import { measureImport } from './imports.ts'
import { measureReads } from './reads.ts'
import { benchFolder, root, shopFile } from './shop-file.ts'
import { readVocabulary } from './vocabulary.ts'

/**
 * `npm run bench -- [--sizes 10000,100000,1000000] [--quick] [--fresh] [--only commands,reads,start,trips,import]
 * [--json FILE] [--markdown FILE]`
 * Times are what this machine gives at this moment and never fail the run; a wrong answer does.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string', default: 'commands,reads,start,trips,import' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
})
const { quick } = values
const sizes = (values.sizes ?? (quick ? '10000' : '10000,100000,1000000')).split(',').map(Number)
const groups = new Set(values.only.split(','))

function load(): string {
  return loadavg()
    .map((one) => one.toFixed(2))
    .join(' ')
}

/** Copies that a broken-off run left behind. */
function tidy(): void {
  for (const name of readdirSync(benchFolder)) {
    const pid = /^run-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || Number(pid) === process.pid) continue
    try {
      process.kill(Number(pid), 0)
    } catch {
      rmSync(join(benchFolder, name), { recursive: true, force: true })
    }
  }
}

async function main(): Promise<void> {
  if (sizes.some((size) => !Number.isInteger(size) || size < 1000 || size > 10_000_000)) {
    throw new Error('--sizes: whole numbers from 1000 to 10000000')
  }
  const report = createReport()
  const [processor] = cpus()
  report.note(`${processor?.model ?? '?'}, ${cpus().length} cores, Node ${process.version}, load ${load()}`)
  const vocabulary = await readVocabulary(root)
  const files = new Map<number, string>()
  for (const size of sizes) files.set(size, await shopFile(size, values.fresh, report.note))
  tidy()
  report.note(`\n${tableHead}`)
  for (const [size, file] of files) {
    if (groups.has('commands')) measureCommands(file, size, vocabulary, quick ? 100 : 400, report)
    if (groups.has('reads')) measureReads(file, size, quick ? 2 : 5, quick ? 20 : 60, report)
    if (groups.has('start')) await measureStart(file, size, quick ? 3 : 9, report)
  }
  const [smallest] = files
  if (groups.has('trips') && smallest)
    await measureTrips(smallest[1], smallest[0], quick ? 100 : 1000, report)
  if (groups.has('import')) await measureImport(quick, report)
  addGrowth(report)
  report.note(`\nload at the end ${load()}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report.figures, null, 2)}\n`)
  if (values.markdown !== undefined) writeFileSync(values.markdown, `${markdownOf(report.figures)}\n`)
  process.exitCode = report.wrong.length === 0 ? 0 : 1
}

await main()
