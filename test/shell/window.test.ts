import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { fastify } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { securityHeaders } from '#host/transport/guard.ts'

import { removeFolders, startShell, whyNotBuilt, type Shell } from './shell-process.ts'

afterAll(removeFolders)

const own = 'app://benchside/'

describe.each(['source', 'built'] as const)('the window, from %s', (variant) => {
  const hindrance = variant === 'built' ? whyNotBuilt() : undefined
  let shell: Shell

  beforeAll(async () => {
    if (hindrance !== undefined) return
    shell = startShell({ variant })
    await shell.until('the first page', async () => (await shell.ask('facts')).loads === 1)
  })
  afterAll(async () => await shell?.stop())

  beforeEach(({ skip }) => {
    if (hindrance !== undefined) skip(hindrance)
  })

  test('is one, has a page of our own, and no more rights than a page in a browser', async () => {
    const { windows, address, sandboxed, schemes } = await shell.ask('facts')
    expect(windows).toHaveLength(1)
    expect(address).toBe(own)
    expect(sandboxed).toBe(true)
    expect(windows[0]).toMatchObject({
      width: 1280,
      height: 800,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
      },
    })
    expect(schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }])
    expect(JSON.stringify(schemes)).not.toContain('bypassCSP')
  })

  test('gives its page these things of the shell and nothing else', async () => {
    const functions = [
      ['connect', 'onHostState', 'onFollow', 'computer', 'changeComputer', 'printers', 'paperOf', 'print'],
      ['zoom', 'chooseFolder', 'notify', 'speak', 'chooseHost', 'examineHost', 'useHost', 'retryHost'],
    ].flat()
    expect(await shell.ask('exposes')).toEqual({
      benchside: {
        platform: 'string',
        versions: 'object',
        ...Object.fromEntries(functions.map((name) => [name, 'function'])),
      },
    })
  })

  test('stays on its own pages, whoever leads away: page, frame, redirect or web contents from elsewhere', async () => {
    const foreign = [
      'https://example.org/',
      'http://127.0.0.1:8080/',
      'file:///etc/passwd',
      'app://other/',
      'app://benchside.example.org/',
      'app://user@benchside/',
      'app://benchside:8080/',
      'data:text/html,x',
      'javascript:alert(1)',
      'about:blank#x',
      'not an address',
    ]
    const left: string[] = []
    for (const address of foreign) {
      for (const from of ['page', 'redirect', 'other contents', 'frame'] as const) {
        if (await shell.ask('navigates', address, from)) left.push(`${address} from ${from}`)
      }
    }
    expect(left).toEqual([])
    expect(await shell.ask('navigates', `${own}repairs/20231027001`, 'page')).toBe(true)
  })

  test('shows documents it made itself in a frame, but never as the page', async () => {
    const document = 'blob:app://benchside/0192-made-by-the-page'
    expect(await shell.ask('navigates', document, 'frame')).toBe(true)
    expect(await shell.ask('navigates', document, 'page')).toBe(false)
    expect(await shell.ask('navigates', 'blob:https://example.org/0192', 'frame')).toBe(false)
  })

  test('opens no other window and holds no other web contents', async () => {
    for (const address of [own, 'https://example.org/', 'about:blank', 'file:///etc/passwd']) {
      expect(await shell.ask('opens', address, 'page')).toBe(false)
      expect(await shell.ask('opens', address, 'other contents')).toBe(false)
    }
    expect(await shell.ask('attachesWebview')).toBe(false)
  })

  test('lets our page photograph and copy, and nobody do anything else', async () => {
    const refused = [
      'geolocation',
      'notifications',
      'clipboard-read',
      'display-capture',
      'usb',
      'openExternal',
      'unknown',
    ]
    const camera = { mediaTypes: ['video'], mediaType: 'video' }
    for (const verb of ['requests', 'checks'] as const) {
      expect(await shell.ask(verb, 'media', own, camera)).toBe(true)
      expect(await shell.ask(verb, 'clipboard-sanitized-write', own)).toBe(true)
      expect(await shell.ask(verb, 'media', 'https://example.org/', camera)).toBe(false)
      expect(await shell.ask(verb, 'media', own, { ...camera, isMainFrame: false })).toBe(false)
      expect(await shell.ask(verb, 'media', own, { mediaTypes: ['audio'], mediaType: 'audio' })).toBe(false)
      expect(await shell.ask(verb, 'media', own)).toBe(false)
      const granted: string[] = []
      for (const permission of refused) {
        if (await shell.ask(verb, permission, own, camera)) granted.push(permission)
      }
      expect(granted).toEqual([])
    }
    expect(await shell.ask('requests', 'media', own, { mediaTypes: ['video', 'audio'] })).toBe(false)
    expect(await shell.ask('usesDevice')).toBe(false)
  })

  test('answers its own page only: not a foreign page, a frame, another window or a frame that is gone', async () => {
    for (const from of ['foreign page', 'frame', 'other window', 'gone frame'] as const) {
      for (const name of [
        'connect',
        'host-state',
        'computer',
        'change-computer',
        'printers',
        'print',
        'use-host',
      ])
        expect(await shell.ask('invokes', `benchside:${name}`, from)).toBe('refused: forbidden')
    }
    expect(await shell.ask('invokes', 'benchside:host-state', 'page')).toMatch(/^answered \w+$/)
    expect(await shell.ask('invokes', 'benchside:computer', 'other host')).toBe('refused: forbidden')
    expect(await shell.ask('invokes', 'benchside:anything-else', 'page')).toContain('No handler registered')
  })

  test('gets its files with the same policy as a browser on the LAN', async () => {
    const server = fastify()
    securityHeaders(server)
    server.get('/', () => '')
    const { headers } = await server.inject('/')
    const page = await shell.ask('fetch', own)
    expect(page.status).toBe(200)
    const policies = [
      'content-security-policy',
      'x-content-type-options',
      'referrer-policy',
      'cross-origin-opener-policy',
    ]
    const valuesOf = (all: Record<string, unknown>) => policies.map((name) => [name, all[name]])
    expect(valuesOf(page.headers)).toEqual(valuesOf(headers))
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*/)
  })

  test('finds its page at every address of its own routes, and its files by name', async () => {
    for (const address of [own, `${own}repairs/20231027001`, `${own}index.html`]) {
      const { status, headers, text } = await shell.ask('fetch', address)
      expect([address, status, headers['content-type']]).toEqual([address, 200, 'text/html; charset=utf-8'])
      expect(text).toContain('<title>Benchside')
    }
    expect((await shell.ask('fetch', `${own}assets/missing.js`)).status).toBe(404)
    expect((await shell.ask('fetch', own, 'POST')).status).toBe(405)
    expect((await shell.ask('fetch', own, 'HEAD')).text).toBe('')
  })

  test('gets no file from outside the folder of the window', async () => {
    const attempts = [
      `${own}../../secret.html`,
      `${own}..%2f..%2fsecret.html`,
      `${own}%2e%2e/%2e%2e/secret.html`,
      `${own}assets/..%2f..%2f..%2fsecret.html`,
      `${own}..%5c..%5csecret.html`,
      `${own}../../package.json`,
      `${own}..%2f..%2fpackage.json`,
      `${own}%00.html`,
      `${own}%E0%A4%A.html`,
      'app://other/index.html',
    ]
    for (const address of attempts) {
      const { status, text } = await shell.ask('fetch', address)
      expect([address, status, text]).toEqual([address, 404, ''])
    }
  })

  test('comes back after its process crashed', async () => {
    const { loads } = await shell.ask('facts')
    await shell.ask('crashes')
    await shell.until('a new page', async () => (await shell.ask('facts')).loads === loads + 1)
  })
})

test('the built preload script needs nothing but Electron: a sandboxed one can load nothing else', ({
  skip,
}) => {
  const hindrance = whyNotBuilt()
  if (hindrance !== undefined) skip(hindrance)
  const script = readFileSync(join(import.meta.dirname, '../../out/preload/index.cjs'), 'utf8')
  expect([...script.matchAll(/\brequire\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"'])
})
