import { join } from 'node:path'
import { pino, type Logger } from 'pino'

/** The host's log file in a folder, and what closes it. On a full disk lines are lost, never the host. */
export function openLog(logs: string): { log: Logger; close(): void } {
  const file = pino.destination({ dest: join(logs, 'host.log'), sync: true, mkdir: true, mode: 0o600 })
  file.on('error', () => {})
  const write = (line: string): void => {
    try {
      file.write(line)
    } catch {
      // There is no better place to say it: what was asked for is answered all the same.
    }
  }
  const log = pino({ base: null, redact: ['*.password', '*.pin', '*.passcode', '*.token'] }, { write })
  return { log, close: () => file.destroy() }
}
