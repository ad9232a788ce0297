import { afterAll, afterEach, expect, test } from 'vitest'
import { removeFolders, startShell, type Shell, type ShellOptions } from './shell-process.ts'

/* An update on the shell's own code, with a stand-in for electron-updater that has a newer version. */
afterAll(removeFolders)

const started: Shell[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((shell) => shell.stop()))
})

const host = (ok: boolean): string => `
  process.parentPort.on('message', ({ data }) => {
    process.stdout.write('ASKED ' + data.type + '\\n')
    if (data.type === 'backup') process.parentPort.postMessage({ type: 'backed_up', ok: ${ok} })
    if (data.type === 'stop') process.exit(0)
  })
  process.parentPort.postMessage({ type: 'ready' })`

async function open(options: ShellOptions): Promise<Shell> {
  const shell = startShell(options)
  started.push(shell)
  await shell.until('the first page', async () => (await shell.ask('facts')).loads > 0)
  return shell
}

/** A computer that is set to look for updates, started anew. */
async function openWithUpdates(script: string): Promise<Shell> {
  const first = await open({ host: script })
  const updates = { check: true, address: 'https://updates.example.org/benchside/' }
  await first.ask('invokes', 'benchside:change-computer', 'page', { updates })
  await first.ask('quits')
  await first.ended
  return await open({ host: script, home: first.home, data: first.data })
}

test('nobody is asked about updates unless this computer is set to', async () => {
  const shell = await open({ host: host(true) })
  expect(shell.output()).not.toContain('UPDATER')
  expect((await shell.ask('facts')).boxes).toEqual([])
})

test('an update is installed only when a person says so, after a backup, with the host ended', async () => {
  const shell = await openWithUpdates(host(true))
  await shell.until('the question', async () => (await shell.ask('facts')).boxes.length === 1)
  expect((await shell.ask('facts')).boxes[0]?.['message']).toContain('9.9.9')
  expect(shell.output()).not.toContain('download')
  await shell.ask('presses', 0)
  await shell.until('the installation', () => Promise.resolve(shell.output().includes('UPDATER install')))
  const said = shell.output()
  const order = ['ASKED backup', 'UPDATER download', 'ASKED stop', 'UPDATER install'].map((one) =>
    said.indexOf(one),
  )
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order).not.toContain(-1)
})

test('without a good backup nothing is fetched, and the person is told', async () => {
  const shell = await openWithUpdates(host(false))
  await shell.until('the question', async () => (await shell.ask('facts')).boxes.length === 1)
  await shell.ask('presses', 0)
  await shell.until('the reason', async () => (await shell.ask('facts')).boxes.length === 2)
  expect((await shell.ask('facts')).boxes[1]?.['detail']).toContain('backup')
  expect(shell.output()).not.toContain('UPDATER download')
})
