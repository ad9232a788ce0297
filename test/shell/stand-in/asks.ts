/** What a test asks of a running shell: the stand-in answers, the shell's own code does the work. */
export interface Asks {
  /** What the shell has set up so far. */
  facts(): Facts
  /** Fetches an address of the shell's own scheme, as the window's network layer does. */
  fetch(address: string, method?: string): Promise<FileAnswer>
  /** A page or a frame sets off for another address. Answers true when the shell lets it go. */
  navigates(address: string, from: 'page' | 'frame' | 'other contents' | 'redirect'): boolean
  /** A page opens a window. Answers true when the shell lets it. */
  opens(address: string, from: 'page' | 'other contents'): boolean
  /** A page holds a <webview>. */
  attachesWebview(): boolean
  /** A page asks for a permission. */
  requests(permission: string, from: string, details?: PermissionDetails): boolean
  /** A page checks for a permission, or Chromium does. */
  checks(permission: string, from: string, details?: PermissionDetails): boolean
  usesDevice(): boolean
  /** Calls the shell over IPC from somewhere; answers what came back, or that it was refused. */
  invokes(
    channel: string,
    from: 'page' | 'foreign page' | 'other host' | 'frame' | 'other window' | 'gone frame',
    given?: unknown,
  ): Promise<string>
  /** The same from a frame within the page, in a real Chromium. */
  invokesFromFrame(channel: string): Promise<string>
  /** macOS hands a link over. */
  opensLink(link: string): void
  /** The person looks at the window, or away. */
  looks(at: boolean): void
  /** What the next dialog for a file or folder answers; undefined: cancelled. */
  choosesPath(path: string | undefined): void
  clicksNotice(): void
  clicksTray(): void
  choosesInMenu(label: string): void
  /** The person turns the mouse wheel with Ctrl held. */
  turnsWheel(direction: 'in' | 'out'): void
  /** The page offers a file to be saved; answers the dialog's options, or that it is refused. */
  offersFile(url: string, name: string): Record<string, unknown> | 'refused'
  quits(): void
  /** The page asks for a port to the host and keeps it. */
  connects(): Promise<void>
  /** The page calls a method of the contract over its port. */
  calls(method: string, input: unknown): Promise<unknown>
  /** Waits until the page's port is closed from the other side. */
  portCloses(): Promise<void>
  /** What the preload exposed to the page, by name. */
  exposes(): Record<string, Record<string, string>>
  reloads(): void
  /** The window's process crashes. */
  crashes(): void
  closesWindow(): void
  /** A person presses a button of the message box that is open. */
  presses(button: number): void
}

export interface Facts {
  readonly windows: readonly Record<string, unknown>[]
  readonly loads: number
  readonly address: string
  readonly shown: { readonly show: number; readonly focus: number }
  readonly schemes: readonly unknown[]
  readonly sandboxed: boolean
  readonly userData: string
  readonly hosts: readonly {
    readonly pid: number | null
    readonly args: readonly string[]
    readonly at: number
  }[]
  readonly hostStates: readonly string[]
  readonly boxes: readonly Record<string, unknown>[]
  readonly system: {
    /** Labels of all entries, in order. */
    readonly menu: readonly string[]
    readonly inTray: boolean
    readonly hidden: boolean
    readonly maximized: boolean
    readonly zoom: number
    readonly notices: readonly Record<string, unknown>[]
    readonly printed: readonly {
      readonly file: string
      readonly existed: boolean
      readonly options: Record<string, unknown>
    }[]
    readonly dialogs: readonly Record<string, unknown>[]
    readonly opened: readonly string[]
    readonly crashReporter: Record<string, unknown> | undefined
  }
}

export interface FileAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly text: string
}

export interface PermissionDetails {
  readonly isMainFrame?: boolean
  readonly mediaTypes?: readonly string[]
  readonly mediaType?: string
}

export interface Question {
  readonly id: number
  readonly ask: keyof Asks
  readonly args: readonly unknown[]
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string }
