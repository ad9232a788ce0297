import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { createHttp, type HttpOptions } from '#host/transport/http.ts'
import { newToken } from '#host/transport/connection.ts'
import type { Host } from './shop-folder.ts'

const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
})

/** What a call came back with: its code when it was refused. */
export interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly json: unknown
}

/** The real HTTP side of a host in this process, so that a test can reach under its feet, and a seat signed in there. */
export async function served(host: Host, more: Partial<HttpOptions> = {}) {
  const { app, router, serviceReport } = host
  const server = await createHttp({ app, router, serviceReport, version: '0', webRoot: null, ...more })
  await server.listen({ port: 0, host: '127.0.0.1' })
  closing.push(() => server.close())
  const { port } = server.server.address() as AddressInfo
  const { token, tokenHash } = newToken()
  const session = { userId: 1, tokenHash, seatUid: null, seatName: 'Counter', by: 'password' } as const
  app.run('access.openSession', { commandId: crypto.randomUUID(), ...session })
  const cookie = `benchside_session=${token}`
  const request = async (method: string, input: object): Promise<Response> =>
    await fetch(`http://127.0.0.1:${port}/rpc/${method.replace('.', '/')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ json: input }),
    })
  return {
    server,
    port,
    cookie,
    tokenHash,
    request,
    async call(method: string, input: object): Promise<Answer> {
      const answer = await request(method, input)
      const { json } = (await answer.json()) as { json: unknown }
      const refused = answer.ok ? undefined : (json as { code?: string }).code
      return { status: answer.status, code: refused, json }
    },
  }
}
