import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { root, runNode, toolScript } from './tools.mjs'

const stampFile = join(root, 'out', '.build-stamp')
const inputs = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
const products = ['out/main/index.js', 'out/main/host.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Builds the application into out/, unless that is what out/ holds already. Answers { built, ok, output,
 * seconds }. `force` builds in any case. */
export async function build({ force = false } = {}) {
  const stamp = hashOfInputs()
  if (!force && isCurrent(stamp)) return { built: false, ok: true, output: '', seconds: 0 }
  rmSync(stampFile, { force: true })
  const { code, output, seconds } = await runNode(
    toolScript('electron-vite'),
    ['build', '--logLevel', 'warn'],
    {
      quiet: true,
    },
  )
  const missing = products.filter((file) => !existsSync(join(root, file)))
  const ok = code === 0 && missing.length === 0
  if (ok) {
    mkdirSync(join(root, 'out'), { recursive: true })
    writeFileSync(stampFile, stamp)
  }
  const complaint = code === 0 && missing.length > 0 ? `The build left out ${missing.join(', ')}.\n` : ''
  return { built: true, ok, output: output + complaint, seconds }
}

function isCurrent(stamp) {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) return false
  return products.every((file) => existsSync(join(root, file)))
}

/** Content decides, not the time stamps, which a checkout sets anew. */
function hashOfInputs() {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(filesUnder).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(name) {
  const path = join(root, name)
  if (!existsSync(path)) return []
  if (name.includes('.')) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
