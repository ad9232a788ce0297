/**
 * What drizzle-kit cannot emit: triggers, FTS5 and WITHOUT ROWID tables. Replayed after each
 * migration; every statement may run on a file that has it already.
 */

const appendOnlyTables = [
  'audit_log',
  'outbox',
  'repair_log',
  // The two ledgers and the documents issued from them.
  'goods_moves',
  'money_transactions',
  'money_entries',
  'invoices',
  'invoice_lines',
  'invoice_voids',
  'payments',
  'payment_allocations',
  'permission_reviews',
]
const appendOnly = appendOnlyTables.flatMap((table) =>
  ['UPDATE', 'DELETE'].map(
    (verb) => `
DROP TRIGGER IF EXISTS ${table}_no_${verb.toLowerCase()};
CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  ),
)

/** Kept counters: repairs per state, so that the board never counts (architecture §8). */
const repairCounts = `
DROP TRIGGER IF EXISTS repairs_count_insert;
CREATE TRIGGER repairs_count_insert AFTER INSERT ON repairs BEGIN
  INSERT INTO repair_counts (state, count) VALUES (NEW.state, 1)
    ON CONFLICT (state) DO UPDATE SET count = count + 1;
END;
DROP TRIGGER IF EXISTS repairs_count_update;
CREATE TRIGGER repairs_count_update AFTER UPDATE OF state ON repairs WHEN OLD.state <> NEW.state BEGIN
  UPDATE repair_counts SET count = count - 1 WHERE state = OLD.state;
  INSERT INTO repair_counts (state, count) VALUES (NEW.state, 1)
    ON CONFLICT (state) DO UPDATE SET count = count + 1;
END;
DROP TRIGGER IF EXISTS repairs_no_delete;
CREATE TRIGGER repairs_no_delete BEFORE DELETE ON repairs
BEGIN SELECT RAISE(ABORT, 'a repair is never deleted'); END;`

/**
 * Whether a device has an open repair is asked at each intake and for each device that search shows: of three
 * thousand open repairs, not of all the device ever had. The states are those of `openStates`.
 */
const openRepairs = `
CREATE INDEX IF NOT EXISTS repairs_open_device ON repairs (device_id, received_at)
  WHERE state NOT IN ('closed','cancelled','unclaimed','collected');`

/** A customer's account is that of all records merged into it; few ever are. */
const mergedCustomers = `
CREATE INDEX IF NOT EXISTS customers_merged ON customers (merged_into_id) WHERE merged_into_id IS NOT NULL;`

/**
 * Search (decision 006): identifiers and names in one prefix B-tree (`kind` and forms in core/search/keys.ts),
 * free text in FTS5. The index is contentless: the text is in the repair already. Words are split and folded
 * by us, Chinese into two-character pairs, because FTS5's trigram tokenizer answers nothing under three
 * characters; `ascii` keeps our words whole, where `unicode61` would split letters younger than its tables.
 */
const search = `
CREATE TABLE IF NOT EXISTS search_keys (
  key TEXT NOT NULL,
  kind INTEGER NOT NULL,
  ref INTEGER NOT NULL,
  PRIMARY KEY (key, kind, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_keys_ref ON search_keys (kind, ref);
CREATE VIRTUAL TABLE IF NOT EXISTS repair_texts USING fts5(
  words, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
CREATE TABLE IF NOT EXISTS search_words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`

export const customSql = [...appendOnly, repairCounts, openRepairs, mergedCustomers, search].join('\n')
