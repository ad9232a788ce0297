import type { PortMain } from './ports.ts'

/** A frame of a page. Only the main frame of the window has a preload script to answer to. */
export class Frame {
  readonly url: string
  readonly parent: Frame | null
  readonly detached = false
  readonly #deliver: (channel: string, message: unknown, ports: readonly PortMain[]) => void
  #destroyed = false

  constructor(
    url: string,
    parent: Frame | null,
    deliver: (channel: string, message: unknown, ports: readonly PortMain[]) => void = () => {},
  ) {
    this.url = url
    this.parent = parent
    this.#deliver = deliver
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
  }

  postMessage(channel: string, message: unknown, ports: readonly PortMain[] = []): void {
    this.#deliver(channel, message, ports)
  }
}

/** What a page in a real Chromium has of its web contents. */
export interface Contents {
  readonly mainFrame: Frame
  emit(event: string, ...args: unknown[]): unknown
  windowOpenHandler(details: { url: string }): { readonly action: string }
}
