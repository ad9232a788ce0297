import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter, dialog, protocol } from 'electron'
import { linkScheme } from './follow.ts'
import { guardWebContents } from './guards.ts'
import { homeOf } from './home.ts'
import { readOptions } from './options.ts'
import { defaultDataFolder, profileFolder, type Places } from './places.ts'
import { openReports } from './reports.ts'
import { openSettings } from './settings-file.ts'
import { openShop } from './shop-window.ts'
import { ownScheme } from './window-files.ts'

const options = readOptions(process.argv.slice(1))
const places: Places = {
  platform: process.platform,
  appData: app.getPath('appData'),
  home: app.getPath('home'),
  dataHome: process.env['XDG_DATA_HOME'],
}
const data = options.data ?? defaultDataFolder(places, options.demo)
const profile = profileFolder(places, data)
const reports = openReports(join(profile, 'reports'))
const settings = openSettings(join(profile, 'this-computer.json'))
// Whose pages the window shows is settled once: another choice is a new start, so no guard ever changes its mind.
const home = homeOf(settings.get().home)

// All of this must stand before Electron is ready, so nothing above may be waited for.
mkdirSync(profile, { recursive: true })
app.setPath('userData', profile)
app.setPath('crashDumps', reports.folder)
crashReporter.start({ uploadToServer: false })
app.setAppUserModelId('org.benchside.desktop')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([ownScheme])
guardWebContents(app, home)
// Where the program runs from its sources, the system would start Electron without saying with what.
if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
// A terminal that was closed is no reason to stop: without a listener a failed write would end the program.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

// macOS hands a link over as an event, perhaps before there is a window.
let firstLink: string | undefined
app.on('open-url', (event, link) => {
  event.preventDefault()
  firstLink = link
})

if (app.requestSingleInstanceLock()) {
  void app
    .whenReady()
    .then(() => openShop({ options, data, profile, home, settings, reports, firstLink: () => firstLink }))
    .catch(giveUp)
} else app.quit()

/** A bug in the lines above: better a plain message than a program without a window. */
function giveUp(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  reports.write(text)
  dialog.showErrorBox('Benchside', text)
  app.exit(1)
}
