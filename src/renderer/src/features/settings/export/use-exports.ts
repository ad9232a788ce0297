import { onScopeDispose, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ShopExport } from '#contract/exports.ts'
import { call, errorText, notify, onHostEvent, saveFile, toCallError } from '@/client/index.ts'

export interface Exports {
  readonly folder: Ref<string>
  readonly list: Ref<readonly ShopExport[]>
  readonly error: Ref<string>
  readonly loaded: Ref<boolean>
  refresh(): Promise<void>
  /** The file being fetched and how far it is, 0 to 100. */
  readonly fetching: Ref<{ readonly name: string; readonly percent: number } | undefined>
  download(one: ShopExport): Promise<void>
}

/** The exports on the shop's computer: asked again whenever the host says that one has moved. */
export function useExports(): Exports {
  const { t } = useI18n()
  const folder = ref('')
  const list = ref<readonly ShopExport[]>([])
  const error = ref('')
  const loaded = ref(false)
  const fetching = ref<{ name: string; percent: number }>()
  let asking = false
  let again = false

  async function refresh(): Promise<void> {
    // Events come faster than answers; one more question after the present one is enough.
    again = asking
    if (asking) return
    asking = true
    try {
      const found = await call('exports.list', {})
      folder.value = found.folder
      list.value = found.exports
      error.value = ''
    } catch (failure) {
      error.value = errorText(toCallError(failure))
    } finally {
      asking = false
      loaded.value = true
    }
    if (again) await refresh()
  }

  async function download({ name, bytes }: ShopExport): Promise<void> {
    fetching.value = { name, percent: 0 }
    try {
      const parts: Blob[] = []
      for (let offset = 0; offset < bytes;) {
        const part = await call('exports.read', { name, offset })
        parts.push(part)
        offset += part.size
        fetching.value = { name, percent: (offset / bytes) * 100 }
      }
      // The browser keeps large pieces on its disk, not in memory.
      saveFile(new Blob(parts, { type: 'application/zip' }), name)
      notify('success', t('exports.saved', { name }))
    } catch (failure) {
      notify('error', errorText(toCallError(failure)))
    } finally {
      fetching.value = undefined
    }
  }

  const stop = onHostEvent((event) => {
    if (event.topic === 'exports') void refresh()
  })
  onScopeDispose(stop)
  void refresh()
  return { folder, list, error, loaded, refresh, fetching, download }
}
