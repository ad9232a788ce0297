import { writeFileSync } from 'node:fs'
import { app } from 'electron'

/** What of the environment says how this program was started. */
export interface Started {
  /** The AppImage it came in. */
  readonly APPIMAGE?: string | undefined
  /** Where `npm start` looks whether the program that ended is to be started again. */
  readonly BENCHSIDE_RESTART_NOTE?: string | undefined
}

/**
 * Ends the program and starts it again, with the same words. An AppImage has to be named itself: what runs is a copy
 * that is gone when the program ends. What `npm start` opened is opened again by it, so that the terminal it stands in
 * still ends it.
 */
export function restart(argv: readonly string[], started: Started): void {
  if (!leftNote(started.BENCHSIDE_RESTART_NOTE)) relaunch(argv, started.APPIMAGE)
  app.quit()
}

function relaunch(argv: readonly string[], appImage: string | undefined): void {
  const args = argv.filter((word) => !word.startsWith('benchside:'))
  if (appImage === undefined) app.relaunch({ args })
  else app.relaunch({ execPath: appImage, args: ['--appimage-extract-and-run', ...args] })
}

function leftNote(file: string | undefined): boolean {
  if (file === undefined) return false
  try {
    writeFileSync(file, '')
    return true
  } catch {
    // The one who would read it is gone, and its folder with it.
    return false
  }
}
