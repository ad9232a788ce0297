import { Notification, type BrowserWindow } from 'electron'
import type { SystemNotice } from '#contract/shell.ts'
import type { SettingsFile } from './settings-file.ts'
import { showWindow } from './window.ts'

/** Shows notices of the page as the system's own, while nobody looks at the window; a click leads to what it is about. */
export function notifier(window: BrowserWindow, settings: SettingsFile): (notice: SystemNotice) => void {
  return ({ title, body, path }) => {
    if (window.isFocused() || !settings.get().notifications || !Notification.isSupported()) return
    const notice = new Notification({ title, body })
    notice.on('click', () => {
      showWindow(window)
      window.webContents.send('benchside:follow', path)
    })
    notice.show()
  }
}
