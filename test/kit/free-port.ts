import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that nobody uses on this address, nor the one after it, and that the system gives to nobody who asks for any
 * port: what tests and browsers open meanwhile, here and in other processes, lies above. A port that the system gave
 * out and that was given back could be somebody else's by the time it is used.
 */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if ((await isFree(port, address)) && (await isFree(port + 1, address))) return port
  }
}

async function isFree(port: number, address: string): Promise<boolean> {
  const server = createServer().listen(port, address)
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
