import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { openDesktop } from '../../scripts/lib/electron.mjs'
import { defaultDataFolder } from '../../scripts/lib/places.mjs'
import { desktopArguments, readStartOptions } from '../../scripts/lib/start-options.mjs'
import { removeFolders, startShell, temporaryFolder, type Shell, type ShellOptions } from './shell-process.ts'

/* Each test starts a program and perhaps a host, on a machine that may be busy with other tests. */
afterAll(removeFolders)

const started: Shell[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((shell) => shell.stop()))
})

async function open(options: ShellOptions = {}): Promise<Shell> {
  const shell = startShell({
    host: 'setInterval(() => {}, 1000); process.on("message", () => process.exit(0))',
    ...options,
  })
  started.push(shell)
  await shell.until('the first page', async () => (await shell.ask('facts')).loads > 0)
  return shell
}

/** Ends the program as a person does, whatever the tray is set to. */
async function quit(shell: Shell): Promise<void> {
  await shell.ask('quits')
  await shell.ended
}

const label = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Page /MediaBox [0 0 141.73 85.04] >>\nendobj\n')
const paper = { bytes: new Uint8Array(label), name: '../S1-001.pdf' }

test('a paper goes silently to the printer chosen for it, in its own size, and leaves no file behind', async () => {
  const shell = await open()
  expect(await shell.ask('invokes', 'benchside:print', 'page', paper)).toBe('answered no_printer')
  await shell.ask('invokes', 'benchside:change-computer', 'page', {
    printers: { label: 'Brother_QL_820NWB' },
  })
  expect(await shell.ask('invokes', 'benchside:paper-of', 'page', paper)).toContain('Brother_QL_820NWB')
  expect(await shell.ask('invokes', 'benchside:print', 'page', paper)).toBe('answered printed')
  const { system, windows } = await shell.ask('facts')
  expect(system.printed).toMatchObject([
    {
      existed: true,
      options: {
        silent: true,
        deviceName: 'Brother_QL_820NWB',
        landscape: false,
        pageSize: { width: 49_999, height: 30_000 },
      },
    },
  ])
  expect(existsSync(system.printed[0]?.file ?? '')).toBe(false)
  expect(windows[1]).toMatchObject({ show: false, webPreferences: { sandbox: true, contextIsolation: true } })
  await shell.ask('invokes', 'benchside:change-computer', 'page', { printers: { label: 'broken' } })
  expect(await shell.ask('invokes', 'benchside:print', 'page', paper)).toBe('answered failed')
  expect(await shell.ask('invokes', 'benchside:print', 'page', { bytes: 'no bytes', name: 'x' })).toContain(
    'malformed',
  )
})

test('a paper that prints to PDF is saved where the person says, under its own name', async () => {
  const shell = await open()
  await shell.ask('invokes', 'benchside:change-computer', 'page', { printers: { label: '::pdf' } })
  expect(await shell.ask('invokes', 'benchside:print', 'page', paper)).toBe('answered cancelled')
  const target = join(temporaryFolder(), 'label.pdf')
  await shell.ask('choosesPath', target)
  expect(await shell.ask('invokes', 'benchside:print', 'page', paper)).toBe('answered saved')
  expect(readFileSync(target)).toEqual(label)
  await shell.ask('choosesPath', join(target, 'no', 'folder.pdf'))
  expect(await shell.ask('invokes', 'benchside:print', 'page', paper)).toBe('answered unsaved')
  const { dialogs } = (await shell.ask('facts')).system
  expect(dialogs[0]?.['defaultPath']).toBe(join(shell.home, 'Documents', 'S1-001.pdf'))
})

test('a file the page offers is saved by the system’s dialog; one from elsewhere is not', async () => {
  const shell = await open()
  expect(await shell.ask('offersFile', 'blob:app://benchside/x', '../../repairs.csv')).toEqual({
    defaultPath: join(shell.home, 'Documents', 'repairs.csv'),
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  })
  expect(await shell.ask('offersFile', 'https://example.org/program.exe', 'program.exe')).toBe('refused')
})

test('a folder for backups is chosen by the system’s dialog', async () => {
  const shell = await open()
  expect(await shell.ask('invokes', 'benchside:choose-folder', 'page', 'Second folder')).toBe('answered null')
  await shell.ask('choosesPath', '/media/usb')
  expect(await shell.ask('invokes', 'benchside:choose-folder', 'page', 'Second folder')).toBe(
    'answered /media/usb',
  )
})

