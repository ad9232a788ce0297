/** Text for the other process; bytes and functions' places pass as worlds.js writes them. */
export function writeWire(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => {
    if (isBufferText(one)) return { $bytes: Buffer.from(one.data).toString('base64') }
    if (one instanceof ArrayBuffer) return { $bytes: Buffer.from(one).toString('base64') }
    return one instanceof Uint8Array ? { $bytes: Buffer.from(one).toString('base64') } : one
  })
}

export function readWire(text: string): unknown {
  return JSON.parse(text, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && '$bytes' in one
      ? new Uint8Array(Buffer.from(String(one.$bytes), 'base64'))
      : one,
  )
}

/** JSON asks a Buffer for its own text before it asks us. */
function isBufferText(one: unknown): one is { data: number[] } {
  return typeof one === 'object' && one !== null && 'type' in one && one.type === 'Buffer' && 'data' in one
}
