import { app, dialog, session, type BrowserWindow } from 'electron'
import type {
  Computer,
  ComputerChange,
  Paper,
  PrintOutcome,
  SystemNotice,
  ZoomStep,
} from '#contract/shell.ts'
import { requireOwn, type Answers } from './bridge.ts'
import { examineHost } from './examine.ts'
import { isOwnPath } from './follow.ts'
import { choicePage, originOf, type Home } from './home.ts'
import type { Printing } from './print.ts'
import type { KeptSettings, SettingsFile } from './settings-file.ts'
import { zoomPercentOf } from './window-place.ts'

/** The largest document the window prints: a list of some thousand rows with pictures stays far below. */
const largestPaperBytes = 64 * 1024 * 1024

export interface Desk {
  readonly window: BrowserWindow
  readonly home: Home
  readonly settings: SettingsFile
  readonly printing: Printing
  readonly secrets: Computer['secrets']
  readonly reportsFolder: string
  now(): number
  /** The settings or the language changed: menu and tray follow. */
  changed(): void
  notify(notice: SystemNotice): void
  zoom(step: ZoomStep): void
  restart(): void
  load(address: string): void
}

/** What the shell does for the page beside its host. Everything that comes from the page is looked at first. */
export function deskAnswers(desk: Desk): Answers {
  const { settings, printing } = desk
  const computer = (): Computer => ({
    settings: shownOf(settings.get()),
    zoomPercent: zoomPercentOf(settings.get().zoom),
    secrets: desk.secrets,
    version: app.getVersion(),
    logs: desk.reportsFolder,
  })
  return {
    computer,
    'change-computer'(given, frame): Computer {
      const change = changeIn(given)
      // Where new versions come from decides what runs here: another computer's pages have no say in it.
      if ('updates' in change) requireOwn(frame)
      settings.change(change)
      desk.changed()
      return computer()
    },
    zoom(given): Computer {
      if (given !== -1 && given !== 0 && given !== 1) throw new Error('malformed')
      desk.zoom(given)
      return computer()
    },
    printers: () => printing.printers(),
    'paper-of': (given) => printing.paperOf(paperIn(given)),
    print: (given): Promise<PrintOutcome> => printing.print(paperIn(given)),
    'choose-folder': (given) => chooseFolder(desk, given),
    notify(given) {
      desk.notify(noticeIn(given))
    },
    speak(given) {
      if (given !== 'zh-CN' && given !== 'en') throw new Error('malformed')
      settings.change({ language: given })
      desk.changed()
    },
    'choose-host'() {
      desk.load(choicePage)
    },
    'examine-host'(given, frame) {
      requireOwn(frame)
      return examineHost(textOf(given, 300), desk.now())
    },
    async 'use-host'(given, frame) {
      requireOwn(frame)
      settings.change({ chosen: true, home: homeIn(given) })
      await session.defaultSession.clearStorageData({ storages: ['cookies'] })
      desk.restart()
    },
    'retry-host'() {
      desk.load(desk.home.start)
    },
  }
}

async function chooseFolder({ window, home }: Desk, given: unknown): Promise<string | null> {
  // A folder of this computer means something only to this computer's host.
  if (home.kind !== 'own') throw new Error('forbidden')
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: textOf(given, 200),
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

function shownOf(kept: KeptSettings): Computer['settings'] {
  const { home, printers, preview, keepInTray, notifications, updates } = kept
  return { home, printers, preview, keepInTray, notifications, updates }
}

type Loose = Readonly<Record<string, unknown>>

function looseOf(given: unknown): Loose {
  if (typeof given !== 'object' || given === null) throw new Error('malformed')
  return given as Loose
}

function textOf(given: unknown, longest: number): string {
  if (typeof given !== 'string' || given.length > longest) throw new Error('malformed')
  return given
}

/** Only what a page may change; the kinds of the values are looked at where the settings are read. */
function changeIn(given: unknown): Partial<KeptSettings> {
  const names: readonly (keyof ComputerChange)[] = [
    'printers',
    'preview',
    'keepInTray',
    'notifications',
    'updates',
  ]
  const loose = looseOf(given)
  return Object.fromEntries(names.filter((name) => name in loose).map((name) => [name, loose[name]]))
}

function homeIn(given: unknown): KeptSettings['home'] {
  if (given === null) return { kind: 'own' }
  const { origin, certificate } = looseOf(given)
  const named = originOf(textOf(origin, 300))
  if (named === undefined) throw new Error('malformed')
  return {
    kind: 'other',
    origin: named,
    certificate: certificate === null ? null : textOf(certificate, 20_000),
  }
}

function paperIn(given: unknown): Paper {
  const { bytes, name } = looseOf(given)
  if (!(bytes instanceof Uint8Array) || bytes.byteLength > largestPaperBytes) throw new Error('malformed')
  return { bytes, name: textOf(name, 300) }
}

function noticeIn(given: unknown): SystemNotice {
  const { title, body, path } = looseOf(given)
  const notice = { title: textOf(title, 200), body: textOf(body, 1000), path: textOf(path, 200) }
  if (!isOwnPath(notice.path)) throw new Error('malformed')
  return notice
}
