import { access, constants, mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { z } from 'zod'
import { AppError } from '#core/app.ts'
import type { DataFolder } from '../data-folder.ts'
import { mapFileError, onFiles } from './errors.ts'
import { writeText } from './safe-file.ts'

/* A disk that is not plugged in often leaves an empty folder at its place, on the computer's own disk: copies there
 * would be none. So the folder is marked when it is chosen, and only used while the mark is there. The mark says whose
 * copies these are: two shops on one network drive would tidy each other's away. */
const markName = 'benchside-backups.json'
const mark = z.object({ holds: z.literal('Benchside backups'), shop: z.string().optional() })

/** The shop a folder is marked for; undefined where a mark does not say. Throws where there is none. */
async function ownerOf(path: string): Promise<string | undefined> {
  const text = await readFile(join(path, markName), 'utf8')
  try {
    return mark.parse(JSON.parse(text)).shop
  } catch {
    // Written over by somebody, but once chosen.
    return undefined
  }
}

/**
 * Whether the second folder can be used now. Errors: `backup.folder_missing`, `backup.not_writable`,
 * `backup.other_shop` {path}.
 */
export async function requireSecond(path: string, shop: string): Promise<void> {
  await onFiles(path, async () => {
    if (((await ownerOf(path)) ?? shop) !== shop) throw new AppError('backup.other_shop', { path })
    await access(path, constants.W_OK)
  })
}

/**
 * Marks a folder as the shop's second one. Errors: `backup.folder_missing`, `backup.not_writable`,
 * `backup.same_folder`, `backup.other_shop`.
 */
export async function chooseSecond(
  path: string,
  data: Pick<DataFolder, 'path' | 'backups'>,
  shop: string,
): Promise<void> {
  if (!isAbsolute(path)) throw new AppError('backup.folder_missing', { path })
  await onFiles(path, async () => {
    if (!(await stat(path)).isDirectory()) throw new AppError('backup.folder_missing', { path })
    for (const own of [data.path, data.backups])
      if (await leadsInto(path, own)) throw new AppError('backup.same_folder')
    const owner = await ownerOf(path).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return undefined
      throw mapFileError(error, path)
    })
    if ((owner ?? shop) !== shop) throw new AppError('backup.other_shop', { path })
    // Not `recursive`: where a system cannot make folders at all, Node would try for ever.
    await mkdir(join(path, 'files')).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error
    })
    await writeText(join(path, markName), JSON.stringify({ holds: 'Benchside backups', shop }))
  })
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Whether a folder lies in another, by whatever links either is reached. */
async function leadsInto(path: string, own: string): Promise<boolean> {
  if (!(await stat(own).catch(() => undefined))) return false
  const [one, other] = [await stat(path), await stat(own)]
  // The same disk twice, under two names.
  if (one.dev === other.dev && one.ino === other.ino && one.ino !== 0) return true
  const inside = relative(await realpath(own), await realpath(path))
  return inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))
}
