import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** Whether a child can be given a process group of its own (`detached`) without losing the console. */
export const hasProcessGroups = process.platform !== 'win32'

const require = createRequire(import.meta.url)

/** The script behind a command-line tool of a package, to be run by this Node on every platform alike. */
export function toolScript(packageName, command = packageName) {
  const manifest = join(root, 'node_modules', packageName, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command])
}

/** The folder of an installed package, or undefined. */
export function packageFolder(packageName) {
  try {
    return dirname(require.resolve(`${packageName}/package.json`))
  } catch {
    return undefined
  }
}

const running = new Set()

/* Colour codes are noise in a log file. */
const plainOutput = process.stdout.isTTY || process.env['FORCE_COLOR'] ? {} : { NO_COLOR: '1' }

/** Runs a Node script to its end and answers { code, output, seconds }. `quiet` collects what it prints
 * instead of showing it; after `limitMs` the script and its children are ended and code is 'timeout'. */
export async function runNode(script, args, { quiet = false, env = {}, limitMs = 600_000 } = {}) {
  return await run(process.execPath, [script, ...args], { quiet, env, limitMs })
}

/** As runNode, for any program. */
export async function run(program, args, { quiet = false, env = {}, limitMs = 600_000 } = {}) {
  const started = performance.now()
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...plainOutput, ...env },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    detached: hasProcessGroups,
  })
  const end = (signal) => endTree(child, signal)
  running.add(end)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (text) => (output += text))
  }
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    end('SIGKILL')
  }, limitMs)
  const code = await new Promise((done) => {
    child.on('error', (error) => {
      output += `${error.message}\n`
      done(-1)
    })
    child.on('close', (status, signal) => done(status ?? signal))
  })
  clearTimeout(timer)
  running.delete(end)
  return { code: timedOut ? 'timeout' : code, output, seconds: (performance.now() - started) / 1000 }
}

function endTree(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    if (hasProcessGroups) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** Ends everything that runs. Children run in process groups of their own, so that a time limit ends all of
 * their descendants; a Ctrl-C therefore does not reach them by itself. */
export function endChildren() {
  for (const end of running) end('SIGTERM')
}
