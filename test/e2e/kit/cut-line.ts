import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line to the host that can be cut, as a Wi-Fi is that drops out at the worst moment. */
export interface CutLine {
  readonly url: string
  /** How often a request that begins like this went over the line. */
  sent(start: string): number
  /** Lets the next request that begins like this reach the host, loses its answer, and stays cut. */
  cutAfter(start: string): void
  mend(): void
  close(): Promise<void>
}

export async function openLine(hostUrl: string): Promise<CutLine> {
  const port = Number(new URL(hostUrl).port)
  const ends = new Set<Socket>()
  const seen: string[] = []
  let last: string | undefined
  let cut = false
  const drop = (): void => {
    cut = true
    for (const end of ends) end.destroy()
  }
  const server: Server = createServer((seat) => {
    if (cut) {
      seat.destroy()
      return
    }
    const host = connect(port, '127.0.0.1')
    let loses = false
    for (const [end, other] of [
      [seat, host],
      [host, seat],
    ] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
    }
    seat.on('data', (chunk: Buffer) => {
      const [line = ''] = chunk.toString('latin1').split('\r\n')
      if (line.endsWith(' HTTP/1.1')) seen.push(line)
      loses ||= last !== undefined && line.startsWith(last)
      host.write(chunk)
    })
    host.on('data', (chunk: Buffer) => {
      if (loses) drop()
      else seat.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${own}/`,
    sent: (start) => seen.filter((line) => line.startsWith(start)).length,
    cutAfter(start) {
      last = start
    },
    mend() {
      last = undefined
      cut = false
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        drop()
      }),
  }
}
