/* `npm start`: builds if the sources changed, then opens Benchside as a desktop application, or in the
 * browser where Electron is not to be had. Options after `--`: see usage below. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { build } from './lib/build.mjs'
import { findElectron, openDesktop } from './lib/electron.mjs'
import { defaultDataFolder, openInBrowser } from './lib/places.mjs'
import { desktopArguments, readStartOptions } from './lib/start-options.mjs'
import { endChildren, hasProcessGroups, root } from './lib/tools.mjs'

const usage = `npm start -- [--browser] [--data DIR] [--port N] [--demo] [--lang zh-CN|en]

  --browser   open in the browser instead of the desktop application
  --data DIR  the folder with the shop's file (default: the user's application data; without it the desktop
              application asks at its first start whether this computer is the shop's host at all)
  --port N    the port of the browser's address (default: any free one)
  --demo      make a demonstration shop if the folder is empty
  --lang L    the language of a new shop
`
const readyMark = 'BENCHSIDE_READY '
const stopLimitMs = 15_000
let child
let stopping = false

await main()

async function main() {
  const options = readOptions()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  await buildIfNeeded()
  if (!options.browser && (await ranAsDesktop(options))) return
  await runInBrowser(options)
}

function readOptions() {
  try {
    const options = readStartOptions(process.argv.slice(2))
    if (options !== undefined) return options
  } catch (error) {
    refuse(error.message)
  }
  process.stdout.write(usage)
  process.exit(0)
}

function refuse(message) {
  process.stderr.write(`${message}\n\n${usage}`)
  process.exit(2)
}

async function buildIfNeeded() {
  const { built, ok, output, seconds } = await build()
  if (!ok) {
    process.stderr.write(`${output}\nThe build failed; the lines above say why.\n`)
    process.exit(1)
  }
  if (built) process.stdout.write(`Built in ${seconds.toFixed(1)} s.\n`)
}

/** True when the desktop application ran, and has been closed again. */
async function ranAsDesktop(options) {
  const electron = await findElectron()
  if (electron.program !== undefined) {
    const args = [root, ...desktopArguments(options)]
    const code = await openDesktop(
      electron.program,
      args,
      (started) => (child = started),
      () => stopping,
    )
    if (code !== undefined || stopping) {
      process.exitCode = code ?? 0
      return true
    }
  }
  const reason = electron.reason ?? 'it did not start'
  process.stdout.write(`The desktop application cannot open here (Electron: ${reason}); using the browser.\n`)
  return false
}

async function runInBrowser(options) {
  const data = options.data ?? defaultDataFolder(options.demo)
  mkdirSync(data, { recursive: true })
  const args = [join(root, 'out', 'main', 'host.js'), '--serve', '--data', data]
  args.push('--port', String(options.port))
  if (options.demo) args.push('--demo')
  if (options.lang !== undefined) args.push('--lang', options.lang)
  child = spawn(process.execPath, args, {
    cwd: root,
    detached: hasProcessGroups,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith(readyMark)) void announce(JSON.parse(line.slice(readyMark.length)).url, data)
    else process.stdout.write(`${line}\n`)
  })
  const code = await new Promise((done) => child.on('close', (status) => done(status ?? 1)))
  process.exitCode = stopping ? 0 : code
}

async function announce(url, data) {
  const opened = await openInBrowser(url)
  const how = opened ? 'is open in the browser at' : 'is ready at'
  process.stdout.write(`Benchside ${how} ${url} (data in ${data}; Ctrl-C stops it)\n`)
}

/** Ends the host and gives the host time to finish what it is writing. The host is in a process group of
 * its own, so that a Ctrl-C in a terminal reaches it once, through here; Windows has no such groups, its console
 * tells the host by itself, and a kill from here would not be graceful. */
function stop() {
  if (stopping) return
  stopping = true
  endChildren()
  if (child === undefined) process.exit(130)
  if (hasProcessGroups) child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), stopLimitMs).unref()
}
