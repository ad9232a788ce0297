import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import type { Language } from '#contract/fields.ts'
import type { SettingsFile } from './settings-file.ts'
import { say } from './words.ts'

/** What of electron-updater is used here. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  updateConfigPath: string | null
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(): void
}

export interface UpdateWays {
  readonly window: BrowserWindow
  readonly folder: string
  language(): Language
  load(): Promise<Updater>
  /** Null when this computer is not the shop's host, so that there is nothing to back up. */
  readonly backUp: (() => Promise<boolean>) | null
  /** Ends the host, so that no file is in use when it is replaced. */
  endHost(): Promise<void>
  report(what: string): void
}

/** Asks for a newer version, if this computer is set to, and installs it only when a person says so and a backup was made. */
export async function offerUpdate(settings: SettingsFile, ways: UpdateWays): Promise<void> {
  const { check, address } = settings.get().updates
  if (!check || address === '') return
  try {
    const updater = await ways.load()
    updater.autoDownload = false
    updater.autoInstallOnAppQuit = false
    updater.updateConfigPath = configIn(ways.folder, address)
    const found = await updater.checkForUpdates()
    if (found?.isUpdateAvailable && (await wantsIt(ways, found.updateInfo.version)))
      await install(updater, ways)
  } catch (error) {
    // No connection is the usual reason; the next start asks again.
    ways.report(`no update: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** No address is packed into the program, so the updater is told its own by a file; JSON is YAML too. */
function configIn(folder: string, address: string): string {
  const file = join(folder, 'updates.yml')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    file,
    JSON.stringify({ provider: 'generic', url: address, updaterCacheDirName: 'benchside-updater' }),
  )
  return file
}

async function wantsIt(ways: UpdateWays, version: string): Promise<boolean> {
  const language = ways.language()
  const backs = ways.backUp !== null
  const { response } = await dialog.showMessageBox(ways.window, {
    type: 'question',
    title: 'Benchside',
    message: say(language, 'updateTitle', { version }),
    detail: say(language, backs ? 'updateText' : 'updateTextOther'),
    buttons: [say(language, backs ? 'updateNow' : 'updateNowOther'), say(language, 'later')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

async function install(updater: Updater, ways: UpdateWays): Promise<void> {
  if (ways.backUp !== null && !(await ways.backUp())) {
    await refuse(ways, 'updateNoBackup')
    return
  }
  try {
    await updater.downloadUpdate()
  } catch (error) {
    ways.report(`the update was not fetched: ${error instanceof Error ? error.message : String(error)}`)
    await refuse(ways, 'updateNoDownload')
    return
  }
  await ways.endHost()
  updater.quitAndInstall()
}

async function refuse(ways: UpdateWays, why: 'updateNoBackup' | 'updateNoDownload'): Promise<void> {
  const language = ways.language()
  await dialog.showMessageBox(ways.window, {
    type: 'error',
    title: 'Benchside',
    message: say(language, 'updateFailed'),
    detail: say(language, why),
    buttons: [say(language, 'ok')],
    noLink: true,
  })
}
