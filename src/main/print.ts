import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, dialog } from 'electron'
import type { Paper, PaperUse, Printer, PrintOutcome, PrintsToPdf } from '#contract/shell.ts'
import { allowPaper } from './guards.ts'
import { printOptions, sizeOf, useOf, type PaperSize } from './paper.ts'
import type { SettingsFile } from './settings-file.ts'

/** Chosen in a printer's place: the paper becomes a file. */
const toPdf: PrintsToPdf = '::pdf'
/* The viewer within the page draws after the page has loaded; it announces nothing. */
const viewerMs = 500
const printLimitMs = 60_000

export interface Printing {
  printers(): Promise<readonly Printer[]>
  /** `printer` is null where the printer's dialog has to ask. */
  paperOf(paper: Paper): { use: PaperUse; printer: string | null }
  print(paper: Paper): Promise<PrintOutcome>
}

/** Sends documents to the printers chosen for this computer; `folder` is for files on their way. */
export function createPrinting(window: BrowserWindow, settings: SettingsFile, folder: string): Printing {
  const chosenFor = (
    paper: Paper,
  ): { use: PaperUse; printer: string | null; size: PaperSize | undefined } => {
    const size = sizeOf(paper.bytes)
    const use = size === undefined ? 'a4' : useOf(size)
    return { use, size, printer: size === undefined ? null : (settings.get().printers[use] ?? null) }
  }
  return {
    async printers() {
      const found = await window.webContents.getPrintersAsync()
      return found.map(({ name, displayName }) => ({ name, label: displayName || name }))
    },
    paperOf(paper) {
      const { use, printer } = chosenFor(paper)
      return { use, printer }
    },
    async print(paper) {
      const { printer, size } = chosenFor(paper)
      if (printer === null || size === undefined) return 'no_printer'
      if (printer === toPdf) return await savePdf(window, paper)
      return (await printFile(paper, size, printer, folder).catch(() => false)) ? 'printed' : 'failed'
    },
  }
}

async function savePdf(window: BrowserWindow, paper: Paper): Promise<PrintOutcome> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), fileName(paper.name)),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  })
  if (canceled || !filePath) return 'cancelled'
  try {
    await writeFile(filePath, paper.bytes)
    return 'saved'
  } catch {
    return 'unsaved'
  }
}

/** A name without a path, whatever the page said. */
function fileName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replaceAll(/[<>:"|?*\p{Cc}]/gu, '-')
  return extname(plain).toLowerCase() === '.pdf' ? plain : `${plain || 'Benchside'}.pdf`
}

/**
 * Chromium prints a PDF from a window that shows it, silently since Electron 35 and at the size asked for since 41.
 * From a file, which is how Electron tests it itself; the window has no preload script and is never seen.
 */
async function printFile(paper: Paper, size: PaperSize, printer: string, folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${randomUUID()}.pdf`)
  await writeFile(file, paper.bytes, { mode: 0o600 })
  const sheet = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      plugins: true,
      devTools: false,
    },
  })
  try {
    const address = pathToFileURL(file).href
    allowPaper(sheet.webContents, address)
    await sheet.loadURL(address)
    await wait(viewerMs)
    const printed = new Promise<boolean>((resolve) =>
      sheet.webContents.print(printOptions(size, printer), (success) => resolve(success)),
    )
    return await Promise.race([printed, wait(printLimitMs, false)])
  } catch {
    return false
  } finally {
    if (!sheet.isDestroyed()) sheet.destroy()
    await rm(file, { force: true })
  }
}
