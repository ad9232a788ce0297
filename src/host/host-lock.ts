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
 * One host per data folder: a second one would give a second order of writes. The lock is a file with
 * the host's process id; a lock left by a host that was killed is taken over. Error: `database.in_use`.
 */
export function lockFolder(path: string): () => void {
  const file = join(path, 'host.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const owner = Number(readFileSync(file, 'utf8'))
      if (Number.isInteger(owner) && owner > 0 && owner !== process.pid && alive(owner)) {
        throw new AppError('database.in_use', { pid: owner })
      }
      rmSync(file, { force: true })
    }
  }
  throw new AppError('database.in_use', { pid: 0 })
}
