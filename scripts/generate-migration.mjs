// Runs drizzle-kit and makes each new table STRICT, which drizzle-kit cannot emit:
// a text in an integer column is a bug that must fail at once.
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', 'drizzle')
const before = new Set(list())
const run = spawnSync('drizzle-kit', ['generate', ...process.argv.slice(2)], { stdio: 'inherit' })
if (run.status !== 0) process.exit(run.status ?? 1)
for (const file of list().filter((name) => !before.has(name))) {
  const path = join(folder, file)
  const strict = readFileSync(path, 'utf8').replace(/^\);$/gm, ') STRICT;')
  writeFileSync(path, strict)
}

function list() {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.sql'))
  } catch {
    return []
  }
}
