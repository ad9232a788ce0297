/* `npm test`: every check of the project, in order, each reported even if an earlier one failed. The last
 * line is `N passed, N failed, N skipped` over all of them. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { build } from './lib/build.mjs'
import { prepareChromium } from './lib/chromium.mjs'
import { endChildren, root, runNode, toolScript } from './lib/tools.mjs'

const total = { passed: 0, failed: 0, skipped: [] }
const reports = join(root, 'out', 'reports')

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    endChildren()
    process.exit(130)
  })
}
await main()

async function main() {
  const started = performance.now()
  rmSync(reports, { recursive: true, force: true })
  // The types take as long as all the others together, on one core.
  const [, built] = await Promise.all([check('types', () => tool('vue-tsc', ['--build'])), lintAndBuild()])
  await unitTests(built)
  await browserTests(built)
  report(started)
}

async function lintAndBuild() {
  await check('format', () => tool('oxfmt', ['--check']))
  await check('lint', () => tool('oxlint', ['--deny-warnings']))
  await check('lint of templates', () =>
    tool('eslint', ['src/renderer/**/*.vue', '--max-warnings', '0', '--no-error-on-unmatched-pattern']),
  )
  return await check('build', async () => {
    const { ok, output, seconds } = await build({ force: true })
    return { code: ok ? 0 : 1, output, seconds }
  })
}

/** Runs one yes-or-no check; what it printed is shown only when it failed. */
async function check(name, action) {
  const { code, output, seconds } = await action()
  const ok = code === 0
  heading(ok ? 'passed' : 'FAILED', name, seconds)
  if (ok) total.passed += 1
  else {
    total.failed += 1
    process.stdout.write(`${output.trimEnd()}\n`)
    if (typeof code === 'string') process.stdout.write(`${name} ended by ${code}\n`)
  }
  return ok
}

function tool(packageName, args) {
  return runNode(toolScript(packageName), args, { quiet: true })
}

async function unitTests(built) {
  const tallyFile = join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', `--reporter=${join(root, 'scripts/lib/vitest-report.mjs')}`]
  // Hosts start three times faster from what was just built than from the sources.
  const env = { BENCHSIDE_TALLY: tallyFile, ...(built ? { BENCHSIDE_BUILT: 'yes' } : {}) }
  const { code, seconds } = await runNode(toolScript('vitest'), args, { env })
  add('unit and integration tests', code, seconds, readJson(tallyFile))
}

async function browserTests(built) {
  const reason = built ? await prepareChromium() : 'the build failed'
  const reportFile = join(reports, 'playwright.json')
  const script = toolScript('@playwright/test', 'playwright')
  const listOnly = reason === undefined ? [] : ['--list']
  const { code, output, seconds } = await runNode(script, ['test', ...listOnly], {
    quiet: reason !== undefined,
    limitMs: 1_200_000,
  })
  const tally = tallyOfPlaywright(readJson(reportFile), reason)
  if (reason !== undefined && code !== 0) process.stdout.write(output)
  add('browser tests', code, seconds, tally)
}

/** Counts Playwright's JSON report; with a reason why nothing ran, every listed test counts as skipped. */
function tallyOfPlaywright(json, reason) {
  if (json === undefined) return undefined
  const tally = { passed: 0, failed: json.errors.length, skipped: [] }
  for (const { title, test } of json.suites.flatMap((suite) => specsOf(suite, []))) {
    if (reason !== undefined) tally.skipped.push({ title, reason })
    else if (test.status === 'skipped') {
      const note = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')
      tally.skipped.push({ title, reason: note?.description ?? 'no reason given' })
    } else if (test.status === 'expected') tally.passed += 1
    else if (test.status === 'flaky') {
      tally.passed += 1
      process.stdout.write(`passed at the second try  ${title}\n`)
    } else tally.failed += 1
  }
  return tally
}

function specsOf(suite, path) {
  const here = [...path, suite.title]
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map((test) => ({ title: [...here, spec.title].join(' > '), test })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, here))]
}

/** Adds a test runner's counts. A runner that ended badly without naming a failure is a failure itself. */
function add(name, code, seconds, tally = { passed: 0, failed: 0, skipped: [] }) {
  const failed = tally.failed === 0 && code !== 0 ? 1 : tally.failed
  total.passed += tally.passed
  total.failed += failed
  total.skipped.push(...tally.skipped)
  const outcome = tally.passed === 0 && tally.skipped.length > 0 ? 'skipped' : 'passed'
  heading(failed === 0 ? outcome : 'FAILED', name, seconds)
  if (tally.failed === 0 && code !== 0) process.stdout.write(`${name} ended with ${code}\n`)
}

function heading(outcome, name, seconds) {
  process.stdout.write(`${outcome}  ${name} (${seconds.toFixed(1)} s)\n`)
}

function report(started) {
  for (const { title, reason } of total.skipped) process.stdout.write(`skipped  ${title}: ${reason}\n`)
  process.stdout.write(`all checks took ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  const { passed, failed, skipped } = total
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
