import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { secondKept } from '#contract/backups.ts'
import { AppError } from '#core/app.ts'
import { neededFiles } from '#core/db/backup.ts'

/**
 * The exchange of a shop's file for another (decision 014). Several renames cannot be one act, so what is to be done is
 * written down first: from then on each start of the host completes it before it opens anything.
 */

const note = z.object({
  /** Of the command that writes the exchange into the audit log: done once, however often the host dies. */
  commandId: z.uuid(),
  what: z.enum(['restored', 'undone']),
  /** Who asked for it, by name: in the file that comes, their row may be another's. */
  by: z.string(),
  /** Name of the backup, or of the folder that was brought back. */
  from: z.string(),
  /** The moment of the data that came; null where nobody knows. */
  dataAt: z.int().nullable(),
  secretsLost: z.boolean(),
  /** Where copies went before, which is this computer's business and not the backup's. */
  second: secondKept.optional(),
  /** What the set-up page brought where no shop was; an export says in its own log that it was imported. */
  brought: z.enum(['backup', 'export']).optional(),
})
export type SwapNote = z.output<typeof note>

const journal = z.object({
  phase: z.enum(['out', 'in', 'done']),
  incoming: z.string().regex(/^\.restoring-[\w-]+$|^replaced-[\w-]+$/),
  aside: z.string().regex(/^replaced-[\w-]+$/),
  at: z.int(),
  withKey: z.boolean(),
  note,
})
type Journal = z.output<typeof journal>

export const replacedPrefix = 'replaced-'
const journalFile = (dataPath: string) => join(dataPath, 'restore.json')
const asideFile = 'replaced.json'
/** The file, its log and the ends of its audit log that were noted go together, or none of them is worth anything. */
const database = ['shop.db', 'shop.db-wal', 'shop.db-shm', 'audit.heads'] as const
/** The key goes with them when the other file has one of its own: open, or sealed by the system's key store. */
const keys = ['shop.key', 'shop.key.sealed'] as const

