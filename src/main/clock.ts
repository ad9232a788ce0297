/** The computer's time, UTC epoch ms: for certificates, names of files and lines of a log. No rule of the shop's goes by it. */
export function systemNow(): number {
  return Date.now()
}
