import type { App, Session, WebContents } from 'electron'
import type { Home } from './home.ts'

/** The one document that a hidden printing window shows, by its web contents. */
const papers = new WeakMap<WebContents, string>()

/** Lets web contents show one file of our own besides the pages; for printing, where there is no page. */
export function allowPaper(contents: WebContents, address: string): void {
  papers.set(contents, address)
}

/**
 * Whatever web contents come to be, and by whatever way: they stay on the pages of `home`, open no window and hold no
 * other web contents.
 */
export function guardWebContents(app: Pick<App, 'on'>, home: Home): void {
  app.on('web-contents-created', (_created, contents) => keepAtHome(contents, home))
}

function keepAtHome(contents: WebContents, home: Home): void {
  const isPaper = (address: string): boolean => papers.get(contents) === address
  contents.on('will-navigate', (event) => {
    if (!home.isPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    const allowed = event.isMainFrame
      ? home.isPage(event.url)
      : home.isContent(event.url) || isPaper(event.url)
    if (!allowed) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!home.isPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // Nothing in the window leads to another window or to the web yet, so there is nothing to allow.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/**
 * Pages may ask the system for two things: the camera, to photograph a device at intake, and to put text on
 * the clipboard. Everything else is refused, for our own pages too.
 */
export function guardPermissions(session: Session, home: Home): void {
  const isAllowed = (permission: string, from: string, isMainFrame: boolean, camera: boolean): boolean => {
    if (!isMainFrame || !home.isPage(from)) return false
    return permission === 'clipboard-sanitized-write' || (permission === 'media' && camera)
  }
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const camera = media.length > 0 && media.every((type) => type === 'video')
    callback(isAllowed(permission, details.requestingUrl, details.isMainFrame, camera))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isAllowed(permission, origin, details.isMainFrame, details.mediaType === 'video'),
  )
  session.setDevicePermissionHandler(() => false)
}
