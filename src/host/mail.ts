import { createTransport } from 'nodemailer'
import type { App } from '#core/app.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { isMailSetUp } from '#contract/settings.ts'

type Server = OutputOf<'post.server'>

export interface Letter {
  /** Makes the Message-ID: a letter that is sent twice is shown once. */
  readonly uid: string
  readonly address: string
  readonly subject: string
  readonly body: string
}

const connectionMs = 15_000
const problemLength = 500

/** What went wrong, in the server's words, fit for one line on the screen. */
export function problemOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, ' ').slice(0, problemLength) || 'unknown'
}

/** Hands a letter to the shop's mail server. Throws what the server or the network said. */
export async function sendLetter(server: Server, letter: Letter): Promise<void> {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    // Without TLS from the start the server must offer it, unless it is on this very machine.
    requireTLS: !server.secure && !isLoopback(server.host),
    ...(server.user === '' ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    connectionTimeout: connectionMs,
    greetingTimeout: connectionMs,
    socketTimeout: connectionMs,
  })
  try {
    await transport.sendMail({
      from: { name: server.shopName, address: server.from },
      to: letter.address,
      subject: letter.subject,
      text: letter.body,
      messageId: `<${letter.uid}@benchside>`,
    })
  } finally {
    transport.close()
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

const perRound = 20

/** Sends what is due, one after the other, and keeps how each went. Answers how many were tried. */
export async function sendDueMail(app: App, newCommandId: () => string): Promise<number> {
  const server = app.run('post.server', {})
  if (!isMailSetUp(server)) return 0
  const letters = app.run('post.queue', { limit: perRound })
  for (const letter of letters) {
    let problem: string | null = null
    try {
      await sendLetter(server, letter)
    } catch (error) {
      problem = problemOf(error)
    }
    app.run('post.tried', { commandId: newCommandId(), noticeId: letter.id, problem })
  }
  return letters.length
}
