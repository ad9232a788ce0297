import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportProfile } from '#contract/import-profile.ts'
import type { Seat } from '../kit/host.ts'
import { told, type Book, type ImportedFile } from './book.ts'
import { act, type Desk } from './load.ts'
import { below, random } from './random.ts'

/** Where the repairs of these files come from, by what stands at each of them. */
export const importSource = 'crash'

const profile: ImportProfile = {
  id: importSource,
  name: { zh: '旧工单', en: 'Old tickets' },
  target: 'repairs',
  sourceKey: ['id'],
  columns: [
    { column: 'id', field: 'number' },
    { column: 'day', field: 'receivedOn' },
    { column: 'customer', field: 'customerName' },
    { column: 'phone', field: 'customerPhone' },
    { column: 'device', field: 'category' },
    { column: 'serial', field: 'serial' },
    { column: 'fault', field: 'faultText' },
  ],
}

/** Every so many lines one has a day that is none. */
const badEvery = 97

function isBad(row: number): boolean {
  return row % badEvery === 5
}

/** Number and key of a row of a file. */
function keyOf(prefix: string, row: number): string {
  return `${prefix}-${row}`
}

/** What has to be in the shop of a file that was imported: each key once. */
export function keysOf({ prefix, rows }: Pick<ImportedFile, 'prefix' | 'rows'>): string[] {
  return Array.from({ length: rows }, (_, row) => row)
    .filter((row) => !isBad(row))
    .map((row) => keyOf(prefix, row))
}

/** A list of tickets of an older program; people come several times, a ticket and a device once. */
export function newFile(rows: number): ImportedFile {
  const prefix = `I${randomUUID().slice(0, 13).replace('-', '')}`.toUpperCase()
  const line = (row: number) =>
    [
      keyOf(prefix, row),
      isBad(row) ? '2024-02-30' : `2024-0${1 + (row % 9)}-15`,
      `Customer ${row % 70}`,
      `1380013${String(row % 70).padStart(4, '0')}`,
      row % 2 ? 'Phone' : 'Tablet',
      `${prefix}SN${row}`,
      `imported ${keyOf(prefix, row)}`,
    ].join(',')
  const lines = Array.from({ length: rows }, (_, row) => line(row))
  return {
    prefix,
    content: ['id,day,customer,phone,device,serial,fault', ...lines].join('\n'),
    rows,
    bad: rows - keysOf({ prefix, rows }).length,
    startId: randomUUID(),
    fileUid: null,
    runId: null,
    done: false,
    started: 0,
    resumed: 0,
  }
}

/** The start of a file's import; sent again, it must be the same run. */
function start(book: Book, file: ImportedFile) {
  return {
    commandId: file.startId,
    async run(seat: Seat) {
      file.started++
      const upload = { file: new File([file.content], `${file.prefix}.csv`) }
      file.fileUid ??= (await seat.client.imports.inspect(upload)).fileUid
      const asked = { fileUid: file.fileUid, fileName: `${file.prefix}.csv`, profile, dryRun: false }
      const sending = seat.client.imports.start({ commandId: file.startId, ...asked })
      const { id } = await told(book, 'runs.begin', file.startId, sending)
      // Should it have become a second run, the checks find it by the file's name.
      file.runId ??= id
    },
  }
}

/** Goes on with a run that was broken off, as the window does; a host that died early had not kept its file yet. */
async function resume(book: Book, seat: Seat, runId: number): Promise<boolean> {
  const commandId = randomUUID()
  try {
    await told(book, 'runs.begin', commandId, seat.client.imports.resume({ commandId, runId }))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'import.file_missing') return false
    throw error
  }
}

async function ended(seat: Seat, runId: number) {
  for (;;) {
    const { run } = await seat.client.imports.run({ runId })
    if (run.state !== 'running') return run
    await sleep(20)
  }
}

/** Brings one file further, to its end if the power stays on. */
async function goOn(desk: Desk, seat: Seat, file: ImportedFile): Promise<void> {
  if (file.runId === null) await act(desk, seat, start(desk.book, file))
  const { runId } = file
  if (runId === null) throw new Error(`the import of ${file.prefix} was refused`)
  let run = (await seat.client.imports.run({ runId })).run
  if (run.state === 'interrupted') {
    const resumed = random() < 0.8 && (await resume(desk.book, seat, runId))
    if (resumed) file.resumed++
    else await act(desk, seat, start(desk.book, file))
  }
  run = await ended(seat, runId)
  if (run.state !== 'done') throw new Error(`the import of ${file.prefix} ended as ${run.state}`)
  // As a seat would that never saw the answer to its start; the run is long done.
  if (random() < 0.3) await act(desk, seat, start(desk.book, file))
  file.done = true
}

/** A seat that brings the old program's lists in, one after the other, and takes up what a kill has cut off. */
export async function importFiles(desk: Desk, seat: Seat, alive: () => boolean): Promise<void> {
  const { imports } = desk.book
  while (alive()) {
    try {
      let file = [...imports.values()].find(({ done }) => !done)
      if (!file) {
        await sleep(below(300))
        file = newFile(300 + below(1200))
        imports.set(file.prefix, file)
      }
      await goOn(desk, seat, file)
    } catch (error) {
      if (alive()) throw error
      return
    }
  }
}

/** Brings every file that was begun to its end; there is at least one. */
export async function finishImports(desk: Desk, seat: Seat): Promise<void> {
  if (desk.book.imports.size === 0) {
    const file = newFile(500)
    desk.book.imports.set(file.prefix, file)
  }
  for (const file of desk.book.imports.values()) if (!file.done) await goOn(desk, seat, file)
}
