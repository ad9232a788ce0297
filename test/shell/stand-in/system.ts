import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'

/* What of the system the shell uses: screens, menus, the tray, boxes, notices, the key store, printers. Everything is
 * recorded; a test plays what the person or the system does. */

type Fields = Record<string, unknown>

export const system = {
  /** The application's menu as it was last set; null: none. */
  menu: null as Fields[] | null,
  tray: undefined as Tray | undefined,
  notices: [] as Notification[],
  opened: [] as string[],
  relaunches: [] as Fields[],
  protocols: [] as string[],
  crashReporter: undefined as Fields | undefined,
  /** Documents that went to a printer. */
  printed: [] as { file: string; existed: boolean; options: Fields }[],
  boxes: [] as { options: Fields; answer: (response: number) => void }[],
  /** What the next dialog for a file or folder answers. */
  chosenPath: undefined as string | undefined,
  dialogs: [] as Fields[],
}

export const printers = [
  { name: 'Brother_QL_820NWB', displayName: 'Label printer' },
  { name: 'EPSON_TM_T20', displayName: 'Receipts' },
  { name: 'Office_A4', displayName: '' },
]

export const crashReporter = { start: (options: Fields) => void (system.crashReporter = options) }

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1280, height: 760 } }],
}

export const shell = {
  openPath(path: string): Promise<string> {
    system.opened.push(path)
    return Promise.resolve('')
  },
}

/* A key store that turns the bytes around; STANDIN_KEYRING names its secret, without which nothing opens. */
export const safeStorage = {
  isEncryptionAvailable: () => process.env['STANDIN_KEYRING'] !== undefined,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from(`${process.env['STANDIN_KEYRING']}:${text}`).reverse(),
  decryptString(sealed: Buffer): string {
    const [secret, text] = Buffer.from(sealed).reverse().toString('utf8').split(':')
    if (secret !== process.env['STANDIN_KEYRING'] || text === undefined)
      throw new Error('cannot be decrypted')
    return text
  },
}

export class Notification extends EventEmitter {
  readonly options: Fields
  static isSupported(): boolean {
    return true
  }

  constructor(options: Fields) {
    super()
    this.options = options
  }

  show(): void {
    system.notices.push(this)
  }
}

export class Tray extends EventEmitter {
  readonly picture: string
  menu: Fields[] = []

  constructor(picture: string) {
    super()
    if (!existsSync(picture)) throw new Error(`there is no picture ${picture}`)
    this.picture = picture
    system.tray = this
  }

  setToolTip(_text: string): void {}

  setContextMenu(menu: Fields[]): void {
    this.menu = menu
  }

  destroy(): void {
    system.tray = undefined
  }
}

export const Menu = {
  setApplicationMenu: (menu: Fields[] | null) => void (system.menu = menu),
  buildFromTemplate: (template: Fields[]): Fields[] => template,
}

export const dialog = {
  showMessageBox(...given: Fields[]): Promise<{ response: number }> {
    const { promise, resolve } = Promise.withResolvers<{ response: number }>()
    system.boxes.push({ options: given.at(-1) ?? {}, answer: (response) => resolve({ response }) })
    return promise
  },
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`)
  },
  showSaveDialog(_window: object, options: Fields): Promise<{ canceled: boolean; filePath: string }> {
    system.dialogs.push(options)
    const { chosenPath } = system
    return Promise.resolve({ canceled: chosenPath === undefined, filePath: chosenPath ?? '' })
  },
  showOpenDialog(_window: object, options: Fields): Promise<{ canceled: boolean; filePaths: string[] }> {
    system.dialogs.push(options)
    const { chosenPath } = system
    return Promise.resolve({
      canceled: chosenPath === undefined,
      filePaths: chosenPath === undefined ? [] : [chosenPath],
    })
  },
}
