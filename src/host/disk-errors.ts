import { AppError } from '#core/app.ts'

/** What a disk says when nothing can be written, as an error a person can act on; anything else as it is. */
export function diskError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return new AppError('database.full')
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return new AppError('database.read_only')
  return error
}

/** Does what needs the disk. Errors: `database.full`, `database.read_only`, and those of the act. */
export function onDisk<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw diskError(error)
  }
}
