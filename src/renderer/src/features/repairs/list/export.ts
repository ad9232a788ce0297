import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { shopTimeZone } from '@/app/format.ts'
import { call, dayIn, errorText, seatNow, toCallError } from '@/client/index.ts'
import { columnLabel, exportText, type ColumnKey } from './columns.ts'
import { byteOrderMark, csvLine } from './csv.ts'
import { inputOf, type Filter } from './filter.ts'

export interface ListExport {
  readonly running: Ref<boolean>
  readonly rows: Ref<number>
  readonly error: ShallowRef<string>
  /** Set when the file is there; free it with `dismiss`. */
  readonly file: ShallowRef<{ readonly url: string; readonly name: string } | undefined>
  start(filter: Filter, keys: readonly ColumnKey[]): Promise<void>
  cancel(): void
  dismiss(): void
}

const pageSize = 200

/** Writes the whole list as CSV, page after page from the host, in the columns and the language of the screen. */
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

  async function collect(filter: Filter, keys: readonly ColumnKey[], signal: AbortSignal): Promise<string[]> {
    const parts = [byteOrderMark, csvLine(keys.map(columnLabel))]
    let after: string | undefined
    do {
      const input = { ...inputOf(filter), limit: pageSize, ...(after === undefined ? {} : { after }) }
      const page = await call('repairs.list', input, signal)
      parts.push(...page.rows.map((card) => csvLine(keys.map((key) => exportText(key, card)))))
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
    async start(filter, keys) {
      dismiss()
      abort = new AbortController()
      const { signal } = abort
      running.value = true
      rows.value = 0
      try {
        const parts = await collect(filter, keys, signal)
        const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }))
        const name = `repairs-${dayIn(seatNow(), shopTimeZone())}.csv`
        file.value = { url, name }
        save(url, name)
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

function save(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
