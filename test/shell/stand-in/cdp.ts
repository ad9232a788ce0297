/* A connection to Chromium by its own protocol; the browser's `WebSocket` of Node is enough for that. */

type Fields = Record<string, unknown>
type Listener = (params: Fields, session: string | undefined) => void

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Fields
  readonly sessionId?: string
  readonly result?: Fields
  readonly error?: { readonly message: string }
}

export class Cdp {
  readonly #socket: WebSocket
  readonly #open = new Map<number, PromiseWithResolvers<Fields>>()
  readonly #listeners: Listener[] = []
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Message))
  }

  static async connect(address: string): Promise<Cdp> {
    const socket = new WebSocket(address)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error(`no browser at ${address}`)))
    })
    return new Cdp(socket)
  }

  async send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    const id = ++this.#lastId
    const answer = Promise.withResolvers<Fields>()
    this.#open.set(id, answer)
    this.#socket.send(
      JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
    )
    return await answer.promise
  }

  /** Hears every event; `method` is in `params.$`. */
  on(listener: Listener): void {
    this.#listeners.push(listener)
  }

  #receive({ id, method, params = {}, sessionId, result, error }: Message): void {
    if (id === undefined) {
      for (const listener of this.#listeners) listener({ ...params, $: method }, sessionId)
      return
    }
    const answer = this.#open.get(id)
    this.#open.delete(id)
    if (error) answer?.reject(new Error(error.message))
    else answer?.resolve(result ?? {})
  }
}
