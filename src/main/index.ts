import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, Menu, protocol, session } from 'electron'
import type { Language } from '#contract/fields.ts'
import { announceHost, serveBridge } from './bridge.ts'
import { askToRetry } from './failure.ts'
import { guardPermissions, guardWebContents } from './guards.ts'
import { keepHost, type HostKeeper } from './host-keeper.ts'
import { hostArguments, readOptions } from './options.ts'
import { defaultDataFolder, profileFolder, type Places } from './places.ts'
import { openWindow, showWindow } from './window.ts'
import { ownScheme, serveWindowFiles } from './window-files.ts'

const options = readOptions(process.argv.slice(1))
const places: Places = {
  platform: process.platform,
  appData: app.getPath('appData'),
  home: app.getPath('home'),
  dataHome: process.env['XDG_DATA_HOME'],
}
const data = options.data ?? defaultDataFolder(places, options.demo)
const profile = profileFolder(places, data)

// All of this must stand before Electron is ready, so nothing above may be waited for.
mkdirSync(profile, { recursive: true })
app.setPath('userData', profile)
app.setAppUserModelId('org.benchside.desktop')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([ownScheme])
guardWebContents(app)
// A terminal that was closed is no reason to stop: without a listener a failed write would end the program.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

if (app.requestSingleInstanceLock()) void app.whenReady().then(open).catch(giveUp)
else app.quit()

function open(): void {
  const root = app.getAppPath()
  guardPermissions(session.defaultSession)
  serveWindowFiles(session.defaultSession.protocol, join(root, 'out', 'renderer'))
  setMenu()
  const window = openWindow({ root, devTools: !app.isPackaged })
  const host = keepHost({
    file: join(root, 'out', 'main', 'host.js'),
    args: hostArguments(options, data),
    onState: (state) => announceHost(window, state),
    onFailure: (failure) =>
      void askToRetry(window, failure, data, language()).then((again) => (again ? host.start() : app.quit())),
  })
  serveBridge(window, host)
  host.start()
  app.on('second-instance', () => showWindow(window))
  app.on('window-all-closed', () => app.quit())
  quitAfter(host)
}

/** A bug in the lines above: better a plain message than a program without a window. */
function giveUp(error: unknown): void {
  dialog.showErrorBox('Benchside', error instanceof Error ? (error.stack ?? error.message) : String(error))
  app.exit(1)
}

/** The host finishes what it is writing before the program ends. */
function quitAfter(host: HostKeeper): void {
  let hostEnded = false
  app.on('will-quit', (event) => {
    if (hostEnded) return
    event.preventDefault()
    void host.stop().finally(() => {
      hostEnded = true
      app.quit()
    })
  })
}

/** macOS takes copy and paste from the menu; elsewhere a page has them without one. */
function setMenu(): void {
  const mac = process.platform === 'darwin'
  Menu.setApplicationMenu(
    mac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  )
}

function language(): Language {
  return options.language ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
}
