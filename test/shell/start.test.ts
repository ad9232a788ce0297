import { afterAll, afterEach, describe, expect, test } from 'vitest'

import { removeFolders, startShell, type Shell, type ShellOptions } from './shell-process.ts'

afterAll(removeFolders)

const started: Shell[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((shell) => shell.stop()))
})

async function open(options: ShellOptions = {}): Promise<Shell> {
  const shell = startShell(options)
  started.push(shell)
  await shell.until('the first page', async () => (await shell.ask('facts')).loads > 0)
  return shell
}

describe('a host that cannot run', () => {
  const says = (code: string): string =>
    `process.stdout.write('BENCHSIDE_FAILED ${JSON.stringify({ code, params: {} })}\\n'); process.exitCode = 1; process.disconnect()`

  test.each([
    ['database.newer', 'en-GB', 'newer Benchside'],
    ['database.newer', 'zh-TW', '更新版本'],
    ['database.damaged', 'en-US', 'damaged'],
    ['database.changed_migration', 'en', 'does not fit'],
    ['database.full', 'zh-CN', '磁盘已满'],
    ['database.read_only', 'fr', 'cannot be written'],
    ['internal', 'en-GB', 'logs'],
    ['a code of the future', 'zh-CN', 'logs'],
  ])('for %s tells a person of %s why, in a language they read', async (code, locale, reason) => {
    const shell = await open({ host: says(code), locale })
    await shell.until('the message', async () => (await shell.ask('facts')).boxes.length === 1)
    const { boxes, hostStates } = await shell.ask('facts')
    expect(boxes[0]?.['detail']).toContain(reason)
    expect(boxes[0]?.['detail']).toContain(code)
    expect(hostStates.at(-1)).toBe('failed')
    await shell.ask('presses', 1).catch(() => {})
    expect(await shell.ended).toBe(0)
    expect(shell.output()).not.toContain('BENCHSIDE_FAILED')
  })

  test('and says why is not started again before a person asks for it', async () => {
    const shell = await open({ host: says('database.in_use') })
    await shell.until('the message', async () => (await shell.ask('facts')).boxes.length === 1)
    const { hosts, hostStates } = await shell.ask('facts')
    expect(hosts).toHaveLength(1)
    // What is to be started again by itself says so before it waits.
    expect(hostStates).not.toContain('restarting')
    await shell.ask('presses', 0)
    await shell.until('the message again', async () => (await shell.ask('facts')).boxes.length === 2)
    expect((await shell.ask('facts')).hosts).toHaveLength(2)
  })

  test('and does not say why is started again after 1 s and then 2 s', async () => {
    const shell = await open({ host: 'process.exit(7)' })
    await shell.until('three starts', async () => (await shell.ask('facts')).hosts.length >= 3)
    const { hosts, hostStates, boxes } = await shell.ask('facts')
    const [first, second, third] = hosts.map(({ at }) => at)
    expect(second! - first!).toBeGreaterThanOrEqual(1000)
    expect(third! - second!).toBeGreaterThanOrEqual(2000)
    expect(hostStates.at(-1)).toBe('restarting')
    expect(boxes).toEqual([])
  })

  test('because it never ends by itself is ended by force when the program quits', async () => {
    const shell = await open({ host: 'setInterval(() => {}, 1000)' })
    await shell.ask('closesWindow')
    expect(await shell.ended).toBe(0)
  })
})

describe('a second start', () => {
  test('with the same shop shows the first window and ends', async () => {
    const first = await open()
    const { shown } = await first.ask('facts')
    const second = startShell({ home: first.home, data: first.data })
    expect(await second.ended).toBe(0)
    await first.until(
      'the window in front',
      async () => (await first.ask('facts')).shown.focus === shown.focus + 1,
    )
    expect((await first.ask('facts')).hosts).toHaveLength(1)
  })

  test('with another shop opens beside the first', async () => {
    const first = await open()
    const second = await open({ home: first.home })
    await second.ask('connects')
    expect((await second.ask('facts')).userData).not.toBe((await first.ask('facts')).userData)
  })
})
