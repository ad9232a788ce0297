import { describe, expect, test } from 'vitest'
import { contentOf, importFiles, look, noRealFiles, realFiles, useFolders, wordsOf } from './kit.ts'

/* The real repairs of five partners, through the command line as a shop would take them in. */
const newFolder = useFolders()
const rowsInAll = realFiles.reduce((sum, file) => sum + file.rows, 0)
const paths = realFiles.map((file) => file.path)

describe.skipIf(noRealFiles !== '')(`five files of real repairs${noRealFiles}`, () => {
  const data = newFolder()
  const count = (sql: string) => look(data, (file) => file.prepare(sql).pluck().get())

  test('every one of the 48,525 rows comes in', { timeout: 300_000 }, async () => {
    const { out, lastLine } = await importFiles(data, 'open-repair', paths)
    expect(lastLine).toBe(`imported=${rowsInAll} updated=0 rejected=0 of=${rowsInAll}`)
    for (const { rows } of realFiles) expect(out).toContain(`imported=${rows} updated=0`)
    expect(count('SELECT count(*) FROM repairs')).toBe(rowsInAll)
  })

  test('what is counted along the way is what a count from scratch gives', () => {
    const kept = 'SELECT state, count FROM repair_counts WHERE count > 0 ORDER BY state'
    const counted = 'SELECT state, count(*) FROM repairs GROUP BY state ORDER BY state'
    const wrongUses = `WITH uses AS (
        SELECT category_id AS id FROM devices UNION ALL SELECT brand_id FROM devices
        UNION ALL SELECT problem_type_id FROM repairs)
      SELECT count(*) FROM dictionary_entries e LEFT JOIN (SELECT id, count(*) AS n FROM uses GROUP BY id) u ON u.id = e.id
      WHERE e.repairs_count <> coalesce(u.n, 0)`
    look(data, (file) => {
      expect(file.prepare(kept).raw().all()).toEqual(file.prepare(counted).raw().all())
    })
    expect(count(wrongUses)).toBe(0)
    expect(count('SELECT count(*) FROM devices WHERE repairs_count <> 1')).toBe(0)
    expect(count("SELECT count(*) FROM outbox WHERE type = 'repair.import'")).toBe(rowsInAll)
    expect(count("SELECT count(*) FROM repair_log WHERE action = 'import'")).toBe(rowsInAll)
    expect(
      count('SELECT count(*) FROM (SELECT number FROM repairs GROUP BY number HAVING count(*) > 1)'),
    ).toBe(0)
  })

  test('each repair keeps who published it, as the licence of the files asks', () => {
    const providers = `SELECT DISTINCT json_extract(detail, '$.provider') AS name FROM repair_log
      WHERE action = 'import' ORDER BY name`
    look(data, (file) => {
      expect(file.prepare(providers).pluck().all()).toEqual([
        'Fixit Clinic',
        'Repair Café Toronto',
        'Repair Connects',
        'The Restart Project',
        'anstiftung',
      ])
    })
  })

  test('a second import of the same files changes nothing', { timeout: 300_000 }, async () => {
    const known = new Set(['commands', 'audit_log', 'import_runs', 'import_keys', 'migrations', 'users'])
    const before = contentOf(data, known)
    const words = wordsOf(data)
    const { out, lastLine } = await importFiles(data, 'open-repair', paths)
    expect(lastLine).toBe(`imported=0 updated=0 rejected=0 of=${rowsInAll}`)
    expect(out).toContain(`\nunchanged=${rowsInAll}\n`)
    const { outbox: outboxBefore, ...recordsBefore } = before
    const { outbox: outboxAfter, ...recordsAfter } = contentOf(data, known)
    expect(recordsAfter).toEqual(recordsBefore)
    // The only news for headquarters: an import of each file has ended.
    expect(outboxAfter).toHaveLength(outboxBefore!.length + realFiles.length)
    expect(wordsOf(data)).toEqual(words)
  })
})
