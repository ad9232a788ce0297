import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

import { findChromium } from '../../test/kit/chromium.ts'
import { run } from './tools.mjs'

/** Sees to it that the browser tests have a Chromium and a font with Chinese characters: on Debian, as root,
 * the missing packages are installed. Answers undefined when the tests can run, else the reason why not. */
export async function prepareChromium() {
  const missing = await missingPackages()
  if (missing.length > 0 && isDebian()) {
    if (process.getuid() === 0) await install(missing)
    else process.stdout.write(`  for the browser tests: sudo apt-get install ${missing.join(' ')}\n`)
  }
  if ((await findChromium()) !== undefined) return undefined
  return 'no Chromium on this machine (looked for chromium, google-chrome and the one Playwright installs)'
}

async function missingPackages() {
  const packages = []
  if ((await findChromium()) === undefined) packages.push('chromium')
  if (isDebian() && !isInstalled('fonts-noto-cjk')) packages.push('fonts-noto-cjk')
  return packages
}

async function install(packages) {
  process.stdout.write(`  installing ${packages.join(', ')} …\n`)
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-q'], options)
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
    options,
  )
  if (code !== 0) process.stdout.write(`${output}\n  apt-get could not install ${packages.join(', ')}\n`)
}

function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' })
  return stdout === 'install ok installed'
}

/** Debian itself only: elsewhere the package `chromium` is another thing, or none. */
function isDebian() {
  const file = '/etc/os-release'
  return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, 'utf8'))
}
