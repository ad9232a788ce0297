import { app, type BrowserWindow } from 'electron'
import { linkIn, pathOfLink } from './follow.ts'
import { showWindow } from './window.ts'

/**
 * A second start shows the window; one with a link, and a link on macOS, leads the window to the path it names. The
 * page goes there by its own router, so nothing that was typed is lost by a page being loaded anew.
 */
export function followLinks(window: BrowserWindow, firstLink: () => string | undefined): void {
  const follow = (link: string | undefined): void => {
    showWindow(window)
    const path = link === undefined ? undefined : pathOfLink(link)
    if (path !== undefined && !window.isDestroyed()) window.webContents.send('benchside:follow', path)
  }
  app.on('second-instance', (_event, argv) => follow(linkIn(argv)))
  app.on('open-url', (_event, link) => follow(link))
  app.on('activate', () => showWindow(window))
  const first = firstLink() ?? linkIn(process.argv)
  if (first !== undefined) window.webContents.once('did-finish-load', () => follow(first))
}
