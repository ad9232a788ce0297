import { isAscii, isUtf8 } from 'node:buffer'

/** How many bytes a character that begins with `lead` has in UTF-8; 0 when none may begin so. */
function lengthOf(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return 3
  return lead < 0xf5 ? 4 : 0
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

/** Bytes at the end of the chunk that begin a character which goes on in the next one. */
function openTail(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0
    if (isContinuation(byte)) continue
    return lengthOf(byte) > back ? back : 0
  }
  return 0
}

/**
 * Checks a stream of bytes for UTF-8, chunk by chunk, and counts what speaks for and against it.
 * A character cut off by the end of the file is reported apart: it is a truncated file, not another encoding.
 */
export class Utf8Check {
  /** Whole characters of two bytes and more, and sequences that are no UTF-8. */
  multibyte = 0
  invalid = 0
  /** Offset of the first byte that is no UTF-8; -1 when there is none. */
  firstInvalid = -1
  #tail: Buffer = Buffer.alloc(0)
  #offset = 0

  push(chunk: Buffer): void {
    const bytes = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk])
    const open = openTail(bytes)
    const whole = bytes.subarray(0, bytes.length - open)
    if (!isAscii(whole)) this.#count(whole)
    this.#offset += whole.length
    this.#tail = Buffer.from(bytes.subarray(bytes.length - open))
  }

  /** True when the file ends inside a character. */
  get cutAtEnd(): boolean {
    return this.#tail.length > 0
  }

  #count(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      for (const byte of bytes) if (byte >= 0xc2) this.multibyte++
      return
    }
    for (let index = 0; index < bytes.length;) {
      const length = lengthOf(bytes[index] ?? 0)
      if (length === 1) {
        index++
      } else if (length > 1 && isUtf8(bytes.subarray(index, index + length))) {
        this.multibyte++
        index += length
      } else {
        if (this.firstInvalid < 0) this.firstInvalid = this.#offset + index
        this.invalid++
        index++
      }
    }
  }
}
