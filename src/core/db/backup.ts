import Database from 'better-sqlite3'
import { AppError } from '../kernel/app-error.ts'
import { mapSqliteError } from './open.ts'

/** What a shop's file holds, told without the program: the file may be older than its schema. */
export interface FileFacts {
  readonly shopName: string
  readonly schemaVersion: number
  /** Rows of each table. */
  readonly tables: Readonly<Record<string, number>>
  /** The newest row of the audit log; its hash is null on rows older than the chain. */
  readonly auditHead: { readonly id: number; readonly hash: string | null } | null
  readonly newestRepair: string | null
  /** UTC epoch ms of the last change that was recorded. */
  readonly lastChangeAt: number | null
}

/** A picture or document a row of the file points at. */
export interface NeededFile {
  readonly sha256: string
  readonly size: number
}

const pagesAtOnce = 4096

/**
 * A consistent copy of a file that is in use, as one file without a log beside it. The reading transaction is held
 * from the first page to the last, so that what is written meanwhile neither gets into the copy nor makes it begin
 * again. `target` must not exist yet. Never on the thread that serves: pages are copied some megabytes at a time.
 */
export async function copyDatabase(
  source: string,
  target: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const file = new Database(source, { readonly: true, fileMustExist: true })
  try {
    file.exec('BEGIN')
    file.prepare('SELECT count(*) FROM sqlite_schema').get()
    await file.backup(target, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages - remainingPages, totalPages)
        return pagesAtOnce
      },
    })
  } catch (error) {
    throw mapSqliteError(error)
  } finally {
    file.close()
  }
  const copy = new Database(target)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** Asks something of a closed file; errors are those of `openDatabase`. */
function asked<T>(path: string, ask: (file: Database.Database) => T): T {
  try {
    const file = new Database(path, { readonly: true, fileMustExist: true })
    try {
      return ask(file)
    } finally {
      file.close()
    }
  } catch (error) {
    throw mapSqliteError(error)
  }
}

function tablesOf(file: Database.Database): string[] {
  return file
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
    )
    .pluck()
    .all() as string[]
}

function auditHeadOf(file: Database.Database): FileFacts['auditHead'] {
  const columns = file.pragma('table_info(audit_log)') as { name: string }[]
  const hash = columns.some(({ name }) => name === 'hash') ? 'hash' : 'NULL AS hash'
  const row = file.prepare(`SELECT id, ${hash} FROM audit_log ORDER BY id DESC LIMIT 1`).get()
  return (row as FileFacts['auditHead'] | undefined) ?? null
}

function shopNameOf(file: Database.Database): string {
  const stored = file.prepare("SELECT value FROM settings WHERE key = 'shop'").pluck().get()
  return typeof stored === 'string' ? ((JSON.parse(stored) as { name?: string }).name ?? '') : ''
}

/** Counts what a file holds. Errors: `database.damaged`, also of a file that is none of a shop. */
export function fileFacts(path: string): FileFacts {
  return asked(path, (file) => {
    const names = tablesOf(file)
    if (!['migrations', 'settings', 'audit_log', 'repairs', 'outbox'].every((one) => names.includes(one)))
      throw new AppError('database.damaged')
    const rows = (name: string) => file.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number
    const first = (text: string) => file.prepare(text).pluck().get()
    return {
      shopName: shopNameOf(file),
      schemaVersion: first('SELECT max(version) FROM migrations') as number,
      tables: Object.fromEntries(names.map((name) => [name, rows(name)])),
      auditHead: auditHeadOf(file),
      newestRepair:
        (first('SELECT number FROM repairs ORDER BY id DESC LIMIT 1') as string | undefined) ?? null,
      lastChangeAt: (first('SELECT at FROM outbox ORDER BY id DESC LIMIT 1') as number | undefined) ?? null,
    }
  })
}

/** The files beside the database that its rows point at, each once, in order of their hash. */
export function neededFiles(path: string): NeededFile[] {
  return asked(
    path,
    (file) =>
      file
        .prepare('SELECT sha256, max(size) AS size FROM attachments GROUP BY sha256 ORDER BY sha256')
        .all() as NeededFile[],
  )
}

/** Every page, index and foreign key of a file. Error: `database.damaged`. */
export function proveFile(path: string): void {
  asked(path, (file) => {
    const [first] = file.pragma('integrity_check(1)') as { integrity_check: string }[]
    if (first?.integrity_check !== 'ok') throw new AppError('database.damaged')
    if ((file.pragma('foreign_key_check') as unknown[]).length > 0) throw new AppError('database.damaged')
  })
}

/** What was done after a moment, as far as a file can still be read; null for what cannot be counted. */
export interface Changed {
  readonly repairs: number | null
  readonly invoices: number | null
  readonly payments: number | null
  /** Acts of any kind. */
  readonly acts: number | null
  /** UTC epoch ms of the last act that can be read. */
  readonly lastAt: number | null
}

const after = {
  repairs: 'SELECT count(*) FROM repairs WHERE received_at > ?',
  invoices: 'SELECT count(*) FROM invoices WHERE issued_at > ?',
  payments: 'SELECT count(*) FROM payments WHERE at > ?',
  acts: 'SELECT count(*) FROM audit_log WHERE at > ? AND command_id IS NOT NULL',
  lastAt: 'SELECT max(at) FROM audit_log WHERE at > ?',
} satisfies Record<keyof Changed, string>

/** Counts in a damaged file what a backup made at `at` (UTC epoch ms) does not have. Never fails, changes nothing. */
export function changedSince(path: string, at: number): Changed {
  const counted = (text: string): number | null => {
    try {
      return asked(path, (file) => file.prepare(text).pluck().get(at)) as number | null
    } catch {
      return null
    }
  }
  return {
    repairs: counted(after.repairs),
    invoices: counted(after.invoices),
    payments: counted(after.payments),
    acts: counted(after.acts),
    lastAt: counted(after.lastAt),
  }
}
