import type { App, Session, WebContents } from 'electron'
import { isOwnContent, isOwnPage } from './own-page.ts'

/**
 * Whatever web contents come to be, and by whatever way: they stay on our own pages, open no window and hold
 * no other web contents.
 */
export function guardWebContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_created, contents) => keepAtHome(contents))
}

function keepAtHome(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    const allowed = event.isMainFrame ? isOwnPage(event.url) : isOwnContent(event.url)
    if (!allowed) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // Nothing in the window leads to another window or to the web yet, so there is nothing to allow.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/**
 * Pages may ask the system for two things: the camera, to photograph a device at intake, and to put text on
 * the clipboard. Everything else is refused, for our own pages too.
 */
export function guardPermissions(session: Session): void {
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

function isAllowed(permission: string, from: string, isMainFrame: boolean, camera: boolean): boolean {
  if (!isMainFrame || !isOwnPage(from)) return false
  return permission === 'clipboard-sanitized-write' || (permission === 'media' && camera)
}
