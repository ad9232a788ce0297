import { AppError } from '#core/app.ts'

/** What is wrong with a backup file, for the log and the page; `what` names the part. */
export function damaged(what: string): AppError {
  return new AppError('backup.damaged', { what })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** What a person can do something about when files are read or written at `path`; everything else as it is. */
export function mapFileError(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code === 'EISDIR') return new AppError('backup.not_a_backup')
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return new AppError('backup.no_space', { path })
  if (['ENOENT', 'ENOTDIR', 'EEXIST', 'ENODEV', 'EIO', 'ESTALE'].includes(code))
    return new AppError('backup.folder_missing', { path })
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return new AppError('backup.not_writable', { path })
  return error
}

/** Runs work on files at `path`; errors leave as those a person knows. */
export async function onFiles<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw mapFileError(error, path)
  }
}
