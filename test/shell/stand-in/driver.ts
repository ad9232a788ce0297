import type { Asks, PermissionDetails, Question, Reply } from './asks.ts'
import { app, BrowserWindow, installed, invokeFrom } from './electron.ts'
import { exposed } from './page.ts'
import { system } from './system.ts'
import { forked } from './utility-process.ts'
import { Frame } from './frame.ts'
import { WebContents } from './web-contents.ts'

/* Loaded before the shell: answers the test's questions, which come over the pipe to the test's process. */

const asks: Asks = {
  facts: () => {
    const { webContents, shown } = theWindow()
    return {
      windows: BrowserWindow.all.map((window) => window.options),
      loads: webContents.loads,
      address: webContents.mainFrame.url,
      shown,
      schemes: installed.schemes,
      sandboxed: app.sandboxed,
      userData: app.getPath('userData'),
      hosts: forked.map(({ process, args, at }) => ({ pid: process.pid ?? null, args, at })),
      hostStates: webContents.page?.hostStates ?? [],
      boxes: system.boxes.map((box) => box.options),
      system: {
        menu: menuItems().map((one) => String(one['label'] ?? one['type'])),
        inTray: system.tray !== undefined,
        hidden: theWindow().hidden,
        maximized: theWindow().maximized,
        zoom: webContents.zoom,
        notices: system.notices.map(({ options }) => options),
        printed: system.printed,
        dialogs: system.dialogs,
        opened: system.opened,
        crashReporter: system.crashReporter,
      },
    }
  },
  async fetch(address, method = 'GET') {
    const answer = (await handler('app')({ url: address, method })) as Response
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
  },
  navigates(address, from) {
    const contents = from === 'other contents' ? otherContents() : theWindow().webContents
    const events = from === 'page' || from === 'other contents' ? ['will-navigate'] : []
    events.push(from === 'redirect' ? 'will-redirect' : 'will-frame-navigate')
    return events.every((event) =>
      isAllowed(contents, event, { url: address, isMainFrame: from !== 'frame' }),
    )
  },
  opens(address, from) {
    const contents = from === 'page' ? theWindow().webContents : otherContents()
    return contents.windowOpenHandler({ url: address }).action !== 'deny'
  },
  attachesWebview: () => isAllowed(theWindow().webContents, 'will-attach-webview', {}),
  requests(permission, from, details = {}) {
    let granted: boolean | undefined
    const given = { requestingUrl: from, ...detailsOf(details) }
    handler('permission-request')(
      theWindow().webContents,
      permission,
      (yes: boolean) => (granted = yes),
      given,
    )
    if (granted === undefined) throw new Error('the request was not answered')
    return granted
  },
  checks: (permission, from, details = {}) =>
    handler('permission-check')(theWindow().webContents, permission, from, detailsOf(details)) === true,
  usesDevice: () => handler('device-permission')({ deviceType: 'usb' }) === true,
  async invokes(channel, from, given) {
    try {
      return `answered ${answerText(await invokeAs(channel, from, given))}`
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message : String(error)}`
    }
  },
  connects: () => thePage().connect(),
  calls: (method, input) => thePage().call(method, input),
  portCloses: () => thePage().portClosed.promise,
  exposes: () =>
    Object.fromEntries(
      [...exposed].map(([name, api]) => [
        name,
        Object.fromEntries(Object.entries(api).map(([key, value]) => [key, typeof value])),
      ]),
    ),
  reloads: () => theWindow().webContents.reload(),
  crashes: () => void theWindow().webContents.emit('render-process-gone', {}, { reason: 'crashed' }),
  closesWindow: () => theWindow().close(),
  invokesFromFrame: (channel) => chromium().invokeFromFrame(channel),
  opensLink: (link) => void app.emit('open-url', { preventDefault() {} }, link),
  turnsWheel: (direction) => void theWindow().webContents.emit('zoom-changed', {}, direction),
  looks: (at) => void (theWindow().focused = at),
  choosesPath: (path) => void (system.chosenPath = path),
  clicksNotice: () => void system.notices.at(-1)?.emit('click'),
  clicksTray: () => void system.tray?.emit('click'),
  choosesInMenu(label) {
    const item = menuItems().find((one) => one['label'] === label)
    if (item === undefined) throw new Error(`the menu has no ${label}`)
    ;(item['click'] as () => void)()
  },
  offersFile(url, name) {
    let dialog: Record<string, unknown> | undefined
    const item = {
      getURL: () => url,
      getFilename: () => name,
      setSaveDialogOptions: (options: Record<string, unknown>) => (dialog = options),
      once() {},
    }
    let refused = false
    handler('will-download')({ preventDefault: () => (refused = true) }, item)
    return refused ? 'refused' : (dialog ?? {})
  },
  quits: () => void app.quit(),
  presses: (button) => system.boxes.at(-1)?.answer(button),
}

process.on('message', (question: Question) => void answer(question))
/* The test's process ended: so does this one, whatever the shell is doing. */
process.on('disconnect', () => process.exit(1))

async function answer({ id, ask, args }: Question): Promise<void> {
  let reply: Reply
  try {
    const action = asks[ask] as (...given: readonly unknown[]) => unknown
    reply = { id, answer: await action(...args) }
  } catch (error) {
    reply = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  process.send?.(reply)
}

function menuItems(): Record<string, unknown>[] {
  return (system.menu ?? []).flatMap(
    (one) => (one['submenu'] as Record<string, unknown>[] | undefined) ?? [one],
  )
}

function chromium() {
  const { chromium: page } = theWindow().webContents
  if (page === undefined) throw new Error('the window is in no Chromium')
  return page
}

function theWindow(): BrowserWindow {
  const [window] = BrowserWindow.all
  if (window === undefined) throw new Error('there is no window yet')
  return window
}

function thePage() {
  const { page } = theWindow().webContents
  if (page === undefined) throw new Error('no page is loaded yet')
  return page
}

/** Web contents that came to be by another way than the window's own. */
function otherContents(): WebContents {
  const contents = new WebContents()
  app.emit('web-contents-created', {}, contents)
  return contents
}

function isAllowed(contents: WebContents, event: string, details: object): boolean {
  let prevented = false
  contents.emit(event, { preventDefault: () => (prevented = true), ...details })
  return !prevented
}

function handler(name: string): (...args: unknown[]) => unknown {
  const found = installed.handlers.get(name)
  if (found === undefined) throw new Error(`the shell has set no handler ${name}`)
  return found as (...args: unknown[]) => unknown
}

function detailsOf(details: PermissionDetails): object {
  return { isMainFrame: true, ...details }
}

const answerText = (answer: unknown): string =>
  typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? '')

async function invokeAs(
  channel: string,
  from: Parameters<Asks['invokes']>[1],
  given: unknown,
): Promise<unknown> {
  const { webContents } = theWindow()
  const own = webContents.mainFrame
  if (from === 'page') return await invokeFrom(channel, webContents, own, [given])
  if (from === 'other host')
    return await invokeFrom(channel, webContents, new Frame('http://192.168.1.20:8780/today', null), [given])
  if (from === 'frame') return await invokeFrom(channel, webContents, new Frame(own.url, own))
  if (from === 'gone frame') return await invokeFrom(channel, webContents, null)
  if (from === 'other window') return await invokeFrom(channel, new WebContents(), new Frame(own.url, null))
  return await invokeFrom(channel, webContents, new Frame('https://example.org/', null))
}
