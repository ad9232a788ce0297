import { request as plainRequest, type IncomingHttpHeaders } from 'node:http'
import { request as secureRequest } from 'node:https'

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Asked {
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly method?: string
  /** The only certificate authority that is trusted. */
  readonly ca?: string
}

/** One request as no browser would send it, on a connection of its own; a body without a method is posted as JSON. */
export function ask(url: string, { headers = {}, body, ca, ...asked }: Asked = {}): Promise<Answer> {
  const request = url.startsWith('https:') ? secureRequest : plainRequest
  const method = asked.method ?? (body === undefined ? 'GET' : 'POST')
  const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: typed, agent: false, ...(ca ? { ca } : {}) }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
