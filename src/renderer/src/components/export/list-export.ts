import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { shopTimeZone } from '@/app/format.ts'
import { dayIn, errorText, saveFrom, seatNow, toCallError } from '@/client/index.ts'
import { byteOrderMark, csvLine } from './csv.ts'

/** What is written: headings, one page of rows after the other, and how a row reads. */
export interface ExportSource<R> {
  /** Start of the file's name; the day follows. */
  readonly name: string
  readonly headings: readonly string[]
  page(after: string | undefined, signal: AbortSignal): Promise<{ rows: R[]; next?: string | undefined }>
  cells(row: R): readonly string[]
}

export interface ListExport {
  readonly running: Ref<boolean>
  readonly rows: Ref<number>
  readonly error: ShallowRef<string>
  /** Set when the file is there; free it with `dismiss`. */
  readonly file: ShallowRef<{ readonly url: string; readonly name: string } | undefined>
  start<R>(source: ExportSource<R>): Promise<void>
  cancel(): void
  dismiss(): void
}

/** Writes a whole list as CSV, page after page from the host, in the columns and the language of the screen. */
export function useListExport(): ListExport {
  const running = ref(false)
  const rows = ref(0)
  const error = shallowRef('')
  const file = shallowRef<{ url: string; name: string }>()
  let abort: AbortController | undefined

  function dismiss(): void {
    abort?.abort()
    if (file.value) URL.revokeObjectURL(file.value.url)
    file.value = undefined
    error.value = ''
  }

  async function collect<R>(source: ExportSource<R>, signal: AbortSignal): Promise<string[]> {
    const parts = [byteOrderMark, csvLine(source.headings)]
    let after: string | undefined
    do {
      const page = await source.page(after, signal)
      parts.push(...page.rows.map((row) => csvLine(source.cells(row))))
      rows.value += page.rows.length
      after = page.next
    } while (after !== undefined)
    return parts
  }

  return {
    running,
    rows,
    error,
    file,
    async start(source) {
      dismiss()
      abort = new AbortController()
      const { signal } = abort
      running.value = true
      rows.value = 0
      try {
        const parts = await collect(source, signal)
        const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }))
        const name = `${source.name}-${dayIn(seatNow(), shopTimeZone())}.csv`
        file.value = { url, name }
        saveFrom(url, name)
      } catch (failure) {
        if (!signal.aborted) error.value = errorText(toCallError(failure))
      } finally {
        running.value = false
      }
    },
    cancel: () => abort?.abort(),
    dismiss,
  }
}
