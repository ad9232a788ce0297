import type Database from 'better-sqlite3'
import { cardColumns, cardJoins } from '#core/repairs/views.ts'
import { indexWords } from '#core/search/text.ts'
import type { Asked } from './reads.ts'
import { benchNow } from './shop-file.ts'

const inPlay = "r.state NOT IN ('closed','cancelled','unclaimed')"
const boardOrder = 'r.priority DESC, r.due_on IS NULL, r.due_on, r.id'
const card = `SELECT ${cardColumns} FROM repairs r`

const after = (start: string) => `${start}\u{10FFFF}`

/**
 * What a screen needs, by hand-written SQL that knows the answer's shape and checks nothing: the floor under a
 * read. Raw rows, no mapping, no session, no permission.
 */
export function bareReads(file: Database.Database) {
  const all = (sql: string) => {
    const statement = file.prepare(sql)
    return (...values: unknown[]) => statement.all(...values)
  }
  const cards = (where: string, rest: string) => all(`${card} ${cardJoins} WHERE ${where} ${rest}`)
  const byNumber = cards('r.number = ?', '')
  const byPhonePart = all(`SELECT ${cardColumns} FROM
    (SELECT DISTINCT ref FROM search_keys WHERE key >= ? AND key < ? AND +kind IN (2, 9) LIMIT 20) hit
    CROSS JOIN repairs r ON r.customer_id = hit.ref ${cardJoins} ORDER BY r.received_at DESC LIMIT 20`)
  const bySerial = all(`${card} ${cardJoins} WHERE d.serial_key = ? ORDER BY r.received_at DESC LIMIT 20`)
  const byWords = all(`SELECT ${cardColumns} FROM
    (SELECT rowid AS id FROM repair_texts WHERE repair_texts MATCH ? ORDER BY rowid DESC LIMIT 20) hit
    CROSS JOIN repairs r ON r.id = hit.id ${cardJoins}`)
  const column = all(`${card} ${cardJoins} WHERE r.state = ? AND ${inPlay} ORDER BY ${boardOrder} LIMIT 20`)
  const states = file
    .prepare(`SELECT DISTINCT state FROM repairs r WHERE ${inPlay}`)
    .pluck()
    .all() as string[]
  const counts = all('SELECT state, count FROM repair_counts')
  const page = all(`${card} ${cardJoins} WHERE r.uid = ?`)
  const parts = [
    'SELECT * FROM repair_checks WHERE repair_id = ?',
    'SELECT * FROM repair_accessories WHERE repair_id = ?',
    'SELECT * FROM attachments WHERE repair_id = ?',
    'SELECT a.*, u.name FROM repair_attempts a JOIN users u ON u.id = a.engineer_id WHERE a.repair_id = ?',
    `SELECT f.* FROM repairs r JOIN device_defects f ON f.device_id = r.device_id WHERE r.id = ?`,
    'SELECT o.uid, o.number FROM repairs r JOIN repairs o ON o.visit_uid = r.visit_uid WHERE r.id = ?',
  ].map(all)
  const timeline =
    all(`SELECT l.*, u.name, s.name AS seat FROM repair_log l LEFT JOIN users u ON u.id = l.user_id
    LEFT JOIN seats s ON s.id = l.seat_id WHERE l.repair_id = ? ORDER BY l.id DESC`)
  const jobs = cards(
    `r.engineer_id = ? AND ${inPlay} AND r.state NOT IN ('processed','collected')`,
    'LIMIT 200',
  )
  const newest = cards('1', 'ORDER BY r.received_at DESC, r.id DESC LIMIT 51')
  const day = new Date(benchNow).toISOString().slice(0, 10)
  const lists = [
    `r.state NOT IN ('closed','cancelled','unclaimed','collected','processed') AND r.due_on < '${day}' ORDER BY r.due_on`,
    'r.lock_reason IS NOT NULL ORDER BY r.locked_at',
    `r.state NOT IN ('closed','cancelled','unclaimed','collected','suspended') AND r.state <> 'processed'
       AND r.active_at < ${benchNow - 48 * 3_600_000} ORDER BY r.active_at`,
    `${inPlay} AND r.state = 'waiting' AND r.lock_reason IS NULL ORDER BY ${boardOrder}`,
    `r.state NOT IN ('closed','cancelled','unclaimed','collected','suspended') AND r.state = 'processed' ORDER BY r.active_at`,
    `r.state = 'collected' AND (r.next_try_on IS NULL OR r.next_try_on <= '${day}') ORDER BY r.next_try_on`,
    `r.state = 'closed' AND r.verified_at IS NULL AND r.close_kind <> 'imported' ORDER BY r.closed_at`,
  ]
  const tops = lists.map((list) => all(`${card} ${cardJoins} WHERE ${list} LIMIT 10`))
  const totals = lists.map((list) =>
    all(`SELECT count(*) FROM (SELECT 1 FROM repairs r WHERE ${list.replace(/ORDER BY.*/s, '')} LIMIT 1000)`),
  )
  return {
    byNumber: ({ number }: Asked) => byNumber(number),
    byPhonePart: ({ phone }: Asked) => byPhonePart(phone.slice(-4), after(phone.slice(-4))),
    byPhone: ({ phone }: Asked) => byPhonePart(phone, after(phone)),
    bySerial: ({ serial }: Asked) => bySerial(serial),
    byWords: (_asked: Asked, input: object) => {
      const { words } = indexWords((input as { text: string }).text)
      const pairs = words.filter((word) => [...word].length > 1)
      return byWords((pairs.length > 0 ? pairs : words).map((word) => `"${word}"`).join(' AND '))
    },
    board: () => [counts(), ...states.map((state) => column(state))],
    today: () => [...tops.map((top) => top()), ...totals.map((total) => total())],
    page: ({ uid, repairId }: Asked) => [page(uid), ...parts.map((part) => part(repairId))],
    timeline: ({ repairId }: Asked) => timeline(repairId),
    jobs: ({ engineerId }: Asked) => jobs(engineerId),
    newest: () => newest(),
  }
}
