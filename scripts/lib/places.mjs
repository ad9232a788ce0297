import { spawn } from 'node:child_process'
import { homedir, platform } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the operating system keeps a user's application data. The demonstration shop has a folder of its
 * own, so that trying it out never touches a real shop's file. */
export function defaultDataFolder(demo) {
  const suffix = demo ? '-demo' : ''
  if (platform() === 'win32') {
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), `Benchside${suffix}`)
  }
  if (platform() === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', `Benchside${suffix}`)
  }
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), `benchside${suffix}`)
}

/** A path as it was typed: npm changes into the program's folder, so it is meant from where npm was called. */
export function typedPath(path) {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}

/** The folder a command works on: the one that is named, or the usual one. */
export function dataFolder(named) {
  return named === undefined ? defaultDataFolder(false) : typedPath(named)
}

/** Opens an address in the user's browser. Answers false where there is no screen to open it on. */
export async function openInBrowser(url) {
  const [program, args] = openerFor(url)
  if (program === undefined) return false
  return await new Promise((done) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.on('error', () => done(false))
    child.on('spawn', () => {
      child.unref()
      done(true)
    })
  })
}

function openerFor(url) {
  if (platform() === 'win32') return ['cmd', ['/c', 'start', '""', url]]
  if (platform() === 'darwin') return ['open', [url]]
  const hasScreen = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  return hasScreen ? ['xdg-open', [url]] : [undefined, []]
}
