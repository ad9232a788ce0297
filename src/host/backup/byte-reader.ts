import { damaged } from './errors.ts'

/** Takes bytes off a stream in the portions the reader wants. */
export interface ByteReader {
  /** Exactly so many bytes. Error: `backup.damaged` when there are fewer. */
  take(count: number): Promise<Buffer>
  /** So many bytes as they come; must be read to its end before the next call. */
  stream(count: number): AsyncGenerator<Buffer>
  /** The next bytes as they come, empty at the end. */
  some(most: number): Promise<Buffer>
}

export function byteReader(source: AsyncIterable<Buffer>): ByteReader {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const some = async (most: number): Promise<Buffer> => {
    while (rest.length === 0) {
      const next = await chunks.next()
      if (next.done) return rest
      rest = next.value
    }
    const part = rest.subarray(0, most)
    rest = rest.subarray(part.length)
    return part
  }
  async function* stream(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0;) {
      const part = await some(left)
      if (part.length === 0) throw damaged('end')
      left -= part.length
      yield part
    }
  }
  return {
    some,
    stream,
    async take(count) {
      const parts: Buffer[] = []
      for await (const part of stream(count)) parts.push(part)
      return Buffer.concat(parts)
    },
  }
}
