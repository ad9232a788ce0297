import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { removeFolders, temporaryFolder, whyNotBuilt } from './shell-process.ts'

afterAll(removeFolders)

const project = resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
/* The reader of archives is electron-builder's own, two packages down. */
const builderLibrary = createRequire(require.resolve('electron-builder')).resolve('app-builder-lib')
const asar = createRequire(builderLibrary)('@electron/asar') as {
  listPackage(archive: string, options: { isPack: boolean }): string[]
  extractFile(archive: string, file: string): Buffer
}

/* Electron marks the place of its fuses by this text; then come a version, their number, and '0' or '1' for each. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuses = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserProcessSnapshot',
  'fileProtocolPrivileges',
]

/* Electron itself is not needed to see what goes beside it: a folder of its shape is. */
function electronOfCardboard(): string {
  const folder = temporaryFolder()
  for (const part of ['locales', 'resources']) mkdirSync(join(folder, part))
  for (const name of ['de', 'en-GB', 'en-US', 'zh-CN', 'zh-TW'])
    writeFileSync(join(folder, `locales/${name}.pak`), '')
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version'])
    writeFileSync(join(folder, name), '')
  const wires = Buffer.from([1, fuses.length, ...Buffer.from('10110011')])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from(`cardboard ${fuseMark}`), wires]))
  return folder
}

describe('the package for a shop’s computer', () => {
  const hindrance =
    process.platform === 'linux' ? whyNotBuilt() : 'the package is made for the own system only'
  const output = temporaryFolder()
  let program = ''
  let listed: string[] = []

  beforeAll(async () => {
    if (hindrance !== undefined) return
    const cli = join(project, 'node_modules/electron-builder/cli.js')
    const settings = { electronDist: electronOfCardboard(), 'directories.output': output }
    const args = Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`)
    await promisify(execFile)(process.execPath, [cli, '--dir', '--linux', '--x64', ...args], { cwd: project })
    program = join(output, 'linux-unpacked')
    listed = asar.listPackage(join(program, 'resources/app.asar'), { isPack: true })
  }, 120_000)

  beforeEach(({ skip }) => {
    if (hindrance !== undefined) skip(hindrance)
  })

  const files = (kind: 'pack' | 'unpack'): string[] =>
    listed
      .filter((line) => line.startsWith(`${kind} `))
      .map((line) => line.slice(line.indexOf('/') + 1))
      .filter((path) => !listed.some((other) => other.includes(`/${path}/`)))

  test('holds what runs', () => {
    const needed = [
      'package.json',
      'LICENSE',
      'out/main/index.js',
      'out/main/host.js',
      'out/preload/index.cjs',
      'out/renderer/index.html',
      'drizzle/0000_foundation.sql',
      'resources/fonts/NotoSansSC-Regular.ttf',
      'resources/import-profiles/open-repair.json',
      'resources/icons/256x256.png',
      'node_modules/better-sqlite3/lib/index.js',
    ]
    expect(needed.filter((path) => !files('pack').includes(path))).toEqual([])
  })

  test('holds nothing else: no sources, no tests, no notes', () => {
    const places = [
      /^(package\.json|LICENSE)$/,
      /^out\/(main|preload|renderer)\/.+(?<!\.map)$/,
      /^drizzle\/[^/]+\.sql$/,
      /^resources\/(fonts|import-profiles)\/[^/]+$/,
      /^resources\/icons\/[^/]+\.png$/,
      /^resources\/demo\/(shop|store)\.json$/,
      /^node_modules\/pinyin-pro\/(dist\/index\.js|package\.json|LICENSE)$/,
      /^node_modules\/better-sqlite3\/(lib\/.+\.js|package\.json|LICENSE)$/,
    ]
    expect(files('pack').filter((path) => !places.some((place) => place.test(path)))).toEqual([])
  })

  test('has the database library of this system, and of no other, where the system can load it', () => {
    const library = 'node_modules/better-sqlite3/prebuilds/linux-x64.node'
    expect(files('unpack')).toEqual([library])
    expect(existsSync(join(program, 'resources/app.asar.unpacked', library))).toBe(true)
  })

  test('speaks the two languages of the program', () => {
    expect(readdirSync(join(program, 'locales'))).toEqual(['en-US.pak', 'zh-CN.pak'])
  })

  test('has its fuses set: it runs this archive, unchanged, and nothing else', () => {
    const binary = readFileSync(join(program, 'benchside'), 'latin1')
    const wires = binary.slice(binary.indexOf(fuseMark) + fuseMark.length + 2)
    expect(Object.fromEntries(fuses.map((name, index) => [name, wires[index] === '1']))).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      asarIntegrity: true,
      onlyLoadAppFromAsar: true,
      browserProcessSnapshot: false,
      fileProtocolPrivileges: false,
    })
  })

  test('answers to the links of scanned codes', () => {
    expect(readFileSync(join(project, 'electron-builder.yml'), 'utf8')).toMatch(
      /^ {4}schemes: \[benchside\]$/m,
    )
  })

  test('brings the updater within its own code, and no address to ask', () => {
    const main = files('pack').filter((path) => path.startsWith('out/main/') && path.endsWith('.js'))
    const texts = main.map((path) => asar.extractFile(join(program, 'resources/app.asar'), path).toString())
    expect(texts.some((text) => text.includes('quitAndInstall'))).toBe(true)
    expect(
      texts.flatMap(
        (text) => text.match(/from ["']electron-updater["']|require\(["']electron-updater["']\)/g) ?? [],
      ),
    ).toEqual([])
    expect(existsSync(join(program, 'resources/app-update.yml'))).toBe(false)
  })

  test('starts with the built shell', () => {
    const manifest = asar.extractFile(join(program, 'resources/app.asar'), 'package.json').toString()
    expect(JSON.parse(manifest)).toMatchObject({
      name: 'benchside',
      main: 'out/main/index.js',
      type: 'module',
    })
  })
})
