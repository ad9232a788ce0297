import { onScopeDispose, shallowRef } from 'vue'
import type { Sharing } from '#contract/seats.ts'
import type { FieldError } from '#contract/errors.ts'
import { call, onHostEvent } from '@/client/index.ts'

/** How this computer is shared right now; asked again whenever the host says that it changed. */
export function useSharing() {
  const status = shallowRef<Sharing>()
  const ask = (): void => {
    // Without an answer the last one stays: the banner over the page says that the host is away.
    void call('seats.sharing', {}).then(
      (found) => (status.value = found),
      () => undefined,
    )
  }
  ask()
  onScopeDispose(onHostEvent(({ topic }) => (topic === 'sharing' || topic === 'settings') && ask()))
  return status
}

/** What is wrong with sharing, at the fields of its form. */
export function sharingErrors(status: Sharing): FieldError[] {
  if (!status.on) return []
  const params = { port: status.port }
  if (status.interfaceGone) return [{ path: 'lanInterface', code: 'lan.interface_gone', params: {} }]
  return status.addresses.flatMap(({ state, address }): FieldError[] => {
    switch (state) {
      case 'port_taken':
        return [{ path: 'lanPort', code: 'lan.port_taken', params }]
      case 'port_forbidden':
        return [{ path: 'lanPort', code: 'lan.port_forbidden', params }]
      case 'address_gone':
        return [{ path: 'lanInterface', code: 'lan.interface_gone', params: {} }]
      case 'outside':
        return [{ path: 'lanHttps', code: 'lan.outside', params: { address } }]
      case 'failed':
        return [{ path: 'lanSharing', code: 'lan.failed', params: { address } }]
      default:
        return []
    }
  })
}