test('with the tray switched on, closing the window leaves the host running until somebody quits', async () => {
  const shell = await open()
  await shell.ask('invokes', 'benchside:change-computer', 'page', { keepInTray: true })
  await shell.ask('closesWindow')
  expect((await shell.ask('facts')).system).toMatchObject({ inTray: true, hidden: true })
  await shell.ask('clicksTray')
  expect((await shell.ask('facts')).system.hidden).toBe(false)
  await quit(shell)
  expect(await shell.ended).toBe(0)
})

test('a notice is shown only while nobody looks at the window, and a click leads to what it is about', async () => {
  const shell = await open()
  const notice = { title: 'Given to me: S1', body: 'Grace Hall', path: '/bench/mine' }
  await shell.ask('looks', true)
  await shell.ask('invokes', 'benchside:notify', 'page', notice)
  expect((await shell.ask('facts')).system.notices).toEqual([])
  await shell.ask('looks', false)
  await shell.ask('invokes', 'benchside:notify', 'page', notice)
  expect((await shell.ask('facts')).system.notices).toEqual([{ title: notice.title, body: notice.body }])
  const { shown } = await shell.ask('facts')
  await shell.ask('clicksNotice')
  expect((await shell.ask('facts')).shown.focus).toBe(shown.focus + 1)
  expect(
    await shell.ask('invokes', 'benchside:notify', 'page', { ...notice, path: '//example.org' }),
  ).toContain('malformed')
})

test('zoom and language are there again at the next start, and the menu follows the language', async () => {
  const first = await open({ args: [] })
  await first.ask('invokes', 'benchside:speak', 'page', 'zh-CN')
  await first.ask('choosesInMenu', '放大')
  await first.ask('choosesInMenu', '打开故障报告文件夹')
  const { system } = await first.ask('facts')
  expect(system.zoom).toBe(0.5)
  await first.ask('turnsWheel', 'out')
  expect(await first.ask('invokes', 'benchside:zoom', 'page', 1)).toContain('"zoomPercent":110')
  expect(await first.ask('invokes', 'benchside:zoom', 'page', 7)).toContain('malformed')
  expect(system.opened[0]).toContain('reports')
  expect(system.crashReporter).toEqual({ uploadToServer: false })
  await quit(first)
  const second = await open({ home: first.home, data: first.data })
  expect((await second.ask('facts')).system.zoom).toBe(0.5)
  expect((await second.ask('facts')).system.menu).toContain('退出 Benchside')
})

/** What `npm start -- …` hands to the desktop program. */
function asStarted(...typed: readonly string[]): string[] {
  const options = readStartOptions(typed)
  if (options === undefined) throw new Error('only the help was asked for')
  return desktopArguments(options)
}

test('the first `npm start` asks whose host this computer uses, and makes no shop before it is answered', async () => {
  const shell = await open({ firstRun: true, args: asStarted() })
  const { address, hosts } = await shell.ask('facts')
  expect(address).toBe('app://benchside/connect')
  expect(hosts).toEqual([])
  expect(existsSync(shell.data)).toBe(false)
  await shell.ask('invokes', 'benchside:use-host', 'page', null).catch(() => {})
  expect(await shell.ended).toBe(0)
  expect(shell.output()).toContain('RELAUNCH')
  const again = await open({ firstRun: true, home: shell.home, args: asStarted('--lang', 'en') })
  const [host] = (await again.ask('facts')).hosts
  expect(host?.args).toEqual(['--data', shell.data, '--lang', 'en'])
  // In the browser the same shop is found.
  vi.stubEnv('XDG_DATA_HOME', join(shell.home, 'share'))
  expect(defaultDataFolder(false)).toBe(shell.data)
  vi.unstubAllEnvs()
})

test('what `npm start` opened is opened again by it, so that its terminal still ends the program', async () => {
  const note = join(temporaryFolder(), 'again')
  vi.stubEnv('BENCHSIDE_RESTART_NOTE', note)
  const shell = await open({ firstRun: true, args: asStarted() })
  vi.unstubAllEnvs()
  await shell.ask('invokes', 'benchside:use-host', 'page', null).catch(() => {})
  expect(await shell.ended).toBe(0)
  expect(existsSync(note)).toBe(true)
  expect(shell.output()).not.toContain('RELAUNCH')

  // Here a few lines stand in for the program: they ask twice to be started again.
  const starts = join(temporaryFolder(), 'starts')
  const program = `const { appendFileSync, readFileSync, writeFileSync } = require('node:fs')
    appendFileSync(process.argv[1], 'x')
    if (readFileSync(process.argv[1]).length < 3) writeFileSync(process.env.BENCHSIDE_RESTART_NOTE, '')`
  const children: (number | undefined)[] = []
  const run = (isOver: () => boolean) =>
    openDesktop(process.execPath, ['-e', program, starts], ({ pid }) => children.push(pid), isOver)
  expect(await run(() => false)).toBe(0)
  expect([new Set(children).size, readFileSync(starts, 'utf8')]).toEqual([3, 'xxx'])
  // After a Ctrl-C nothing is started any more, whatever was asked for.
  rmSync(starts)
  await run(() => true)
  expect(readFileSync(starts, 'utf8')).toBe('x')
})

