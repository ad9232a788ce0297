import { watch } from 'vue'
import type { Router } from 'vue-router'
import type { DesktopShell } from '#contract/shell.ts'
import { call } from '@/client/call.ts'
import { reportLoss } from '@/client/connection.ts'
import { onHostEvent } from '@/client/events.ts'
import { currentLanguage, translate } from './i18n.ts'
import { useSession } from './session.ts'

declare global {
  interface Window {
    /** Put there by the preload script of the desktop program. */
    readonly benchside?: DesktopShell
  }
}

/** What the desktop program offers this window; undefined in a browser. */
export function desktop(): DesktopShell | undefined {
  return window.benchside
}

/** Joins the window to the desktop program: links from outside, its language, news of the host, notices. */
export function joinDesktop(router: Router): void {
  const shell = desktop()
  if (!shell) return
  shell.onFollow((path) => void router.push(path))
  watch(currentLanguage, (language) => void shell.speak(language), { immediate: true })
  // Said at once, and not only when somebody next asks the host for something.
  shell.onHostState?.((state) => {
    if (state === 'restarting' || state === 'failed') void reportLoss()
  })
  watchMyJobs(shell)
}

/** One act announces itself several times. */
const gatherMs = 800

/** Tells a person who looks elsewhere that a repair was given to them, or wakes up. */
function watchMyJobs(shell: DesktopShell): void {
  const session = useSession()
  let known: { readonly userId: number; readonly states: ReadonlyMap<string, string> } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async (): Promise<void> => {
    const { user } = session
    if (!user || session.locked || !session.can('repairs.work')) return
    const jobs = await call('repairs.myJobs', {})
    const before = known?.userId === user.id ? known.states : undefined
    known = { userId: user.id, states: new Map(jobs.map(({ uid, state }) => [uid, state])) }
    if (before === undefined || document.hasFocus()) return
    for (const { uid, number, state, customerName } of jobs) {
      const woken = before.get(uid) === 'suspended' && state !== 'suspended'
      if (before.has(uid) && !woken) continue
      const title = translate(woken ? 'computer.woken' : 'computer.assigned', { number })
      await shell.notify({ title, body: customerName ?? '', path: `/repairs/${uid}` })
    }
  }
  const later = (): void => {
    clearTimeout(timer)
    // Without an answer the connection's own banner says what there is to say.
    timer = setTimeout(() => void look().catch(() => undefined), gatherMs)
  }
  onHostEvent(({ topic }) => {
    if (topic.startsWith('repairs')) later()
  })
  watch(() => session.user?.id, later, { immediate: true })
}
