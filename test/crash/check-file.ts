import Database from 'better-sqlite3'
import type { Book } from './book.ts'
import { importSource, keysOf } from './imports.ts'

/** Findings in words: what is wrong in itself, what was acknowledged and is not there, what is there twice. */
export interface FileCheck {
  readonly broken: string[]
  readonly lost: string[]
  readonly doubled: string[]
}

/** What must be zero in a sound file, whatever was done in it. */
const recounts: readonly (readonly [string, string])[] = [
  [
    'repairs per state are kept right',
    `SELECT count(*) FROM (
       SELECT state, count(*) AS n FROM repairs GROUP BY state
       EXCEPT SELECT state, count FROM repair_counts)`,
  ],
  [
    'every repair has its first log row',
    `SELECT count(*) FROM repairs r WHERE NOT EXISTS (SELECT 1 FROM repair_log l WHERE l.repair_id = r.id)`,
  ],
  [
    'every repair is found by its words',
    `SELECT count(*) FROM repairs r WHERE fault_text <> '' AND NOT EXISTS (SELECT 1 FROM repair_texts t WHERE t.rowid = r.id)`,
  ],
  [
    'every log chain is whole',
    `SELECT count(*) FROM (
       SELECT from_state, lag(to_state) OVER (PARTITION BY repair_id ORDER BY id) AS before
       FROM repair_log WHERE kind = 'move' AND to_state IS NOT NULL)
     WHERE before IS NOT NULL AND from_state <> before`,
  ],
  [
    'every repair stands where its last move led',
    `SELECT count(*) FROM repairs r WHERE source IS NULL AND state <>
       (SELECT to_state FROM repair_log l WHERE l.repair_id = r.id AND kind = 'move' AND to_state IS NOT NULL ORDER BY id DESC LIMIT 1)`,
  ],
  [
    'no day has a gap in its numbers',
    `SELECT count(*) FROM (
       SELECT substr(number, 1, 8) AS day, count(*) AS n, max(CAST(substr(number, 9) AS INTEGER)) AS top
       FROM repairs WHERE source IS NULL GROUP BY 1)
     WHERE n <> top`,
  ],
  [
    'a run of an import has counted what it made',
    `SELECT count(*) FROM import_runs i WHERE imported <>
       (SELECT count(*) FROM import_keys k WHERE k.run_id = i.id) OR rejected <>
       (SELECT count(*) FROM import_rejects j WHERE j.run_id = i.id)`,
  ],
]

/** Each of these texts belongs to one command or one line of a file: none stands twice. */
const unique: readonly (readonly [string, string])[] = [
  ['note', `SELECT text FROM repair_log WHERE kind = 'note'`],
  ['receipt', `SELECT reference FROM payments WHERE reference <> ''`],
  ['invoice', `SELECT note FROM invoices WHERE note <> ''`],
  ['charge line', `SELECT description FROM charge_lines WHERE kind = 'labour'`],
  ['delivery', `SELECT document FROM goods_moves WHERE reason = 'receipt'`],
  ['picture', `SELECT sha256 FROM attachments`],
  ['imported repair', `SELECT fault_text FROM repairs WHERE source = '${importSource}'`],
  ['import', `SELECT file_name FROM import_runs`],
  ['rejected line', `SELECT run_id || ':' || line FROM import_rejects`],
  ['command', `SELECT command_id FROM audit_log WHERE command_id IS NOT NULL`],
]

function counter(file: Database.Database) {
  return (sql: string, ...values: unknown[]) =>
    file
      .prepare(sql)
      .pluck()
      .get(...values) as number
}

/** Opens the file as a restarted host would, and proves what must hold of it after a kill. */
export function checkFile(path: string, book: Book): FileCheck {
  const file = new Database(path)
  try {
    const count = counter(file)
    const broken: string[] = []
    const integrity = file.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') broken.push(`integrity: ${String(integrity)}`)
    const foreign = file.pragma('foreign_key_check') as unknown[]
    if (foreign.length > 0) broken.push(`${foreign.length} foreign keys`)
    for (const [what, sql] of recounts) {
      const wrong = count(sql)
      if (wrong !== 0) broken.push(`${what}: not for ${wrong}`)
    }
    const doubled = unique.flatMap(([what, sql]) => {
      const texts = file
        .prepare(`WITH t(text) AS (${sql}) SELECT text FROM t GROUP BY text HAVING count(*) > 1`)
        .pluck()
        .all()
      return texts.map((text) => `${what} ${String(text)}`)
    })
    return { broken: [...broken, ...overwritten(book)], lost: lostIn(count, book), doubled }
  } finally {
    file.close()
  }
}

/** A seat was told that its move is saved, though another had changed the repair since it was read: one of them lost. */
function overwritten({ moves }: Book): string[] {
  return moves
    .filter(({ seen, version }) => seen !== null && version !== seen + 1)
    .map(({ repairId, action }) => `${action} of repair ${repairId} was saved over another change`)
}