test('a folder that is named, and the demonstration shop, open without that question', async () => {
  const data = join(temporaryFolder(), 'shop')
  const named = await open({ firstRun: true, args: asStarted('--data', data, '--port', '8790') })
  const demo = await open({ firstRun: true, args: asStarted('--demo') })
  const [facts, shown] = [await named.ask('facts'), await demo.ask('facts')]
  expect([facts.address, shown.address]).toEqual(['app://benchside/', 'app://benchside/'])
  expect(facts.hosts[0]?.args).toEqual(['--data', data, '--serve', '--port', '8790'])
  expect(shown.hosts[0]?.args).toEqual(['--data', `${demo.data}-demo`, '--demo'])
})

test('a computer that uses another seat’s host starts none, shows that one’s pages, and lets them change no updates', async () => {
  const first = await open()
  const choice = { origin: 'http://192.168.1.20:8780', certificate: null }
  await first.ask('invokes', 'benchside:use-host', 'page', choice).catch(() => {})
  await first.ended
  const shell = await open({ home: first.home, data: first.data })
  const { address, hosts } = await shell.ask('facts')
  expect(address).toBe('http://192.168.1.20:8780/')
  expect(hosts).toEqual([])
  expect(Object.keys((await shell.ask('exposes'))['benchside'] ?? {})).not.toContain('connect')
  expect(await shell.ask('navigates', 'http://192.168.1.20:8780/repairs', 'page')).toBe(true)
  expect(await shell.ask('navigates', 'http://192.168.1.21:8780/', 'page')).toBe(false)
  expect(await shell.ask('navigates', 'app://benchside/connect', 'page')).toBe(true)
  expect(await shell.ask('invokes', 'benchside:printers', 'other host')).toContain('Receipts')
  const updates = { updates: { check: true, address: 'https://example.org/' } }
  for (const [name, given] of [
    ['change-computer', updates],
    ['use-host', null],
    ['examine-host', '192.168.1.21'],
    ['choose-folder', 'x'],
    ['connect', undefined],
  ] as const)
    expect(await shell.ask('invokes', `benchside:${name}`, 'other host', given)).toMatch(/^refused/)
  await shell.ask('invokes', 'benchside:choose-host', 'other host')
  await shell.until(
    'the choice',
    async () => (await shell.ask('facts')).address === 'app://benchside/connect',
  )
})

test('the host gets its key from the key store by message, and a lost key is asked about', async () => {
  const tells = `
    process.parentPort.on('message', ({ data }) => {
      if (data.type === 'key') process.stdout.write('KEY ' + data.key + '\\n')
      if (data.type === 'stop') process.exit(0)
    })
    process.parentPort.postMessage({ type: 'ready' })`
  const first = await open({ host: tells, keyring: 'a' })
  await first.until('the key', () => Promise.resolve(/KEY [\w+/]{43}=/.test(first.output())))
  const { hosts } = await first.ask('facts')
  expect(hosts[0]?.args).toContain('--key-follows')
  expect(hosts[0]?.args.join(' ')).not.toMatch(/[\w+/]{43}=/)
  expect(await first.ask('invokes', 'benchside:computer', 'page')).toContain('"key_store"')
  await quit(first)
  expect(existsSync(join(first.data, 'shop.key'))).toBe(false)

  const second = startShell({ host: tells, home: first.home, data: first.data, keyring: 'b' })
  started.push(second)
  await second.until('the question', async () => (await second.ask('facts')).boxes.length === 1)
  const sealed = readFileSync(join(first.data, 'shop.key.sealed'), 'utf8')
  await second.ask('presses', 0).catch(() => {})
  expect(await second.ended).toBe(0)
  expect(readFileSync(join(first.data, 'shop.key.sealed'), 'utf8')).toBe(sealed)
})
