import type { Language } from './fields.ts'

/*
 * What the desktop program gives the window besides its host. Types only: the shell's own code imports nothing else of
 * the contract. A window in a browser has none of it, so every use asks first whether it is there.
 */

/** Whether there is a host to talk to. `failed`: it said why it cannot run and waits for a person. */
export type HostState = 'starting' | 'ready' | 'restarting' | 'failed' | 'stopped'

/** What comes out of a printer of its own: by the paper, because that is what a printer is loaded with. */
export type PaperUse = 'receipt_80' | 'receipt_58' | 'label' | 'a5' | 'a4'

/** No printer but a file: the person is asked where to. */
export type PrintsToPdf = '::pdf'

/** Which host this computer's window is of. */
export type HostHome =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'other'
      /** Origin of the other seat's host: `https://192.168.1.20:8443`. */
      readonly origin: string
      /** PEM of the certificate it is recognised by; null over plain HTTP, or when the system trusts it anyway. */
      readonly certificate: string | null
    }

/** What this computer, and no other, remembers. */
export interface ComputerSettings {
  readonly home: HostHome
  /** The system's name of the printer for each paper; absent: the printer's dialog asks. */
  readonly printers: Readonly<Partial<Record<PaperUse, string>>>
  /** Show a paper before it is printed. */
  readonly preview: boolean
  /** Closing the window leaves the host running for the other seats. */
  readonly keepInTray: boolean
  readonly notifications: boolean
  readonly updates: {
    /** Ask at each start whether there is a newer version. */
    readonly check: boolean
    /** Folder on the web with the versions: https only. Empty: none. */
    readonly address: string
  }
}

/** `home` is changed by `useHost`, after the host was examined. */
export type ComputerChange = Partial<Omit<ComputerSettings, 'home'>>

export interface Computer {
  readonly settings: ComputerSettings
  /** The size of the window's contents, in per cent. */
  readonly zoomPercent: number
  /** Where the shop's secrets are kept: by the system, or in a file of the shop's folder. */
  readonly secrets: 'key_store' | 'file' | 'other_host'
  readonly version: string
  readonly logs: string
}

export interface Printer {
  /** The system's name, which is what is kept. */
  readonly name: string
  /** The name people know it by. */
  readonly label: string
}

/** `no_printer`: none is chosen for this paper, so the printer's dialog has to ask. `unsaved`: the file cannot be written there. */
export type PrintOutcome = 'printed' | 'saved' | 'unsaved' | 'cancelled' | 'no_printer' | 'failed'

export interface Paper {
  readonly bytes: Uint8Array
  /** The file's name, when it is saved. */
  readonly name: string
}

/** What was found at an address. The certificate is there when only its fingerprint can tell whose it is. */
export type HostExamined =
  | {
      readonly found: true
      readonly origin: string
      readonly version: string
      readonly certificate: { readonly pem: string; readonly sha256: string; readonly name: string } | null
    }
  | { readonly found: false; readonly reason: 'address' | 'unreachable' | 'not_benchside' }

export interface SystemNotice {
  readonly title: string
  readonly body: string
  /** Where a click leads: a path of the window. */
  readonly path: string
}

export type ZoomStep = -1 | 0 | 1

/** `window.benchside`, as the preload script gives it to our own pages. */
export interface DesktopShell {
  readonly platform: string
  readonly versions: { readonly electron: string; readonly chrome: string }
  /** Absent when the page comes from another seat's host: then calls go to where the page came from. */
  readonly connect?: () => Promise<void>
  readonly onHostState?: (callback: (state: HostState) => void) => () => void
  /** Calls back with a path of the window that a link from outside leads to. */
  onFollow(callback: (path: string) => void): () => void
  computer(): Promise<Computer>
  changeComputer(change: ComputerChange): Promise<Computer>
  /** Makes everything larger (1), smaller (-1) or its own size (0). */
  zoom(step: ZoomStep): Promise<Computer>
  printers(): Promise<readonly Printer[]>
  /** Which paper a PDF is and which printer it would go to. */
  paperOf(paper: Paper): Promise<{ readonly use: PaperUse; readonly printer: string | null }>
  print(paper: Paper): Promise<PrintOutcome>
  /** Absolute path of a folder of this computer, or null. Absent for another seat's host. */
  readonly chooseFolder?: (title: string) => Promise<string | null>
  notify(notice: SystemNotice): Promise<void>
  /** The window's language, for menus and messages of the shell. */
  speak(language: Language): Promise<void>
  /** Opens the shell's own page on which the host is chosen; the two that follow are answered there only. */
  chooseHost(): Promise<void>
  examineHost(address: string): Promise<HostExamined>
  /** Keeps the choice and starts the program anew. Null: this computer is the host itself. */
  useHost(choice: { readonly origin: string; readonly certificate: string | null } | null): Promise<void>
  /** Loads the other host's pages again, after it could not be reached. */
  retryHost(): Promise<void>
}
