/**
 * The tar format as far as a backup needs it (POSIX ustar): a few plain files. A backup can be opened by any program
 * that knows tar, without Benchside.
 */

export const blockBytes = 512

export interface TarEntry {
  readonly name: string
  readonly size: number
  /** Whole seconds since 1970. */
  readonly seconds: number
}

/** Above this the size no longer fits into eleven octal digits and is written in binary, as GNU tar does. */
const octalLimit = 8 ** 11

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\0`
}

/** The block that stands before a file's bytes; the same entry gives the same bytes. */
export function tarHeader({ name, size, seconds }: TarEntry): Buffer {
  const block = Buffer.alloc(blockBytes)
  block.write(name, 0, 100, 'ascii')
  block.write(octal(0o600, 7), 100, 'ascii')
  block.write(octal(0, 7), 108, 'ascii')
  block.write(octal(0, 7), 116, 'ascii')
  if (size < octalLimit) block.write(octal(size, 11), 124, 'ascii')
  else {
    block.writeUInt8(0x80, 124)
    block.writeBigUInt64BE(BigInt(size), 128)
  }
  block.write(octal(seconds, 11), 136, 'ascii')
  block.write('        ', 148, 'ascii')
  block.write('0', 156, 'ascii')
  block.write('ustar\u000000', 257, 'ascii')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return block
}

/** Reads a block back; undefined for one that `tarHeader` would not have written to the last bit. */
export function readTarHeader(block: Buffer): TarEntry | undefined {
  const name = block.toString('ascii', 0, 100).replace(/\0.*$/s, '')
  const size =
    block[124] === 0x80
      ? Number(block.readBigUInt64BE(128))
      : Number.parseInt(block.toString('ascii', 124, 135), 8)
  const seconds = Number.parseInt(block.toString('ascii', 136, 147), 8)
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(seconds) || size < 0 || seconds < 0)
    return undefined
  const entry = { name, size, seconds }
  return tarHeader(entry).equals(block) ? entry : undefined
}

/** Zero bytes up to the next whole block. */
export function paddingAfter(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes
}
