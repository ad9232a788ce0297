import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'

/* A Vitest reporter that writes what scripts/test.mjs sums up: { passed, failed, skipped: [{ title, reason }] }.
 * Vitest's own JSON report leaves out why a test was skipped. */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: 0, skipped: [] }
    for (const module of modules) countModule(module, tally)
    tally.failed += unhandledErrors.length
    const file = process.env['BENCHSIDE_TALLY']
    if (file === undefined) throw new Error('BENCHSIDE_TALLY names the file to write')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(tally))
  }
}

function countModule(module, tally) {
  let failed = 0
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') tally.passed += 1
    else if (result.state === 'skipped') {
      const title = `${relative(process.cwd(), module.moduleId)} > ${test.fullName}`
      tally.skipped.push({ title, reason: result.note ?? 'no reason given' })
    } else failed += 1
  }
  /* A file that cannot even be loaded, or a failing hook, has no failing test of its own but is a failure. */
  if (failed === 0 && module.state() !== 'passed' && module.state() !== 'skipped') failed = 1
  tally.failed += failed
}
