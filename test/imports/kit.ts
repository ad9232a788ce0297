import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll } from 'vitest'
import type { ImportProfile } from '#contract/import-profile.ts'
import type { ImportReading, ImportRun, InspectedFile } from '#contract/imports.ts'
import { type RunningHost, type Seat } from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'

const root = join(import.meta.dirname, '..', '..')
const shared = join(root, '..', 'shared', 'data', 'openrepair')

/** The five files of real repairs and how many rows each has; they stand beside a clone, not in it. */
export const realFiles = [
  { path: join(shared, 'OpenRepairData_v0.3_FixitClinic_202507.csv'), rows: 1033 },
  { path: join(shared, 'OpenRepairData_v0.3_RepairCafeToronto_202507.csv'), rows: 5567 },
  { path: join(shared, 'OpenRepairData_v0.3_RepairConnects_202507.csv'), rows: 2885 },
  { path: join(shared, 'OpenRepairData_v0.3_RestartProject_202204.csv'), rows: 23_940 },
  { path: join(shared, 'OpenRepairData_v0.3_anstiftung_202309.csv'), rows: 15_100 },
] as const
export const noRealFiles = existsSync(shared) ? '' : ' (skipped: ../shared/data/openrepair is not there)'

/** Folders that go when the test file is done. */
export function useFolders(): () => string {
  const made: string[] = []
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'benchside-import-'))
    made.push(folder)
    return folder
  }
}

export interface CliRun {
  readonly process: ChildProcess
  readonly ended: Promise<{ code: number | null; out: string; errors: string; lastLine: string }>
}

/** `npm run import -- …` as its own process. */
export function runCli(args: readonly string[], nodeArgs: readonly string[] = []): CliRun {
  const child = spawn(process.execPath, [...nodeArgs, join(root, 'scripts', 'import.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = new Promise<Awaited<CliRun['ended']>>((resolve) => {
    child.once('close', (code) =>
      resolve({ code, out, errors, lastLine: out.trimEnd().split('\n').at(-1) ?? '' }),
    )
  })
  return { process: child, ended }
}

/** Imports through the command line to the end; the process must not fail. */
export async function importFiles(
  data: string,
  profile: string,
  paths: readonly string[],
  ...more: string[]
) {
  const run = await runCli(['--profile', profile, '--data', data, ...more, ...paths]).ended
  if (run.code !== 0) throw new Error(`the import ended with ${run.code}\n${run.out}\n${run.errors}`)
  return run
}

/** Looks into a shop's file without the program. */
export function look<T>(data: string, act: (file: Database.Database) => T): T {
  const file = new Database(join(data, 'shop.db'), { readonly: true })
  try {
    return act(file)
  } finally {
    file.close()
  }
}

// What differs between two shops that were filled alike: identities drawn at random, moments, whose command it was.
const chance = new Set(['uid', 'visit_uid', 'at', 'created_at', 'updated_at', 'started_at', 'ended_at'])
const ownAffairs = new Set([
  'commands',
  'audit_log',
  'import_runs',
  'import_rejects',
  'users',
  'outbox',
  'migrations',
  'sessions',
])

/** All rows of a shop's tables, without what chance decides; the word index as how often each word occurs. */
export function contentOf(
  data: string,
  without: ReadonlySet<string> = ownAffairs,
): Record<string, unknown[]> {
  return look(data, (file) => {
    const names = file
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all() as string[]
    const content: Record<string, unknown[]> = {}
    for (const name of names) {
      if (without.has(name) || name.startsWith('repair_texts')) continue
      const columns = file.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name) as string[]
      const kept = columns.filter((column) => !chance.has(column)).map((column) => `"${column}"`)
      // Beside the shop's own settings stand the program's notes of when it last looked at something.
      const which = name === 'settings' ? "WHERE key = 'shop'" : ''
      content[name] = file
        .prepare(`SELECT ${kept.join(', ')} FROM "${name}" ${which} ORDER BY ${kept.join(', ')}`)
        .raw()
        .all()
    }
    return content
  })
}

/** Words of the free-text index with the number of repairs that have them. */
export function wordsOf(data: string): unknown[] {
  const file = new Database(join(data, 'shop.db'))
  try {
    file.exec("CREATE VIRTUAL TABLE temp.spoken USING fts5vocab(main, repair_texts, 'row')")
    return file.prepare('SELECT term, doc FROM temp.spoken ORDER BY term').raw().all()
  } finally {
    file.close()
  }
}

export interface ImportShop {
  host(): RunningHost
  seat(): Seat
}

/** A shop served by a host process of its own, its owner signed in; gone after the test file. */
export function useShop(): ImportShop {
  let host: RunningHost | undefined
  let seat: Seat | undefined
  beforeAll(async () => {
    ;({ host, owner: seat } = await openTestShop('en', { fromSource: true }))
  })
  afterAll(() => host?.stop())
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the shop is not open')
    return thing
  }
  return { host: () => there(host), seat: () => there(seat) }
}

/** Uploads a file as the wizard does. */
export function inspect(
  seat: Seat,
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  asked: { target?: 'repairs' | 'customers' | 'devices'; reading?: ImportReading } = {},
): Promise<InspectedFile> {
  return seat.client.imports.inspect({ file: new File([content], name), ...asked })
}

/** Starts an import of an uploaded file and waits for its end. */
export async function take(
  seat: Seat,
  file: Pick<InspectedFile, 'fileUid' | 'fileName' | 'reading'>,
  profile: ImportProfile,
  dryRun = false,
) {
  const { fileUid, fileName, reading } = file
  const run = await seat.client.imports.start({
    commandId: randomUUID(),
    fileUid,
    fileName,
    reading,
    profile,
    dryRun,
  })
  return await ended(seat, run.id)
}

/** Waits until a run is no longer under way. */
export async function ended(seat: Seat, runId: number) {
  for (;;) {
    const answer = await seat.client.imports.run({ runId })
    if (answer.run.state !== 'running') return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function countsOf(run: ImportRun) {
  const { imported, updated, unchanged, rejected, rows } = run
  return { imported, updated, unchanged, rejected, rows }
}
