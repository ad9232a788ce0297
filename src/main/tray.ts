import { join } from 'node:path'
import { Menu, Tray, type BrowserWindow } from 'electron'
import type { Language } from '#contract/fields.ts'
import type { SettingsFile } from './settings-file.ts'
import { showWindow } from './window.ts'
import { say } from './words.ts'

export interface TrayKeeper {
  /** Brings the tray in line with the settings and the language. */
  apply(): void
}

/**
 * While the settings say so, closing the window leaves the program in the tray: the host goes on for the other seats.
 * `canStay` is false for a window of another seat's host, which has nothing to go on with.
 */
export function keepInTray(
  window: BrowserWindow,
  settings: SettingsFile,
  how: {
    readonly root: string
    readonly canStay: boolean
    language(): Language
    quit(): void
    isQuitting(): boolean
  },
): TrayKeeper {
  let tray: Tray | undefined
  const wanted = (): boolean => how.canStay && settings.get().keepInTray
  window.on('close', (event) => {
    if (how.isQuitting() || tray === undefined || !wanted()) return
    event.preventDefault()
    window.hide()
  })
  return {
    apply() {
      if (!wanted()) {
        tray?.destroy()
        tray = undefined
        return
      }
      if (tray === undefined) {
        tray = new Tray(
          join(how.root, 'resources', 'icons', process.platform === 'darwin' ? '16x16.png' : '32x32.png'),
        )
        tray.on('click', () => showWindow(window))
      }
      tray.setToolTip('Benchside')
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: say(how.language(), 'open'), click: () => showWindow(window) },
          { label: say(how.language(), 'quit'), click: how.quit },
        ]),
      )
    },
  }
}
