import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'

import { freePort } from '../kit/free-port.ts'
import {
  removeFolders,
  startShell,
  temporaryFolder,
  whyNotBuilt,
  type Shell,
  type ShellOptions,
} from './shell-process.ts'

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

describe.each(['source', 'built'] as const)('the host beside the window, from %s', (variant) => {
  const hindrance = variant === 'built' ? whyNotBuilt() : undefined
  beforeEach(({ skip }) => {
    if (hindrance !== undefined) skip(hindrance)
  })

  test('is started on the shop’s folder and answers the page over its port', async () => {
    const shell = await open({ variant, args: ['--lang=en'] })
    const { hosts } = await shell.ask('facts')
    expect(hosts.map(({ args }) => args)).toEqual([['--data', shell.data, '--lang', 'en']])
    await shell.ask('connects')
    expect(await shell.ask('calls', 'session.state', {})).toMatchObject({ setUp: false, session: null })
    expect((await shell.ask('facts')).hostStates.at(-1)).toBe('ready')
  })

  test('has a web address of its own only when a port is asked for', async () => {
    const alone = await open({ variant, args: ['--port=0'] })
    await alone.ask('connects')
    expect((await alone.ask('facts')).hosts[0]?.args).not.toContain('--serve')
    expect(alone.output()).not.toContain('BENCHSIDE_READY')

    const port = await freePort()
    const shared = await open({ variant, args: [`--port=${port}`] })
    await shared.until('the web address', () => Promise.resolve(shared.output().includes('BENCHSIDE_READY')))
    const answer = await fetch(`http://127.0.0.1:${port}/health`)
    expect(await answer.json()).toMatchObject({ status: 'ok' })
  })

  test('gets a new channel from each page that is loaded', async () => {
    const shell = await open({ variant })
    await shell.ask('connects')
    const { loads } = await shell.ask('facts')
    await shell.ask('reloads')
    await shell.until('the page again', async () => (await shell.ask('facts')).loads === loads + 1)
    await shell.ask('connects')
    expect(await shell.ask('calls', 'session.state', {})).toMatchObject({ setUp: false, session: null })
    expect((await shell.ask('facts')).hosts).toHaveLength(1)
  })

  test('is started again when it is killed; the page hears of it and gets a new port', async () => {
    const shell = await open({ variant })
    await shell.ask('connects')
    const before = (await shell.ask('facts')).hosts
    process.kill(before[0]?.pid ?? 0, 'SIGKILL')
    await shell.ask('portCloses')
    await shell.until('the news', async () => (await shell.ask('facts')).hostStates.includes('restarting'))
    // Asked for while the host is away, so it has to wait for the next one.
    await shell.ask('connects')
    expect(await shell.ask('calls', 'session.state', {})).toMatchObject({ setUp: false, session: null })
    const { hosts, hostStates } = await shell.ask('facts')
    expect(hosts).toHaveLength(2)
    expect(hosts[1]?.pid).not.toBe(before[0]?.pid)
    expect(hostStates.at(-1)).toBe('ready')
  })

  test('finishes and ends before the program does', async () => {
    const shell = await open({ variant })
    await shell.ask('connects')
    const lock = join(shell.data, 'host.pid')
    expect(existsSync(lock)).toBe(true)
    await shell.ask('closesWindow')
    expect(await shell.ended).toBe(0)
    expect(existsSync(lock)).toBe(false)
    // A write-ahead log that is left behind means that the file was not closed.
    expect(existsSync(join(shell.data, 'shop.db-wal'))).toBe(false)
  })

  test('that finds the folder in use says so, and is tried again when the person asks for it', async () => {
    const data = join(temporaryFolder(), 'shop')
    mkdirSync(data)
    // This test's own process holds the folder: it runs, so the lock counts.
    writeFileSync(join(data, 'host.pid'), String(process.pid))
    const shell = await open({ variant, data, args: ['--lang=zh-CN'] })
    await shell.until('the message', async () => (await shell.ask('facts')).boxes.length === 1)
    const [box] = (await shell.ask('facts')).boxes
    expect(box?.['message']).toBe('无法打开店铺数据')
    expect(box?.['detail']).toContain('另一个 Benchside')
    expect(box?.['detail']).toContain('database.in_use')
    expect(box?.['detail']).toContain(data)
    expect(readFileSync(join(data, 'host.pid'), 'utf8')).toBe(String(process.pid))
    writeFileSync(join(data, 'host.pid'), '')
    await shell.ask('presses', 0)
    await shell.ask('connects')
    expect(await shell.ask('calls', 'session.state', {})).toMatchObject({ setUp: false, session: null })
  })
})
