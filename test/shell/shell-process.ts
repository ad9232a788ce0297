import { fork, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { filesUnder } from '../architecture/sources.ts'
import type { Asks, Reply } from './stand-in/asks.ts'

const project = resolve(import.meta.dirname, '../..')
const answerLimitMs = 60_000
const endLimitMs = 60_000

/** `source`: src/main as it stands. `built`: what `npm run build` made of it. */
export type Variant = 'source' | 'built'

export interface ShellOptions {
  readonly variant?: Variant
  /** The shop's folder; by default a new one. */
  readonly data?: string
  /** The user's home; by default a new one. Two shells with the same home belong to the same user. */
  readonly home?: string
  readonly args?: readonly string[]
  readonly locale?: string
  /** As after installing: nobody names a folder. */
  readonly firstRun?: boolean
  /** Text of a script that runs in the host's place. */
  readonly host?: string
  /** Address of a Chromium's debugging port: each window becomes a page there. */
  readonly browser?: string
  /** Secret of the system's key store; without one there is none. */
  readonly keyring?: string
}

export interface Shell {
  ask<A extends keyof Asks>(ask: A, ...args: Parameters<Asks[A]>): Promise<Awaited<ReturnType<Asks[A]>>>
  readonly data: string
  readonly home: string
  /** What the shell and its host wrote to the terminal. */
  readonly output: () => string
  /** The exit code, once the shell has ended by itself. */
  readonly ended: Promise<number>
  /** Asks again and again until the answer is right; fails after a while. */
  until(what: string, isSo: () => Promise<boolean>): Promise<void>
  stop(): Promise<void>
}

/** Why the built shell cannot be tested, if it cannot. `npm test` always builds first. */
export function whyNotBuilt(): string | undefined {
  const built = join(project, 'out', 'main', 'index.js')
  if (!existsSync(built)) return 'there is no build: npm run build'
  const builtAt = statSync(built).mtimeMs
  const sources = ['src/main', 'src/preload'].flatMap((folder) => filesUnder(folder, ['.ts']))
  const newer = sources.find((file) => statSync(join(project, file)).mtimeMs > builtAt)
  return newer === undefined ? undefined : `the build is older than ${newer}: npm run build`
}

/** Starts the shell in a process of its own, on the stand-in for Electron, with the real host beside it. */
export function startShell(options: ShellOptions = {}): Shell {
  const home = options.home ?? temporaryFolder()
  const data =
    options.data ?? (options.firstRun ? join(home, 'share', 'benchside') : join(temporaryFolder(), 'shop'))
  const built = options.variant === 'built'
  const root = built && options.host === undefined ? project : programFolder(options)
  const main = built ? 'out/main/index.js' : 'src/main/index.ts'
  const preload = built ? 'out/preload/index.cjs' : 'src/preload/index.ts'
  const named = options.data === undefined && options.firstRun ? [] : [`--data=${data}`]
  const child = fork(join(project, main), [...named, ...(options.args ?? [])], {
    execPath: process.execPath,
    execArgv: ['register.ts', 'driver.ts'].flatMap((name) => ['--import', standInFile(name)]),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      STANDIN_HOME: home,
      STANDIN_LOCALE: options.locale ?? 'en-GB',
      STANDIN_PRELOAD: join(project, preload),
      STANDIN_ROOT: root,
      XDG_DATA_HOME: join(home, 'share'),
      ...(options.browser === undefined ? {} : { STANDIN_BROWSER: options.browser }),
      ...(options.keyring === undefined ? {} : { STANDIN_KEYRING: options.keyring }),
    },
  })
  return shellOf(child, home, data)
}

const folders: string[] = []
/** To be called when the tests of a file have ended: the runner stops its threads without telling them. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A folder that `removeFolders` removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchside-shell-'))
  folders.push(folder)
  return folder
}

function standInFile(name: string): string {
  return pathToFileURL(join(import.meta.dirname, 'stand-in', name)).href
}

/** The program as the shell expects it to lie: the host runs from source, the window is two small files. */
function programFolder({ host }: ShellOptions): string {
  const root = temporaryFolder()
  for (const folder of ['out/main', 'out/renderer/assets']) mkdirSync(join(root, folder), { recursive: true })
  // As for the other tests: what `npm test` has just built, or else the sources.
  const entry = process.env['BENCHSIDE_BUILT'] === undefined ? 'src/host/index.ts' : 'out/main/host.js'
  const sourceHost = `import ${JSON.stringify(pathToFileURL(join(project, entry)).href)}\n`
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(root, 'out/main/host.js'), host ?? sourceHost)
  writeFileSync(join(root, 'out/renderer/index.html'), '<!doctype html><title>Benchside</title>')
  writeFileSync(join(root, 'out/renderer/assets/window.js'), 'export {}')
  writeFileSync(join(root, 'secret.html'), 'not for the window')
  cpSync(join(project, 'resources/icons'), join(root, 'resources/icons'), { recursive: true })
  return root
}

function shellOf(child: ChildProcess, home: string, data: string): Shell {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? -1)))
  const ask = asker(child, ended, () => output)
  return {
    ask: ask as Shell['ask'],
    data,
    home,
    output: () => output,
    ended,
    async until(what, isSo) {
      const limit = performance.now() + answerLimitMs
      while (!(await isSo().catch(() => false))) {
        if (performance.now() > limit) throw new Error(`never came: ${what}\n${output}`)
        await new Promise((next) => setTimeout(next, 25))
      }
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      void ask('closesWindow').catch(() => {})
      const forced = setTimeout(() => child.kill('SIGKILL'), endLimitMs)
      await ended
      clearTimeout(forced)
    },
  }
}

function asker(child: ChildProcess, ended: Promise<number>, output: () => string) {
  let lastId = 0
  const open = new Map<number, (reply: Reply) => void>()
  child.on('message', (reply) => {
    const { id } = reply as Reply
    open.get(id)?.(reply as Reply)
    open.delete(id)
  })
  return async (ask: keyof Asks, ...args: readonly unknown[]): Promise<unknown> => {
    if (!child.connected) throw new Error(`the shell is gone, so there is no answer to ${ask}\n${output()}`)
    const id = ++lastId
    const { promise, resolve: settle } = Promise.withResolvers<Reply>()
    open.set(id, settle)
    child.send({ id, ask, args })
    const late = AbortSignal.timeout(answerLimitMs)
    late.addEventListener('abort', () => settle({ id, error: `no answer to ${ask}\n${output()}` }))
    void ended.then((code) =>
      settle({ id, error: `the shell ended with ${code} during ${ask}\n${output()}` }),
    )
    const reply = await promise
    if ('error' in reply) throw new Error(reply.error)
    return reply.answer
  }
}
