import Database from 'better-sqlite3'

export interface FileCheck {
  readonly broken: string[]
  readonly lostNotes: number
  readonly doubled: number
}

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
    'no day has a gap in its numbers',
    `SELECT count(*) FROM (
       SELECT substr(number, 1, 8) AS day, count(*) AS n, max(CAST(substr(number, 9) AS INTEGER)) AS top FROM repairs GROUP BY 1)
     WHERE n <> top`,
  ],
]

/** Opens the file as a restarted host would, and proves what must hold of it. */
export function checkFile(path: string, notes: ReadonlyMap<string, number>): FileCheck {
  const file = new Database(path)
  try {
    const broken: string[] = []
    const integrity = file.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') broken.push(`integrity: ${String(integrity)}`)
    const foreign = file.pragma('foreign_key_check') as unknown[]
    if (foreign.length > 0) broken.push(`${foreign.length} foreign keys`)
    for (const [what, sql] of recounts) {
      const count = file.prepare(sql).pluck().get() as number
      if (count !== 0) broken.push(`${what}: ${count}`)
    }
    const doubled = file
      .prepare(
        `SELECT count(*) FROM (SELECT text FROM repair_log WHERE kind = 'note' GROUP BY text HAVING count(*) > 1)`,
      )
      .pluck()
      .get() as number
    const doubledMoves = file
      .prepare(
        'SELECT count(*) FROM (SELECT command_id FROM audit_log WHERE command_id IS NOT NULL AND result = ? GROUP BY command_id, method HAVING count(*) > 1)',
      )
      .pluck()
      .get('ok') as number
    const find = file
      .prepare(`SELECT count(*) FROM repair_log WHERE repair_id = ? AND kind = 'note' AND text = ?`)
      .pluck()
    let lostNotes = 0
    for (const [text, repairId] of notes) if (find.get(repairId, text) !== 1) lostNotes++
    return { broken, lostNotes, doubled: doubled + doubledMoves }
  } finally {
    file.close()
  }
}
