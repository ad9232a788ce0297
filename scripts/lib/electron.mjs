import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { hasProcessGroups, packageFolder, run } from './tools.mjs'

const downloadLimitMs = 600_000
const offlineLimitMs = 15_000
const probeLimitMs = 4_000

/** The path of Electron's program, fetched first if it is not there yet, or the reason why there is none. */
export async function findElectron() {
  const hindrance = whyNoWindow()
  if (hindrance !== undefined) return { reason: hindrance }
  const folder = packageFolder('electron')
  if (folder === undefined) return { reason: 'the electron package is not installed' }
  const installed = programIn(folder)
  if (installed !== undefined) return { program: installed }
  process.stdout.write('Fetching Electron (once) …\n')
  await fetchBinary(folder)
  const fetched = programIn(folder)
  return fetched === undefined ? { reason: 'its program could not be fetched' } : { program: fetched }
}

/** Opens the desktop application, and again each time it ends with the wish to be started anew: it stays a child of this
 * terminal. Answers its exit code, or undefined when Electron could not even start. `isOver` says that nothing is to be
 * started any more. */
export async function openDesktop(program, args, onChild, isOver) {
  const folder = mkdtempSync(join(tmpdir(), 'benchside-start-'))
  const note = join(folder, 'again')
  try {
    for (;;) {
      const code = await runDesktop(program, args, note, onChild)
      if (isOver() || !existsSync(note)) return code
      rmSync(note)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runDesktop(program, args, note, onChild) {
  const started = performance.now()
  const env = { ...process.env, BENCHSIDE_RESTART_NOTE: note }
  const child = spawn(program, args, { detached: hasProcessGroups, stdio: 'inherit', env })
  onChild(child)
  const code = await new Promise((done) => {
    child.on('error', () => done(undefined))
    child.on('close', (status, signal) => done(status ?? (signal === null ? 0 : 1)))
  })
  const diedAtOnce = code !== 0 && performance.now() - started < 3_000
  return diedAtOnce ? undefined : code
}

function whyNoWindow() {
  if (process.platform !== 'linux') return undefined
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display'
  if (process.getuid() === 0) return 'it does not run as root'
  return undefined
}

/** As the electron package itself decides: path.txt is written after the program was unpacked. */
function programIn(folder) {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const program = join(dist, readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : undefined
}

/** Runs the package's own installer. It has no time limit of its own, so a machine that cannot reach the
 * download gets a short one: enough to unpack a copy that was fetched before. */
async function fetchBinary(folder) {
  const limitMs = (await downloadIsReachable()) ? downloadLimitMs : offlineLimitMs
  await run(process.execPath, [join(folder, 'install.js')], { quiet: true, limitMs })
}

async function downloadIsReachable() {
  const proxied = process.env['ELECTRON_GET_USE_PROXY'] !== undefined
  if (proxied) return true
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror']
  const address = mirror ?? 'https://github.com/electron/electron/releases/'
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(probeLimitMs) })
    return true
  } catch {
    return false
  }
}
