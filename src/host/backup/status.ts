import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { backupStates } from '#contract/backups.ts'
import { errorCodes } from '#contract/errors.ts'
import { writeText } from './safe-file.ts'

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const checked = z.object({
  state: z.enum(backupStates),
  at: z.int(),
  code: z.enum(errorCodes).nullable(),
  params,
})
/** How a backup was found when it was last proved. */
export type CheckNote = z.output<typeof checked>

const statusShape = z.object({
  checks: z.record(z.string(), checked),
  second: z.object({ at: z.int(), code: z.enum(errorCodes), params }).nullable(),
})
type Status = z.output<typeof statusShape>

/**
 * What is known of the backups, in a file beside them: it must outlive a restore, which the database does not. Losing
 * it loses nothing but that they were proved.
 */
export function backupStatus(folder: string) {
  const file = join(folder, 'status.json')
  const read = (): Status => {
    const empty = { checks: {}, second: null }
    if (!existsSync(file)) return empty
    try {
      return statusShape.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return empty
    }
  }
  const write = async (status: Status) => await writeText(file, JSON.stringify(status))
  const keyOf = (place: string, name: string) => `${place}/${name}`
  return {
    checkOf: (place: string, name: string): CheckNote | undefined => read().checks[keyOf(place, name)],
    second: () => read().second,
    async noteCheck(place: string, name: string, note: CheckNote) {
      const status = read()
      await write({ ...status, checks: { ...status.checks, [keyOf(place, name)]: note } })
    },
    async noteSecond(second: Status['second']) {
      await write({ ...read(), second })
    },
    async forget(place: string, names: readonly string[]) {
      const status = read()
      const gone = new Set(names.map((name) => keyOf(place, name)))
      const checks = Object.fromEntries(Object.entries(status.checks).filter(([key]) => !gone.has(key)))
      await write({ ...status, checks })
    },
  }
}
export type BackupStatus = ReturnType<typeof backupStatus>
