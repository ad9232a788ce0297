import { auditExportRows, type AuditRow } from '#contract/audit.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { Actor, App } from '#core/app.ts'
import { toCsv, type ExportCell } from '../tabular/write-csv.ts'

type Asked = InputOf<'audit.export'>

const pageRows = 200

/** The log as it is narrowed, a page at a time: other seats are served in between. */
async function* rowsOf(
  app: App,
  actor: Actor,
  filter: Omit<Asked, 'format' | 'words'>,
): AsyncGenerator<AuditRow> {
  let after: string | undefined
  let count = 0
  do {
    const page = app.run('audit.list', { ...filter, limit: pageRows, ...(after ? { after } : {}) }, actor)
    yield* page.rows
    count += page.rows.length
    after = page.next
    await new Promise((resolve) => setImmediate(resolve))
  } while (after !== undefined && count < auditExportRows)
}

/** What stands in an input in the place of something personal (contract/audit.ts `PersonalMark`). */
const mark = /\{"personal":"(given|same|changed)"\}/g

function inWords(input: string, words: Asked['words']['personal']): string {
  return input.replace(mark, (_, kind: keyof typeof words) => JSON.stringify(words[kind]))
}

async function* cellsOf(
  rows: AsyncIterable<AuditRow>,
  words: Asked['words'],
  timeZone: string,
): AsyncGenerator<ExportCell[]> {
  const moment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  for await (const { id, at, userName, seatName, method, input, result } of rows) {
    const [what, came] = [words.methods[method] ?? method, words.results[result] ?? result]
    yield [
      id,
      moment.format(at),
      userName ?? '',
      seatName ?? '',
      what,
      method,
      inWords(input, words.personal),
      came,
    ]
  }
}

/** The audit log as a file for a spreadsheet. */
export async function exportLog(app: App, actor: Actor, asked: Asked): Promise<File> {
  const { format, words, ...filter } = asked
  const timeZone = app.run('session.state', {}).shop?.timeZone ?? 'UTC'
  const cells = cellsOf(rowsOf(app, actor, filter), words, timeZone)
  if (format === 'xlsx') {
    // Loaded when somebody wants one: it is large, and the program starts without it.
    const { toXlsx } = await import('../tabular/write-xlsx.ts')
    const columns = words.headings.map((heading, index) => ({
      heading,
      kind: index === 0 ? ('number' as const) : ('text' as const),
    }))
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return new File([new Uint8Array(await toXlsx('audit', columns, cells))], 'audit.xlsx', { type })
  }
  const pieces: string[] = []
  for await (const piece of toCsv(headed(words.headings, cells))) pieces.push(piece)
  return new File(pieces, 'audit.csv', { type: 'text/csv' })
}

async function* headed(
  headings: readonly string[],
  rows: AsyncIterable<ExportCell[]>,
): AsyncGenerator<ExportCell[]> {
  yield [...headings]
  yield* rows
}
