import type Database from 'better-sqlite3'

export type Row = Readonly<Record<string, string | number | null>>

/** An INSERT of rows that all name the same columns, prepared by the first of them. */
export function inserter(file: Database.Database, table: string): (row: Row) => void {
  let statement: Database.Statement | undefined
  return (row) => {
    if (!statement) {
      const columns = Object.keys(row)
      const marks = columns.map((column) => `@${column}`).join(', ')
      statement = file.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
    }
    statement.run(row)
  }
}

/** Runs `act` for 1 … `count`, twenty thousand in one transaction. */
export function inBatches(file: Database.Database, count: number, act: (n: number) => void): void {
  const size = 20_000
  const batch = file.transaction((from: number, to: number) => {
    for (let n = from; n <= to; n++) act(n)
  })
  for (let from = 1; from <= count; from += size) batch.immediate(from, Math.min(count, from + size - 1))
}
