import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What only a run of tests has, so that nothing is kept for later by anybody else who uses the tests' kit. */
export const runFolderName = 'BENCHSIDE_RUN_FOLDER'

/**
 * One folder for everything temporary of a run, whoever makes it: tests remove their own, and what a test that was
 * broken off, a killed host or a browser left behind goes with the folder. Answers what ends it.
 */
export default function runFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'benchside-run-'))
  // The names under which POSIX and Windows know the place; workers and their children inherit them.
  for (const name of ['TMPDIR', 'TMP', 'TEMP', runFolderName]) process.env[name] = folder
  // Every host that a test starts is the same program: it is compiled once.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled')
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
