import { onScopeDispose, ref, shallowRef } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import { call, errorText, notify, onHostEvent, toCallError, type CallError } from '@/client/index.ts'

export type Overview = OutputOf<'backups.overview'>
export type BackupRow = Overview['backups'][number]

/** What there is of backups and what is being done about them, asked again whenever the host says so. */
export function useBackups() {
  const overview = shallowRef<Overview>()
  const error = ref<CallError | null>(null)
  let asking = false
  let again = false
  async function refetch(): Promise<void> {
    if (asking) {
      again = true
      return
    }
    asking = true
    try {
      do {
        again = false
        overview.value = await call('backups.overview', {})
      } while (again)
      error.value = null
    } catch (caught) {
      error.value = toCallError(caught)
    } finally {
      asking = false
    }
  }
  onScopeDispose(
    onHostEvent(({ topic }) => {
      if (topic === 'backups' || topic === 'settings') void refetch()
    }),
  )
  void refetch()
  return { overview, error, refetch }
}

/** Asks for something that needs to be told nothing; a failure is shown. */
export async function askFor(name: 'backups.make' | 'backups.dropRehearsal'): Promise<void> {
  try {
    await call(name, {})
  } catch (error) {
    notify('error', errorText(toCallError(error)))
  }
}

const units = ['B', 'KB', 'MB', 'GB', 'TB']

/** A size as file managers show it. */
export function fileSize(bytes: number, formatNumber: (value: number) => string): string {
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  const rounded = value < 10 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value)
  return `${formatNumber(rounded)} ${units[unit] ?? ''}`
}
