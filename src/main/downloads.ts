import { basename, dirname, extname, join } from 'node:path'
import { app, type Session } from 'electron'
import type { Home } from './home.ts'

/**
 * What a page offers to save (a PDF, a list as CSV) goes where the person says, with the system's own dialog, which
 * opens at the place of the last one. Only our own pages offer anything.
 */
export function askWhereToSave(session: Session, home: Home): void {
  let folder: string | undefined
  session.on('will-download', (event, item) => {
    if (!home.isContent(item.getURL())) {
      event.preventDefault()
      return
    }
    const name = basename(item.getFilename())
    const ending = extname(name).slice(1)
    item.setSaveDialogOptions({
      defaultPath: join(folder ?? app.getPath('documents'), name),
      filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
    })
    item.once('done', (_event, state) => {
      if (state === 'completed') folder = dirname(item.getSavePath())
    })
  })
}
