import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundEmptyShop } from '#host/start-host.ts'
import { served } from './served.ts'
import { hostOn, intakes, newFolder, type Host } from './shop-folder.ts'

/*
 * Seats that are slower than the shop: one whose call never comes to its end, and one that does not read what it is
 * told. The host is in this process, so that its patience can be short and its announcements counted.
 */
let host: Host
beforeAll(async () => {
  host = hostOn(newFolder())
  await foundEmptyShop(host, 'correct horse 12')
})
afterAll(async () => {
  await host.close()
})

/** All that comes until the other side hangs up; `written` is what is sent first. */
function conversation(port: number, written: string): { ended: Promise<string>; write(text: string): void } {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  let got = ''
  socket.on('data', (chunk: Buffer) => (got += chunk.toString('latin1')))
  socket.write(written)
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(got)))
  return { ended, write: (text) => void socket.write(text) }
}

test('a request that has not arrived within the time limit is answered 408 and cut off, and nothing of it is done', async () => {
  const usual = await served(host)
  expect(usual.server.server.requestTimeout).toBe(300_000)
  const hasty = await served(host, { patience: { requestMs: 200, lookMs: 20 } })
  const [intake] = intakes(host, 1)
  const body = JSON.stringify({ json: intake })
  const head = [
    'POST /rpc/repairs/receive HTTP/1.1',
    `Host: 127.0.0.1:${hasty.port}`,
    `Cookie: ${hasty.cookie}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  const slowHead = conversation(hasty.port, head.slice(0, 2).join('\r\n'))
  // All but its last letter: of what is missing one letter nothing may be done.
  const slowBody = conversation(hasty.port, [...head, '', body.slice(0, -1)].join('\r\n'))
  const answers = await Promise.all([slowHead.ended, slowBody.ended])
  for (const answer of answers) expect(answer.split('\r\n')[0]).toContain(' 408 ')
  expect(await usual.call('repairs.list', {})).toMatchObject({ status: 200, json: { rows: [] } })
  expect(await usual.call('repairs.receive', intake ?? {})).toMatchObject({ status: 200 })
})

/** The events of a stream as they are read, which is when a test asks for them. */
function eventsOf(answer: Response): () => Promise<{ seq: number; topic: string }> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  return async () => {
    for (;;) {
      const data = /^data: (.*)\n/m.exec(rest)
      if (data?.[1]) {
        rest = rest.slice(data.index + data[0].length)
        return (JSON.parse(data[1]) as { json: { seq: number; topic: string } }).json
      }
      const part = await reader?.read()
      if (!part || part.done) throw new Error('the stream ended')
      rest += part.value
    }
  }
}

test('a seat far behind loses old announcements only: it hears the newest, sees the gap before it, and asks for the present state', async () => {
  const seat = await served(host)
  const next = eventsOf(await seat.request('session.events', {}))
  expect(await next()).toMatchObject({ seq: 0, topic: 'connected' })
  const before = (await seat.call('repairs.list', {})).json as { rows: unknown[] }
  const [intake] = intakes(host, 1)
  expect(await seat.call('repairs.receive', intake ?? {})).toMatchObject({ status: 200 })
  // No turn of the event loop is left to the stream meanwhile: it is as far behind as one whose line is down.
  for (let count = 0; count < 5000; count++) host.app.announce('imports', [count])
  host.app.announce('last', [])
  const seen: number[] = []
  for (let topic = ''; topic !== 'last';) {
    const event = await next()
    topic = event.topic
    seen.push(event.seq)
  }
  const gaps = seen.filter((seq, index) => index > 0 && seq !== (seen[index - 1] ?? 0) + 1)
  expect(seen.length).toBeLessThan(2000)
  expect(gaps).toHaveLength(1)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  const now = (await seat.call('repairs.list', {})).json as { rows: unknown[] }
  expect(now.rows).toHaveLength(before.rows.length + 1)
})
