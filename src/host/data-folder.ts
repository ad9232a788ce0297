import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#core/app.ts'

/** Where everything of one shop lies. */
export interface DataFolder {
  readonly path: string
  readonly database: string
  readonly attachments: string
  readonly backups: string
  readonly imports: string
  readonly logs: string
}

/** Makes the folder and its parts; answers their places. */
export function openDataFolder(path: string): DataFolder {
  const folder = {
    path,
    database: join(path, 'shop.db'),
    attachments: join(path, 'attachments'),
    backups: join(path, 'backups'),
    imports: join(path, 'imports'),
    logs: join(path, 'logs'),
  }
  for (const part of [path, folder.attachments, folder.backups, folder.imports, folder.logs]) {
    mkdirSync(part, { recursive: true, mode: 0o700 })
  }
  return folder
}

/**
 * The shop's file and its log are this user's alone, also in a folder that somebody made for everybody to see. SQLite
 * gives a new log the mode of its file; one that lies there from before is seen to here.
 */
export function keepToOneself({ database }: DataFolder): void {
  for (const file of [database, `${database}-wal`, `${database}-shm`])
    try {
      chmodSync(file, 0o600)
    } catch {
      // It is not there, or the disk knows no modes, or it belongs to somebody else; none of that stops the shop.
    }
}

/**
 * The shop's key for device passcodes: 32 bytes, `given` by the desktop program from the system's key store, or else in
 * a file only this user may read. `database.sealed` when only the key store of the desktop program has it: a second key
 * beside it would seal what nobody could open later.
 */
export function shopKey(folder: DataFolder, given?: Buffer): Buffer {
  const file = join(folder.path, 'shop.key')
  // A key that lies open beside a given one came with a restore since; the desktop program takes it over when it starts.
  if (existsSync(file)) return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (given) return given
  if (existsSync(`${file}.sealed`)) throw new AppError('database.sealed')
  const key = randomBytes(32)
  writeFileSync(file, key.toString('base64'), { mode: 0o600, flag: 'wx' })
  return key
}

/** The frozen migrations in order, from the program's own folder. */
export function readMigrations(root: string): { name: string; sql: string }[] {
  const folder = join(root, 'drizzle')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }))
}

/** The desktop window's seat, kept across restarts so that it stays the same seat in every history. */
export function windowSeat(folder: DataFolder): { read(): string | null; write(seatUid: string): void } {
  const file = join(folder.path, 'window.seat')
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null),
    write: (seatUid) => writeFileSync(file, seatUid, { mode: 0o600 }),
  }
}