function writeSynced(path: string, value: object): void {
  const temporary = `${path}.part`
  const handle = openSync(temporary, 'w', 0o600)
  writeSync(handle, JSON.stringify(value))
  fsyncSync(handle)
  closeSync(handle)
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function readJournal(dataPath: string): Journal | undefined {
  const file = journalFile(dataPath)
  return existsSync(file) ? journal.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

export interface SwapPlan {
  readonly incoming: string
  /** UTC epoch ms; names the folder in which what was there is kept. */
  readonly at: number
  readonly note: SwapNote
}

/** Two exchanges in one second, or a clock set back: what was put aside before is never covered. */
function freeName(dataPath: string, at: number): string {
  const name = `${replacedPrefix}${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}Z`
  let free = name
  for (let count = 2; existsSync(join(dataPath, free)); count++) free = `${name}-${count}`
  return free
}

/** Whether an exchange is decided and not over: nothing that it needs may be removed, and no other work begun. */
export function swapIsPlanned(dataPath: string): boolean {
  return existsSync(journalFile(dataPath))
}

/** Decides the exchange: from here on it happens, at the latest at the next start. Answers the folder kept aside. */
export function planSwap(dataPath: string, plan: SwapPlan): string {
  if (swapIsPlanned(dataPath)) throw new AppError('backup.running')
  const aside = freeName(dataPath, plan.at)
  const withKey = keys.some((name) => existsSync(join(dataPath, plan.incoming, name)))
  writeSynced(journalFile(dataPath), { phase: 'out', aside, withKey, ...plan } satisfies Journal)
  return aside
}

/**
 * Completes an exchange that was decided; nothing may have the shop's file open. Answers what is to be written into
 * the audit log of the file that came, or null when there was none; `recordedSwap` when that is done.
 */
export function finishSwap(dataPath: string): SwapNote | null {
  let state = readJournal(dataPath)
  if (!state) return null
  if (state.phase === 'out') {
    // What is to come is gone, by whose hand whatever: a shop that is there is better than none.
    if (!existsSync(join(dataPath, state.incoming, 'shop.db'))) return giveUp(dataPath, state)
    putAside(dataPath, state)
    state = { ...state, phase: 'in' }
    writeSynced(journalFile(dataPath), state)
  }
  if (state.phase === 'in') {
    bringIn(dataPath, state)
    writeSynced(journalFile(dataPath), { ...state, phase: 'done' })
  }
  return state.note
}

/** Nothing is exchanged: what an earlier start has put aside already comes back to its place. */
function giveUp(dataPath: string, state: Journal): null {
  const aside = join(dataPath, state.aside)
  for (const name of movedNames(state)) moveIfThere(join(aside, name), join(dataPath, name))
  moveFiles(join(aside, 'attachments'), join(dataPath, 'attachments'), () => true)
  rmSync(aside, { recursive: true, force: true })
  recordedSwap(dataPath)
  return null
}

/** The exchange is in the audit log: nothing is left to do. */
export function recordedSwap(dataPath: string): void {
  const { aside, note: said } = readJournal(dataPath) ?? {}
  // Where no shop was there is nothing to bring back, unless pictures of an earlier one lay there.
  if (said?.brought && aside !== undefined && !existsSync(join(dataPath, aside, 'attachments')))
    rmSync(join(dataPath, aside), { recursive: true, force: true })
  rmSync(journalFile(dataPath), { force: true })
}

function movedNames({ withKey }: Journal): readonly string[] {
  return withKey ? [...database, ...keys] : database
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to)
}

function putAside(dataPath: string, state: Journal): void {
  const {
    incoming,
    aside,
    at,
    note: { by, what, from },
  } = state
  const target = join(dataPath, aside)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  writeSynced(join(target, asideFile), { at, by, what, from })
  for (const name of movedNames(state)) moveIfThere(join(dataPath, name), join(target, name))
  // Pictures the coming file does not know would be tidied away; bringing the old one back needs them.
  const needed = knownFiles(join(dataPath, incoming, 'shop.db'))
  if (needed)
    moveFiles(join(dataPath, 'attachments'), join(target, 'attachments'), (name) => !needed.has(name))
  syncFolder(target)
}

/** Undefined for a file that cannot be read: then every picture stays where it is. */
function knownFiles(database: string): Set<string> | undefined {
  try {
    return new Set(neededFiles(database).map(({ sha256 }) => sha256))
  } catch {
    return undefined
  }
}

const isPicture = (name: string) => /^[0-9a-f]{64}$/.test(name)

function moveFiles(from: string, to: string, wanted: (name: string) => boolean): void {
  if (!existsSync(from)) return
  // Systems leave files of their own wherever somebody has looked (.DS_Store, desktop.ini): they are none of ours.
  const parts = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name: part } of parts) {
    for (const name of readdirSync(join(from, part)).filter((one) => isPicture(one) && wanted(one))) {
      mkdirSync(join(to, part), { recursive: true, mode: 0o700 })
      renameSync(join(from, part, name), join(to, part, name))
    }
  }
}

function bringIn(dataPath: string, state: Journal): void {
  const source = join(dataPath, state.incoming)
  for (const name of movedNames(state)) moveIfThere(join(source, name), join(dataPath, name))
  moveFiles(join(source, 'attachments'), join(dataPath, 'attachments'), () => true)
  syncFolder(dataPath)
  rmSync(source, { recursive: true, force: true })
}

const asideNote = z.object({ at: z.int(), by: z.string(), what: note.shape.what, from: z.string() })
/** What was there before an exchange, kept so that the exchange can be undone. */
export type Replaced = z.output<typeof asideNote> & { readonly name: string }

/** The newest first. */
export function replacedFolders(dataPath: string): Replaced[] {
  return (
    readdirSync(dataPath)
      // Where there was no shop before, there is nothing to bring back.
      .filter((name) => name.startsWith(replacedPrefix) && existsSync(join(dataPath, name, 'shop.db')))
      .toSorted()
      .toReversed()
      .flatMap((name) => {
        const file = join(dataPath, name, asideFile)
        const read = existsSync(file)
          ? asideNote.safeParse(JSON.parse(readFileSync(file, 'utf8')))
          : undefined
        return read?.success ? [{ name, ...read.data }] : []
      })
  )
}

/** The folder of something that was replaced. Error: `not_found`. */
export function replacedFolder(dataPath: string, name: string): string {
  if (!replacedFolders(dataPath).some((one) => one.name === name))
    throw new AppError('not_found', { entity: 'backup' })
  return join(dataPath, name)
}