/** Every command that was answered is written down as done, once, and so is what it made. */
function lostIn(count: ReturnType<typeof counter>, book: Book): string[] {
  const lost: string[] = []
  const find = (what: string, sql: string, ...values: unknown[]) => {
    if (count(sql, ...values) === 0) lost.push(what)
  }
  const done = 'SELECT count(*) FROM commands WHERE command_id = ? AND method = ?'
  // Whether it was done or, one of many, refused with a reason.
  const logged = 'SELECT count(*) FROM audit_log WHERE command_id = ?'
  for (const [commandId, method] of book.commands) {
    find(`${method} ${commandId}`, done, commandId, method)
    find(`${method} ${commandId} in the audit log`, logged, commandId)
  }
  for (const [text, repairId] of book.notes)
    find(text, `SELECT count(*) FROM repair_log WHERE repair_id = ? AND text = ?`, repairId, text)
  for (const { repairId, version, action } of book.moves)
    find(
      `${action} of repair ${repairId}`,
      'SELECT count(*) FROM repairs WHERE id = ? AND version >= ?',
      repairId,
      version,
    )
  for (const sha256 of book.pictures.keys())
    find(`picture ${sha256}`, 'SELECT count(*) FROM attachments WHERE sha256 = ?', sha256)
  for (const file of book.imports.values()) {
    if (!file.done) continue
    const wanted = file.rows - file.bad
    const found = count(
      `SELECT count(*) FROM repairs WHERE source = ? AND source_key LIKE ?`,
      importSource,
      `${file.prefix}-%`,
    )
    if (found < wanted) lost.push(`${wanted - found} rows of import ${file.prefix}`)
  }
  return lost
}

/** What must be exactly so when every act has its answer: as many of each thing as seats were told, no more, no less. */
export function checkAtRest(path: string, book: Book): FileCheck {
  const file = new Database(path, { readonly: true })
  const check: FileCheck = { broken: [], lost: [], doubled: [] }
  try {
    const count = counter(file)
    const same = (what: string, found: number, told: number) => {
      if (found < told) check.lost.push(`${told - found} of ${told} ${what}`)
      if (found > told) check.doubled.push(`${found - told} more ${what} than the ${told} acknowledged`)
    }
    same('repairs', count('SELECT count(*) FROM repairs WHERE source IS NULL'), book.received.size)
    same('notes', count(`SELECT count(*) FROM repair_log WHERE kind = 'note'`), book.notes.size)
    same('drafts', count('SELECT count(*) FROM drafts'), book.drafts.size)
    same('parts', count('SELECT count(*) FROM repair_parts'), book.issued.size)
    same('labour lines', count(`SELECT count(*) FROM charge_lines WHERE kind = 'labour'`), book.lines.size)
    same('invoices', count('SELECT count(*) FROM invoices'), book.invoices.size)
    same('receipts', count('SELECT count(*) FROM payments'), book.receipts.size)
    same('pictures', count('SELECT count(*) FROM attachments'), book.pictures.size)
    const received = [...book.deliveries.values()].reduce((sum, quantity) => sum + quantity, 0)
    const inBins = `SELECT coalesce(sum(on_hand), 0) FROM stock_balances b JOIN places p ON p.id = b.place_id WHERE p.kind = 'bin'`
    same('thousandths on the shelf', count(inBins), received - 1000 * book.issued.size)
    checkMoves(file, book, same)
    checkImports(file, book, check, same)
    return check
  } finally {
    file.close()
  }
}

type Same = (what: string, found: number, told: number) => void

/** Each move a person was told of stands in the history once, by its kind. */
function checkMoves(file: Database.Database, book: Book, same: Same): void {
  const told = new Map<string, number>()
  const name = (repairId: number, action: string) => `${action} of repair ${repairId}`
  for (const { repairId, action } of book.moves)
    told.set(name(repairId, action), (told.get(name(repairId, action)) ?? 0) + 1)
  const rows = file
    .prepare(
      `SELECT repair_id AS repairId, action, count(*) AS n FROM repair_log
       WHERE kind = 'move' AND user_id IS NOT NULL AND action NOT IN ('receive', 'import') GROUP BY 1, 2`,
    )
    .all() as { repairId: number; action: string; n: number }[]
  for (const { repairId, action, n } of rows) {
    same(name(repairId, action), n, told.get(name(repairId, action)) ?? 0)
    told.delete(name(repairId, action))
  }
  for (const [what, count] of told) same(what, 0, count)
}

/** Of a file whose import has ended each row stands once, and its one run has counted them. */
function checkImports(file: Database.Database, book: Book, check: FileCheck, same: Same): void {
  const done = [...book.imports.values()].filter((one) => one.done)
  for (const one of done) {
    const found = file
      .prepare('SELECT source_key FROM repairs WHERE source = ? AND source_key LIKE ? ORDER BY id')
      .pluck()
      .all(importSource, `${one.prefix}-%`) as string[]
    const there = new Set(found)
    same(`rows of import ${one.prefix}`, found.length, one.rows - one.bad)
    const missing = keysOf(one).filter((key) => !there.has(key))
    if (missing.length > 0) check.lost.push(`rows ${missing.slice(0, 5).join(', ')}`)
    const runs = file
      .prepare('SELECT state, rows, imported, rejected FROM import_runs WHERE file_name = ?')
      .all(`${one.prefix}.csv`)
    const [wanted, counted] = [
      JSON.stringify([{ state: 'done', rows: one.rows, imported: one.rows - one.bad, rejected: one.bad }]),
      JSON.stringify(runs),
    ]
    if (counted !== wanted) check.broken.push(`import ${one.prefix} counted ${counted}, not ${wanted}`)
  }
}
