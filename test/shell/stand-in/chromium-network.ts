import type { Cdp } from './cdp.ts'
import type { Contents } from './frame.ts'

/* Chromium knows no `app:` scheme by itself; a name that resolves to nothing stands for it. Like the scheme it is a
 * secure context with an origin of its own, and everything it serves comes from the shell's own handler. */
const shellOrigin = 'app://benchside'
const pageOrigin = 'http://benchside.localhost'

export const pageAddress = (address: string): string => address.replace(shellOrigin, pageOrigin)
export const shellAddress = (address: string): string => address.replace(pageOrigin, shellOrigin)

type Handler = (...args: unknown[]) => unknown
let handlerOf: (name: string) => Handler
/** Given by the stand-in for `electron`, which holds the shell's handlers. */
export function serveWith(find: (name: string) => Handler): void {
  handlerOf = find
}

interface Where {
  /** `loading` is the address that the shell itself loads. */
  readonly page: { loading: string | undefined }
  readonly contents: Contents
  readonly mainFrameId: string
}
type Send = (method: string, params: Record<string, unknown>) => Promise<unknown>

/** Decides and answers one request of the page, as Electron does with the shell's guards and its scheme. */
export async function answerRequest(
  paused: Record<string, unknown>,
  where: Where,
  send: Send,
): Promise<void> {
  const { requestId, resourceType, frameId } = paused
  const { url, method } = paused['request'] as { url: string; method: string }
  const address = shellAddress(url)
  if (resourceType === 'Document' && !mayNavigate(address, frameId === where.mainFrameId, where)) {
    await send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    return
  }
  if (!address.startsWith(shellOrigin)) {
    await send('Fetch.continueRequest', { requestId })
    return
  }
  const opens = new URL(url)
  if (opens.pathname === '/stand-in-open') {
    const asked = { url: shellAddress(opens.searchParams.get('url') ?? '') }
    const body = Buffer.from(where.contents.windowOpenHandler(asked).action).toString('base64')
    await send('Fetch.fulfillRequest', { requestId, responseCode: 200, body })
    return
  }
  const answer = (await handlerOf('app')({ url: address, method })) as Response
  await send('Fetch.fulfillRequest', {
    requestId,
    responseCode: answer.status,
    responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
  })
}

function mayNavigate(url: string, isMainFrame: boolean, { page, contents }: Where): boolean {
  if (isMainFrame && page.loading === url) {
    page.loading = undefined
    return true
  }
  let prevented = false
  const event = { url, isMainFrame, preventDefault: () => (prevented = true) }
  if (isMainFrame) contents.emit('will-navigate', event)
  contents.emit('will-frame-navigate', event)
  return !prevented
}

const asked = {
  camera: ['media', { mediaTypes: ['video'], mediaType: 'video' }],
  microphone: ['media', { mediaTypes: ['audio'], mediaType: 'audio' }],
  geolocation: ['geolocation', {}],
  notifications: ['notifications', {}],
  'clipboard-read': ['clipboard-read', {}],
  'clipboard-write': ['clipboard-sanitized-write', {}],
} as const

/** Chromium is told what the shell's two handlers say: a permission is there only when both grant it. */
export async function grantAsTheShellDoes(cdp: Cdp, contents: Contents, address: string): Promise<void> {
  const { origin } = new URL(pageAddress(address))
  for (const [name, [permission, media]] of Object.entries(asked)) {
    const details = { isMainFrame: true, ...media }
    let granted = handlerOf('permission-check')(contents, permission, address, details) === true
    handlerOf('permission-request')(contents, permission, (yes: boolean) => (granted &&= yes), {
      ...details,
      requestingUrl: address,
    })
    const setting = granted ? 'granted' : 'denied'
    await cdp.send('Browser.setPermission', { permission: { name }, setting, origin })
  }
}
