import { openTable } from '#host/tabular/open-table.ts'

/* Reads the table named on the command line to its end and prints its rows and the most memory that was in
 * use on the way, collected garbage apart. A process of its own (with --expose-gc), because the test
 * runner's memory is not the reader's. */
const table = await openTable(process.argv[2] ?? '')
let rows = 0
let bytes = 0
for await (const batch of table.batches(10_000)) {
  rows += batch.rows.length
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  bytes = Math.max(bytes, heapUsed + external)
}
process.stdout.write(JSON.stringify({ rows, bytes, collected: globalThis.gc !== undefined }))
