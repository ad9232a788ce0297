/* Runs in the page, once in each of its two worlds, as text: `isolated` is the preload script's world, with what
 * Electron gives it there; `main` is the page's own, in which only what the preload exposed appears. The two share the
 * window's events and nothing else, so everything passes as text. */

function shared(name, calls) {
  const kept = new Map()
  let last = 0
  const keep = (fn) => {
    kept.set(++last, fn)
    return last
  }
  const toBase64 = (bytes) => {
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  }
  const write = (value) =>
    JSON.stringify(value, (_key, one) => {
      if (typeof one === 'function') return { $function: keep(one) }
      if (one instanceof ArrayBuffer) return { $bytes: toBase64(new Uint8Array(one)) }
      return one instanceof Uint8Array ? { $bytes: toBase64(one) } : one
    })
  const read = (text) =>
    text === undefined
      ? undefined
      : JSON.parse(text, (_key, one) => {
          if (one?.$bytes !== undefined)
            return Uint8Array.from(atob(one.$bytes), (char) => char.charCodeAt(0))
          return one?.$function === undefined ? one : calls(one.$function)
        })
  return {
    kept,
    keep,
    write,
    read,
    tell: (what) => window.dispatchEvent(new CustomEvent(name, { detail: what })),
  }
}

/** The page's own world. */
export function mainWorld() {
  let answer
  let lastId = 0
  const waiting = new Map()
  const call =
    (id) =>
    (...args) => {
      const callId = ++lastId
      answer = undefined
      link.tell(link.write({ id, callId, args }))
      if (answer === undefined) throw new Error('nobody answered')
      const { promise, value, error } = answer
      if (error !== undefined) throw new Error(error)
      if (!promise) return value
      return new Promise((resolve, reject) => waiting.set(callId, { resolve, reject }))
    }
  const link = shared('standin-to-isolated', call)
  window.addEventListener('standin-to-main', ({ detail }) => {
    const { kind, name, value, callId, promise, error, id, args } = link.read(detail)
    if (kind === 'expose') Object.defineProperty(window, name, { value, enumerable: true })
    else if (kind === 'answer') answer = { promise, value, error }
    else if (kind === 'callback') link.kept.get(id)?.(...args)
    else {
      const { resolve, reject } = waiting.get(callId)
      waiting.delete(callId)
      if (error === undefined) resolve(value)
      else reject(new Error(error))
    }
  })
  link.tell('"hello"')

  // Whether a window may be opened is the shell's to say, and a page waits for the answer.
  const mayOpen = (address) => {
    const request = new XMLHttpRequest()
    const url = new URL(String(address), location.href).href
    request.open('GET', `${location.origin}/stand-in-open?url=${encodeURIComponent(url)}`, false)
    request.send()
    return request.responseText !== 'deny'
  }
  window.open = (address = 'about:blank') => {
    if (!mayOpen(address)) return null
    throw new Error('the shell allowed a window, which the stand-in cannot open')
  }
  window.addEventListener(
    'click',
    (event) => {
      const anchor = event.target.closest?.('a[target]')
      if (anchor && anchor.target !== '_self' && !mayOpen(anchor.href)) event.preventDefault()
    },
    true,
  )
}

/** The world of the preload script; `ask` sends text to the shell's process. */
export function isolatedWorld(ask, argv, runPreload) {
  const listeners = new Map()
  const invoked = new Map()
  const ports = new Map()
  let lastId = 0
  const callMain =
    (id) =>
    (...args) =>
      link.tell(link.write({ kind: 'callback', id, args }))
  const link = shared('standin-to-main', callMain)
  const exposed = []
  window.addEventListener('standin-to-isolated', ({ detail }) => {
    const told = link.read(detail)
    if (told === 'hello') {
      for (const one of exposed) link.tell(one)
      return
    }
    const { id, callId, args } = told
    const settle = (kind, more) => link.tell(link.write({ kind, callId, ...more }))
    try {
      const value = link.kept.get(id)(...args)
      const promise = typeof value?.then === 'function'
      settle('answer', promise ? { promise } : { value })
      if (promise)
        value.then(
          (result) => settle('settled', { value: result }),
          (error) => settle('settled', { error: error.message }),
        )
    } catch (error) {
      settle('answer', { error: error.message })
    }
  })
  const contextBridge = {
    exposeInMainWorld(name, value) {
      exposed.push(link.write({ kind: 'expose', name, value }))
      link.tell(exposed.at(-1))
    },
  }
  const ipcRenderer = {
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    },
    invoke(channel, ...args) {
      const id = ++lastId
      ask(link.write({ type: 'invoke', id, channel, args }))
      return new Promise((resolve, reject) => invoked.set(id, { resolve, reject }))
    },
  }
  const portOf = (id) => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port2)
    port2.addEventListener('message', ({ data }) => ask(link.write({ type: 'port', id, data })))
    port2.addEventListener('close', () => {
      ports.delete(id)
      ask(link.write({ type: 'close', id }))
    })
    port2.start()
    return port1
  }
  globalThis.standInHear = (text) => {
    const { type, id, channel, args, data, value, error } = link.read(text)
    if (type === 'send') {
      const event = { ports: id.map(portOf) }
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args)
    } else if (type === 'answer') {
      const { resolve, reject } = invoked.get(id)
      invoked.delete(id)
      if (error === undefined) resolve(value)
      else reject(new Error(error))
    } else if (type === 'port') ports.get(id)?.postMessage(data)
    else ports.get(id)?.close()
  }
  globalThis.standInInvoke = (channel) =>
    ipcRenderer.invoke(channel).then(String, (error) => `refused: ${error.message}`)
  // As in Electron: a frame within the page has no preload script.
  if (window.top === window)
    runPreload((name) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload script cannot load ${name}`)
      return { contextBridge, ipcRenderer }
    }, argv)
}
