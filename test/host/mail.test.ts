import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { problemOf, sendDueMail, sendLetter } from '../../src/host/mail.ts'
import { repairShop } from '../core/repairs/kit.ts'

const servers: SMTPServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A real mail server on loopback that keeps what it gets. */
async function mailServer(options: { password?: string } = {}) {
  const letters: string[] = []
  const server = new SMTPServer({
    authOptional: options.password === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === options.password ? done(null, { user: username }) : done(new Error('wrong password')),
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        letters.push(text)
        done()
      })
    },
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { letters, port: (server.server.address() as AddressInfo).port }
}

const account = { host: '127.0.0.1', secure: false, user: '', from: 'shop@example.com' }
const server = { ...account, shopName: '测试维修店', password: null }
const letter = {
  uid: randomUUID(),
  address: 'anna@example.com',
  subject: '设备已修好',
  body: '请来取机。\nThank you.',
}

/** A shop that writes through the server at this port, with a letter to the customer of a finished repair queued. */
function shopWithLetter(port: number) {
  const shop = repairShop()
  const { version } = shop.call('settings.get', {})
  shop.call('settings.update', { version, settings: { mail: { ...account, port } } })
  const repairId = shop.at('processed')
  const { subject, body, address } = letter
  const said = { kind: 'ready', channel: 'email', language: 'zh-CN', address, subject, body } as const
  shop.call('notices.record', { repairId, ...said })
  return { shop, repairId }
}

describe('letters to customers', () => {
  test('a queued letter reaches the server once, from the shop, with its Chinese subject and text', async () => {
    const { letters, port } = await mailServer()
    const { shop, repairId } = shopWithLetter(port)
    expect(await sendDueMail(shop.app, randomUUID)).toBe(1)
    expect(await sendDueMail(shop.app, randomUUID)).toBe(0)
    expect(letters).toHaveLength(1)
    expect(letters[0]).toContain('To: anna@example.com')
    expect(letters[0]).toContain(Buffer.from(letter.subject).toString('base64'))
    expect(shop.call('notices.ofRepair', { repairId })).toMatchObject([{ state: 'sent', problem: '' }])
    shop.close()
  })

  test('a letter stays in the queue with what the server said while the server is away', async () => {
    const { port } = await mailServer()
    for (const one of servers.splice(0)) await new Promise<void>((resolve) => one.close(() => resolve()))
    const { shop, repairId } = shopWithLetter(port)
    await sendDueMail(shop.app, randomUUID)
    const [notice] = shop.call('notices.ofRepair', { repairId })
    expect(notice).toMatchObject({ state: 'queued', tries: 1 })
    expect(notice?.problem).toMatch(/ECONNREFUSED|connect/i)
    shop.close()
  })

  test('a wrong password is said in the server’s words', async () => {
    const { port } = await mailServer({ password: 'right' })
    const sending = sendLetter({ ...server, port, user: 'shop', password: 'wrong' }, letter)
    const problem = await sending.then(() => 'sent', problemOf)
    expect(problem).toMatch(/wrong password|Invalid login/)
  })

  test('a server on the network that offers no TLS gets no letter and no password', async () => {
    const { letters, port } = await mailServer()
    // 0.0.0.0 is this machine without being loopback by name.
    const sending = sendLetter({ ...server, host: '0.0.0.0', port }, letter)
    expect(await sending.then(() => 'sent', problemOf)).toMatch(/TLS/i)
    expect(letters).toEqual([])
  })
})
