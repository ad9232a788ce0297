/* Makes sure that the dependencies in node_modules are those of package-lock.json and that `node` inside
 * npm scripts is the project's own Node 24. Runs before `npm start` and `npm test`, under whatever Node the
 * machine has (20 or newer), so it uses nothing but that Node. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(new URL('..', import.meta.url)))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.benchside-lock-hash')
const wantedMajor = 24

main()

function main() {
  const wanted = stampOf(readFileSync(join(root, 'package-lock.json')))
  if (readIfThere(stampFile) === wanted && existsSync(nodeBinary())) return
  if (!installedMatchesLock()) install()
  if (nodeMajor() !== wantedMajor) completeNode()
  if (nodeMajor() !== wantedMajor) {
    fail(
      `The project's own Node ${wantedMajor} did not install. Remove node_modules and run the command again.`,
    )
  }
  writeFileSync(stampFile, wanted)
}

/** The lock file's hash together with the platform: modules copied from another system do not count. */
function stampOf(lock) {
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`
}

/** True when npm's own record of what it installed names exactly the lock file's packages. Packages that the
 * lock marks as optional or for another platform may be absent. */
function installedMatchesLock() {
  const record = readIfThere(join(modules, '.package-lock.json'))
  if (record === undefined) return false
  const installed = JSON.parse(record).packages
  const { '': _root, ...locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const same = (path) =>
    installed[path]?.version === locked[path]?.version &&
    installed[path]?.integrity === locked[path]?.integrity
  const mayBeAbsent = (entry) => entry.optional || entry.devOptional || entry.peer
  return (
    Object.keys(installed).every(same) &&
    Object.keys(locked).every((path) => same(path) || (!installed[path] && mayBeAbsent(locked[path])))
  )
}

function install() {
  process.stdout.write('Installing the dependencies (npm ci) …\n')
  const result = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (result.status !== 0) {
    fail(
      'npm ci did not succeed; the lines above say why. On Windows, "EPERM" or "EBUSY" means that a program still runs from node_modules: close it, remove node_modules and run the command again.',
    )
  }
}

/** The `node` package fetches its binary in an install script, which npm leaves out when scripts are switched
 * off or not yet approved on this machine. */
function completeNode() {
  const folder = join(modules, 'node')
  if (!existsSync(folder)) return
  spawnSync(hostNode(), ['installArchSpecificPackage.js'], { cwd: folder, env: cleanEnv(), stdio: 'ignore' })
}

function nodeMajor() {
  if (!existsSync(nodeBinary())) return 0
  const result = spawnSync(nodeBinary(), ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)\./.exec(result.stdout ?? '')?.[1] ?? 0)
}

function nodeBinary() {
  return join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** npm, run by the machine's Node and without node_modules in the PATH: `npm ci` deletes what is in there. */
function runNpm(args) {
  const options = { cwd: root, env: cleanEnv(), stdio: 'inherit' }
  const cli = process.env.npm_execpath
  if (cli !== undefined && existsSync(cli)) return spawnSync(hostNode(), [cli, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function hostNode() {
  const node = process.env.npm_node_execpath
  return node !== undefined && existsSync(node) && !node.startsWith(modules + sep) ? node : process.execPath
}

function cleanEnv() {
  const env = { ...process.env }
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  env[key] = (env[key] ?? '')
    .split(delimiter)
    .filter((folder) => !resolve(folder).startsWith(modules))
    .join(delimiter)
  return env
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
