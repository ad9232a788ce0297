import { openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#core/app.ts'

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * When a process began, in the system's own figures: after a power cut another program may have the number of the host
 * that was killed. Empty where the system does not say.
 */
function beganAt(pid: number): string {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\)(?!.*\))/s)
    return after.trim().split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isHeld(text: string): number | undefined {
  const [number = '', began = ''] = text.split(' ')
  const owner = Number(number)
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid || !alive(owner)) return undefined
  return began === '' || beganAt(owner) === began ? owner : undefined
}

/**
 * One host per data folder: a second one would give a second order of writes. The lock is a file with
 * the host's process id and when it began; a lock left by a host that was killed is taken over. Error: `database.in_use`.
 */
export function lockFolder(path: string): () => void {
  const file = join(path, 'host.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, `${process.pid} ${beganAt(process.pid)}`.trim())
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const owner = isHeld(readFileSync(file, 'utf8'))
      if (owner !== undefined) throw new AppError('database.in_use', { pid: owner })
      rmSync(file, { force: true })
    }
  }
  throw new AppError('database.in_use', { pid: 0 })
}
