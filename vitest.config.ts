import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

import { defineConfig } from 'vitest/config'

import packageJson from './package.json' with { type: 'json' }

/* One seed drives every property test of a run; a failing run is repeated with BENCHSIDE_SEED=<seed>. */
const seed = process.env['BENCHSIDE_SEED'] ?? String(randomInt(2 ** 31 - 1))
if (process.env['BENCHSIDE_SEED'] === undefined) {
  process.env['BENCHSIDE_SEED'] = seed
  process.stdout.write(`property tests: BENCHSIDE_SEED=${seed}\n`)
}

/* The machine's own time zone must never decide anything: the shop's zone does. An odd half-hour zone with
 * daylight saving makes any accidental use of local time visible. */
process.env['TZ'] = 'America/St_Johns'

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  /* As the window's own sources name each other. */
  resolve: { alias: { '@': join(import.meta.dirname, 'src/renderer/src') } },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    globalSetup: ['test/kit/run-folder.ts'],
    setupFiles: ['test/kit/setup.ts'],
    pool: 'threads',
    /* Nothing is mocked and nothing of a test stays behind in a module, so that each worker loads the program once and
     * not once for every file: two thirds of the time. */
    isolate: false,
    maxWorkers: Math.max(1, Math.min(4, availableParallelism())),
    /* Waiting costs nothing where it is not needed, and a machine that is busy with something else fails no test. */
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    env: { BENCHSIDE_SEED: seed, TZ: 'America/St_Johns' },
    allowOnly: false,
  },
})
