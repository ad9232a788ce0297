import { app } from 'electron'

/**
 * Ends the program and starts it again, with the same words. An AppImage has to be named itself: what runs is a copy
 * that is gone when the program ends.
 */
export function restart(argv: readonly string[], appImage: string | undefined): void {
  const args = argv.filter((word) => !word.startsWith('benchside:'))
  if (appImage === undefined) app.relaunch({ args })
  else app.relaunch({ execPath: appImage, args: ['--appimage-extract-and-run', ...args] })
  app.quit()
}
