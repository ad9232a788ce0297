import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import type { Permission } from '#contract/permissions.ts'
import { call, onSessionLost } from '@/client/call.ts'
import { setShopFormat } from './format.ts'
import { usePreferences } from './preferences.ts'
import { useRestored } from './restored.ts'

type State = OutputOf<'session.state'>
export type SignedIn = NonNullable<State['session']>

const lockedKey = 'benchside.locked'

/** Who is at this seat, and what every seat may know of the shop. Everything else comes from queries. */
export const useSession = defineStore('session', () => {
  const state = ref<State>()
  /** The page stays beneath; a person must prove themselves before it can be used on. */
  const locked = ref(sessionStorage.getItem(lockedKey) === 'yes')
  /** The host no longer knows this seat: only a password opens it. */
  const ended = ref(false)
  /** Perhaps because the shop's data was exchanged for a backup, which concerns everybody. */
  const { restored, compare, look } = useRestored()
  const preferences = usePreferences()

  const signedIn = computed(() => state.value?.session ?? null)
  const user = computed(() => signedIn.value?.user ?? null)
  const shop = computed(() => state.value?.shop ?? null)
  const permissions = computed(() => new Set<string>(signedIn.value?.permissions))

  function take(next: State): void {
    state.value = next
    compare(next)
    if (!next.shop) return
    setShopFormat(next.shop.timeZone, next.shop.currency)
    // Somebody may have given the seat another name from elsewhere.
    if (next.session) preferences.seatName = next.session.seat.name
    preferences.proposeLanguage(next.session?.user.language ?? next.shop.defaultLanguage)
  }

  /** Asks the host who is here. Throws CallError when it does not answer. */
  async function refresh(): Promise<void> {
    take(await call('session.state', {}))
  }

  /** After a login or a switch of person: their language, and the page is theirs. */
  async function entered(by: SignedIn): Promise<void> {
    await refresh()
    if (by.user.language) preferences.language = by.user.language
    unlock()
  }

  function lock(): void {
    locked.value = true
    sessionStorage.setItem(lockedKey, 'yes')
  }

  function unlock(): void {
    locked.value = false
    ended.value = false
    restored.value = false
    sessionStorage.removeItem(lockedKey)
  }

  /** Ends the session here; the page is left by whoever called. */
  async function logout(): Promise<void> {
    await call('session.logout', {})
    unlock()
    await refresh()
  }

  onSessionLost(() => {
    // Somebody was at work here: keep the page as it is and ask for the person over it.
    if (!signedIn.value) return
    ended.value = true
    lock()
    look()
  })

  return {
    state,
    locked,
    ended,
    restored,
    signedIn,
    user,
    shop,
    permissions,
    refresh,
    entered,
    lock,
    logout,
    can: (permission: Permission): boolean => permissions.value.has(permission),
  }
})
