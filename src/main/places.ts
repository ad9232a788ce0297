import { createHash } from 'node:crypto'
import { join } from 'node:path'

export interface Places {
  readonly platform: NodeJS.Platform
  /** The user's folder for application data, as Electron names it. */
  readonly appData: string
  readonly home: string
  /** XDG_DATA_HOME, where it is set. */
  readonly dataHome: string | undefined
}

/** Where the shop's folder lies when nobody names another: the same place that `npm start` uses. */
export function defaultDataFolder(places: Places, demo: boolean): string {
  if (places.platform === 'win32' || places.platform === 'darwin') {
    return join(places.appData, demo ? 'Benchside-demo' : 'Benchside')
  }
  const folder = places.dataHome || join(places.home, '.local', 'share')
  return join(folder, demo ? 'benchside-demo' : 'benchside')
}

/**
 * Where Chromium keeps its own files for the window of one shop. Not in the shop's folder: that one is backed
 * up and may lie on a USB stick. One place per shop, because Electron's single-instance lock goes by this
 * folder: a second start with the same shop finds the first, a start with another shop opens beside it.
 */
export function profileFolder(places: Places, data: string): string {
  const shop = createHash('sha256').update(data).digest('hex').slice(0, 16)
  return join(places.appData, 'benchside-window', shop)
}
