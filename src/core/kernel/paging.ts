import { fieldError } from './app-error.ts'

/** Where a page of a list begins: after the row with this id. */
export interface Cursor {
  readonly afterId: number | undefined
  readonly limit: number
}

const defaultLimit = 50

/** The page a person asks for. Error: `field.format` at `after` for anything a list did not hand out. */
export function cursorOf(input: {
  readonly after?: string | undefined
  readonly limit?: number | undefined
}): Cursor {
  const limit = input.limit ?? defaultLimit
  if (input.after === undefined) return { afterId: undefined, limit }
  if (!/^[1-9]\d{0,14}$/.test(input.after)) throw fieldError('after', 'field.format')
  return { afterId: Number(input.after), limit }
}

export interface Page<T> {
  rows: T[]
  next?: string
}

/** The page out of rows read from its beginning on; one row more than `limit` shows that there is another page. */
export function pageOf<T extends { readonly id: number }>(rows: readonly T[], limit: number): Page<T> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return rows.length > limit && last ? { rows: page, next: String(last.id) } : { rows: page }
}

/** The page out of a short list that is known whole, such as what a search found. */
export function pageOfAll<T extends { readonly id: number }>(all: readonly T[], cursor: Cursor): Page<T> {
  const before = cursor.afterId === undefined ? -1 : all.findIndex((row) => row.id === cursor.afterId)
  // The row the page before ended with may have left the list meanwhile; then nothing follows it.
  if (cursor.afterId !== undefined && before < 0) return { rows: [] }
  return pageOf(all.slice(before + 1), cursor.limit)
}
