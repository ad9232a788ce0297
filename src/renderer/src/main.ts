import './app/theme/index.ts'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { desktop, joinDesktop } from './app/desktop.ts'
import { i18n } from './app/i18n.ts'
import { usePreferences } from './app/preferences.ts'
import { followTitle, router } from './app/router.ts'
import { watchScanner } from './app/scanner.ts'
import { useSession } from './app/session.ts'
import { pause } from './client/connection.ts'

const app = createApp(App)
const pinia = createPinia()
app.use(pinia)
/* Events of the host say when an answer is old; the half minute is for what time itself makes old. */
app.use(PiniaColada, { queryOptions: { staleTime: 30_000, gcTime: 300_000 } })
app.use(i18n)
usePreferences(pinia)

/** The first question to the host decides between set-up, login and shell; without an answer it is asked again. */
async function start(): Promise<void> {
  const session = useSession(pinia)
  for (let answered = false; !answered;) {
    try {
      await session.refresh()
      answered = true
    } catch {
      await pause(1000)
    }
  }
  app.use(router)
  followTitle()
  watchScanner()
  joinDesktop(router)
  app.mount('#app')
}

/** Before there is a host, the desktop program asks which one it is to be. */
async function chooseHost(): Promise<void> {
  const { default: HostChoicePage } = await import('./features/host-choice/HostChoicePage.vue')
  const page = createApp(HostChoicePage)
  page.use(pinia)
  page.use(i18n)
  page.mount('#app')
}

void (desktop() && location.pathname === '/connect' ? chooseHost() : start())
