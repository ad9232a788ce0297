import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { importProfile, type ImportProfile } from '#contract/import-profile.ts'
import { TabularError } from './errors.ts'

/** Reads a profile file; `import.profile_invalid` with the first fault's path when it is none. */
export async function readProfile(path: string): Promise<ImportProfile> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new TabularError('import.profile_unknown', { profile: basename(path) })
  }
  const result = importProfile.safeParse(json)
  if (result.success) return result.data
  throw new TabularError('import.profile_invalid', { field: result.error.issues[0]?.path.join('.') ?? '' })
}

/** The profiles that come with the program, by file name. */
export async function readBuiltInProfiles(folder: string): Promise<ImportProfile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map((name) => readProfile(join(folder, name))))
}
