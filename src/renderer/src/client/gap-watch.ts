/**
 * Tells of each event of one stream, by its number, whether some before it are missing: the host drops the oldest for a
 * seat that is far behind. The greeting of a stream has no number (0), and the first event may have any.
 */
export function gapWatch(): (seq: number) => boolean {
  let last = 0
  return (seq) => {
    const isMissing = last > 0 && seq > last + 1
    last = Math.max(last, seq)
    return isMissing
  }
}
