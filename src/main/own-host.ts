import { join } from 'node:path'
import { app, safeStorage, type BrowserWindow } from 'electron'
import type { Language } from '#contract/fields.ts'
import { announceHost } from './bridge.ts'
import { systemNow } from './clock.ts'
import { askToRetry, goesOnWithoutKey } from './failure.ts'
import { keepHost, type HostKeeper } from './host-keeper.ts'
import { setAside, shopKeyOf } from './key-store.ts'
import { hostArguments, type ShellOptions } from './options.ts'
import type { ReportLog } from './reports.ts'

export interface OwnHost {
  readonly keeper: HostKeeper
  readonly secrets: 'key_store' | 'file'
}

interface HostOptions {
  readonly window: BrowserWindow
  readonly root: string
  readonly data: string
  readonly options: ShellOptions
  readonly reports: ReportLog
  language(): Language
}

/** Starts this computer's host on the shop's folder; undefined when a person rather quits than goes on without its key. */
export async function startOwnHost(given: HostOptions): Promise<OwnHost | undefined> {
  const { window, data, reports, language } = given
  let key = shopKeyOf(data, safeStorage, process.platform)
  if (key.kind === 'lost') {
    reports.write('the key store does not open the shop’s key')
    if (!(await goesOnWithoutKey(window, language()))) return undefined
    setAside(data, systemNow())
    key = shopKeyOf(data, safeStorage, process.platform)
  }
  const keeper = keepHost({
    file: join(given.root, 'out', 'main', 'host.js'),
    args: hostArguments(given.options, data),
    key() {
      const now = shopKeyOf(data, safeStorage, process.platform)
      return now.kind === 'key_store' ? now.key : null
    },
    onState: (state) => announceHost(window, state),
    onFailure: (failure) =>
      void askToRetry(window, failure, data, language()).then((answer) =>
        answer === 'quit' ? app.quit() : keeper.start(answer === 'restore' ? ['--restore-newest'] : []),
      ),
    onTrouble: (what) => reports.write(what),
  })
  keeper.start()
  return { keeper, secrets: key.kind === 'key_store' ? 'key_store' : 'file' }
}

/** The host finishes what it is writing before the program ends. */
export function quitAfter(keeper: HostKeeper): void {
  let hostEnded = false
  app.on('will-quit', (event) => {
    if (hostEnded) return
    event.preventDefault()
    void keeper.stop().finally(() => {
      hostEnded = true
      app.quit()
    })
  })
}
