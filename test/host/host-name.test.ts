import { request } from 'node:http'
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOurHost } from '../../src/host/transport/guard.ts'
import { startTestHost, type RunningHost } from '../kit/host.ts'

let host: RunningHost
beforeAll(async () => {
  host = await startTestHost({ fromSource: true })
})
afterAll(() => host.stop())

/** Asks for /health under another name, as a page of somebody else's does that points its name at this computer. */
function statusUnder(name: string): Promise<number> {
  const { port } = new URL(host.url)
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/health', headers: { host: name } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('the name a seat comes under', () => {
  test('an address in figures, localhost and the computer’s own name are served', async () => {
    for (const name of ['127.0.0.1:4780', 'localhost', '192.168.1.20:4780', '[::1]:4780', hostname()])
      expect([name, await statusUnder(name)]).toEqual([name, 200])
  })

  test('a name that somebody else has pointed at this computer is not served', async () => {
    for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'shop'])
      expect([name, await statusUnder(name)]).toEqual([name, 421])
  })

  test('the name the shop gives its customers is served, and no other', () => {
    expect(isOurHost('status.example:443', () => 'status.example')).toBe(true)
    expect(isOurHost('status.example', () => null)).toBe(false)
    expect(isOurHost(undefined, () => 'status.example')).toBe(false)
  })
})
