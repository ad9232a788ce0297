import type { ErrorParams } from '#contract/errors.ts'
import type { RejectWords } from '#contract/imports.ts'
import type { App } from '#core/app.ts'
import { RejectsFile } from '../tabular/rejects-file.ts'

/** Read and written at a time; all of them may be more than fit into memory. */
const atOnce = 1000

/** A text of the window with its values put in: `{max}` becomes the value of that name. */
function fillIn(text: string, params: ErrorParams): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? ''))
}

/**
 * Writes all rejected rows of a run to `path`: line, field, code, values and, with `words`, the reason, then the row's own
 * cells under the file's headings. A person mends the cells and imports this very file. Answers how many there are.
 */
export async function writeRejects(
  app: App,
  asked: {
    readonly path: string
    readonly runId: number
    readonly columns: readonly string[]
    readonly words?: RejectWords | undefined
  },
): Promise<number> {
  const { runId, words } = asked
  const file = await RejectsFile.open(
    asked.path,
    asked.columns,
    words
      ? {
          headings: words.headings,
          describe: ({ code, params }) => fillIn(words.reasons[code] ?? code, params),
        }
      : {},
  )
  let count = 0
  try {
    for (let afterId = 0; ;) {
      const page = app.run('runs.rejects', { runId, afterId, limit: atOnce })
      const last = page.at(-1)
      if (!last) break
      await file.add(
        page.map(({ line, field, code, params, cells }) => ({
          line,
          cells,
          errors: [{ field: words?.fields[field] ?? field, code, params }],
        })),
      )
      count += page.length
      afterId = last.id
    }
  } finally {
    await file.close()
  }
  return count
}
