import { access, constants, mkdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { AppError } from '#core/app.ts'
import { onFiles } from './errors.ts'
import { writeText } from './safe-file.ts'

/* A disk that is not plugged in often leaves an empty folder at its place, on the computer's own disk: copies there
 * would be none. So the folder is marked when it is chosen, and only used while the mark is there. */
const markName = 'benchside-backups.json'

/**
 * Whether the second folder can be used now. Errors: `backup.folder_missing`, `backup.not_writable` {path}.
 */
export async function requireSecond(path: string): Promise<void> {
  await onFiles(path, async () => {
    await readFile(join(path, markName))
    await access(path, constants.W_OK)
  })
}

/**
 * Marks a folder as the shop's second one. Errors: `backup.folder_missing`, `backup.not_writable`,
 * `backup.same_folder`.
 */
export async function chooseSecond(path: string, dataPath: string): Promise<void> {
  if (!isAbsolute(path)) throw new AppError('backup.folder_missing', { path })
  const inside = relative(dataPath, path)
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside)))
    throw new AppError('backup.same_folder')
  await onFiles(path, async () => {
    if (!(await stat(path)).isDirectory()) throw new AppError('backup.folder_missing', { path })
    // Not `recursive`: where a system cannot make folders at all, Node would try for ever.
    await mkdir(join(path, 'files')).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
    await writeText(join(path, markName), JSON.stringify({ holds: 'Benchside backups' }))
  })
}
