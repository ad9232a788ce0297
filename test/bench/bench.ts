import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { addGrowth, createReport, markdownOf, tableHead, type Scenario } from './figures.ts'
import { benchFolder, root, shopFile } from './shop-file.ts'
import { readVocabulary } from './vocabulary.ts'

/**
 * `npm run bench -- [--sizes 10000,100000,1000000] [--quick] [--fresh] [--only commands,reads,…]
 * [--json FILE] [--markdown FILE]`
 * Times are what this machine gives at this moment and never fail the run; a wrong answer does.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
})
const { quick } = values
const sizes = (values.sizes ?? (quick ? '10000' : '10000,100000,1000000')).split(',').map(Number)
const only = values.only === undefined ? undefined : new Set(values.only.split(','))

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

/** One file of `scenarios/` is one group of figures: another is measured as soon as its file is there. */
async function scenarios(): Promise<Scenario[]> {
  const folder = join(import.meta.dirname, 'scenarios')
  const found: Scenario[] = []
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.ts'))) {
    const { scenario } = (await import(pathToFileURL(join(folder, name)).href)) as { scenario: Scenario }
    found.push(scenario)
  }
  const unknown = [...(only ?? [])].filter((name) => !found.some((one) => one.name === name))
  if (unknown.length > 0) throw new Error(`--only: there is no ${unknown.join(', ')}`)
  return found.toSorted((a, b) => a.order - b.order)
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
  const chosen = (await scenarios()).filter(({ name }) => only === undefined || only.has(name))
  const [smallest] = files
  for (const [size, file] of files) {
    for (const { once, largest = Infinity, measure } of chosen)
      if (once !== true && (size <= largest || only !== undefined))
        await measure({ file, size, vocabulary, quick, report })
  }
  for (const { once, measure } of chosen) {
    if (once !== true || !smallest) continue
    await measure({ file: smallest[1], size: smallest[0], vocabulary, quick, report })
  }
  addGrowth(report)
  report.note(`\nload at the end ${load()}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report.figures, null, 2)}\n`)
  if (values.markdown !== undefined) writeFileSync(values.markdown, `${markdownOf(report.figures)}\n`)
  process.exitCode = report.wrong.length === 0 ? 0 : 1
}

await main()
