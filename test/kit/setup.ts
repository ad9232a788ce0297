import { inspect } from 'node:util'

import fc from 'fast-check'
import { afterAll, afterEach } from 'vitest'

/* Runs before every test file: one seed for all property tests, and no silent console.error. */

const seed = Number(process.env['BENCHSIDE_SEED'])
if (!Number.isSafeInteger(seed)) throw new Error('BENCHSIDE_SEED must be an integer')
fc.configureGlobal({ seed, verbose: fc.VerbosityLevel.None })

const printError = console.error
let unexpected: string[] = []

/* A test that means to provoke an error replaces console.error with a spy of its own and asserts on it. */
console.error = (...values: unknown[]): void => {
  unexpected.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '))
  printError(...values)
}

function failOnConsoleError(): void {
  if (unexpected.length === 0) return
  const said = unexpected.join('\n')
  unexpected = []
  throw new Error(`console.error was called, which no healthy run does:\n${said}`)
}

afterEach(failOnConsoleError)
afterAll(() => {
  // The next file of this worker has a setup of its own.
  console.error = printError
  failOnConsoleError()
})
