import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, Menu, screen, session, shell, type BrowserWindow } from 'electron'
import type { Language } from '#contract/fields.ts'
import type { ZoomStep } from '#contract/shell.ts'
import { deskAnswers } from './answers.ts'
import { hostAnswers, serveBridge } from './bridge.ts'
import { systemNow } from './clock.ts'
import { askWhereToSave } from './downloads.ts'
import { followLinks } from './follow-links.ts'
import { guardPermissions } from './guards.ts'
import { choicePage, type Home } from './home.ts'
import { menuOf } from './menu.ts'
import { notifier } from './notices.ts'
import type { ShellOptions } from './options.ts'
import { quitAfter, startOwnHost, type OwnHost } from './own-host.ts'
import { createPrinting } from './print.ts'
import type { ReportLog } from './reports.ts'
import { restart } from './restart.ts'
import type { SettingsFile } from './settings-file.ts'
import { keepInTray } from './tray.ts'
import { trustOnly } from './trust.ts'
import { offerUpdate } from './updates.ts'
import { openWindow } from './window.ts'
import { serveWindowFiles } from './window-files.ts'
import { keepPlace, placeOn, zoomBy } from './window-place.ts'

export interface ShopOptions {
  readonly options: ShellOptions
  readonly data: string
  readonly profile: string
  readonly home: Home
  readonly settings: SettingsFile
  readonly reports: ReportLog
  /** A link that came before there was a window. */
  firstLink(): string | undefined
}

/** Opens the window on the shop and puts together what stands around it. Called once, when Electron is ready. */
export async function openShop(shop: ShopOptions): Promise<void> {
  const { options, data, home, settings, reports } = shop
  const root = app.getAppPath()
  const language = (): Language => options.language ?? settings.get().language ?? systemLanguage()
  guardSession(home, settings, root)
  const window = openWindow({
    root,
    devTools: !app.isPackaged,
    home,
    zoom: () => settings.get().zoom,
    ...placeOn(
      settings.get().window,
      screen.getAllDisplays().map((one) => one.workArea),
    ),
    onCrash: (reason) => reports.write(`the window ended: ${reason}`),
  })
  keepPlace(window, settings)
  app.on('window-all-closed', () => app.quit())
  app.on('child-process-gone', (_event, { type, reason }) =>
    reports.write(`a process ended: ${type}, ${reason}`),
  )

  // Asked before anything is made: a computer that only joins another's shop gets no empty shop of its own.
  const asks = home.kind === 'own' && !isSettled(shop)
  const wantsHost = home.kind === 'own' && !asks
  const own = wantsHost ? await startOwnHost({ window, root, data, options, reports, language }) : undefined
  if (wantsHost && own === undefined) {
    app.quit()
    return
  }
  if (own) quitAfter(own.keeper)
  furnish(shop, window, own, language)
  followLinks(window, shop.firstLink)
  if (home.kind === 'other') showChoiceWithout(window, home)
  load(window, asks ? choicePage : home.start)
  void offerUpdate(settings, {
    window,
    folder: shop.profile,
    language,
    load: async () => (await import('electron-updater')).default.autoUpdater,
    backUp: own ? () => own.keeper.backUp() : null,
    endHost: async () => await own?.keeper.stop(),
    report: (what) => reports.write(what),
  })
}

function guardSession(home: Home, settings: SettingsFile, root: string): void {
  const { defaultSession } = session
  guardPermissions(defaultSession, home)
  trustOnly(defaultSession, settings.get().home)
  askWhereToSave(defaultSession, home)
  serveWindowFiles(defaultSession.protocol, join(root, 'out', 'renderer'))
}

/** Menu, tray, and what the page may ask of this computer. */
function furnish(
  shop: ShopOptions,
  window: BrowserWindow,
  own: OwnHost | undefined,
  language: () => Language,
): void {
  const { home, settings, reports } = shop
  let quitting = false
  app.on('before-quit', () => (quitting = true))
  const tray = keepInTray(window, settings, {
    root: app.getAppPath(),
    canStay: own !== undefined,
    language,
    quit: () => app.quit(),
    isQuitting: () => quitting,
  })
  const zoom = (step: ZoomStep): void => zoomBy(window, step, settings)
  // The wheel with Ctrl held; Electron only says so.
  window.webContents.on('zoom-changed', (_event, direction) => zoom(direction === 'in' ? 1 : -1))
  const acts = {
    zoom,
    showComputer: () => window.webContents.send('benchside:follow', '/settings/computer'),
    chooseHost: () => load(window, choicePage),
    openReports: () => void shell.openPath(reports.folder),
  }
  const changed = (): void => {
    tray.apply()
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(process.platform, language(), acts)))
  }
  changed()
  const answers = deskAnswers({
    window,
    home,
    settings,
    printing: createPrinting(window, settings, join(shop.profile, 'printing')),
    secrets: own?.secrets ?? 'other_host',
    reportsFolder: reports.folder,
    now: systemNow,
    changed,
    notify: notifier(window, settings),
    zoom,
    restart: () => restart(process.argv.slice(1), process.env),
    load: (address) => load(window, address),
  })
  serveBridge(window, home, { ...answers, ...(own ? hostAnswers(own.keeper) : {}) })
}

/** True when it is clear whose host this computer uses: somebody said so, named a folder, or a shop is there already. */
function isSettled({ options, data, settings }: ShopOptions): boolean {
  return (
    settings.get().chosen || options.data !== undefined || options.demo || existsSync(join(data, 'shop.db'))
  )
}

/** When the other seat's host cannot be reached, the shell's own page says so and lets a person try again. */
function showChoiceWithout(window: BrowserWindow, home: Home): void {
  window.webContents.on('did-fail-load', (_event, _code, reason, address, isMainFrame) => {
    const left = reason === 'ERR_ABORTED'
    if (isMainFrame && !left && address.startsWith(home.start))
      load(window, `${choicePage}?unreachable=${encodeURIComponent(reason)}`)
  })
}

function load(window: BrowserWindow, address: string): void {
  // A page that cannot be loaded says so by an event; the promise says it a second time.
  if (!window.isDestroyed()) window.loadURL(address).catch(() => {})
}

function systemLanguage(): Language {
  return app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}
