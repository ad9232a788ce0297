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
  /** The backups of the shop's own folder in the order they were made, which a clock set wrong does not change. */
  made: z.array(z.string()).default([]),
  second: z.object({ at: z.int(), code: z.enum(errorCodes), params }).nullable(),
})
type Status = z.output<typeof statusShape>

/** More than any rule keeps, in both folders: copies go by the order of what they are copies of. */
const orderKept = 500

/**
 * What is known of the backups, in a file beside them: it must outlive a restore, which the database does not. Losing
 * it loses nothing but that they were proved, and in which order they were made.
 */
export function backupStatus(folder: string) {
  const file = join(folder, 'status.json')
  const read = (): Status => {
    const empty = { checks: {}, made: [], second: null }
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
    /** The newest first: as they were made, and before these what nobody knows more of than its time. */
    newestFirst<T extends { readonly name: string; readonly at: number }>(files: readonly T[]): T[] {
      const order = new Map(read().made.map((name, place) => [name, place]))
      const placeOf = ({ name }: T) => order.get(name) ?? -1
      return files.toSorted((a, b) => placeOf(b) - placeOf(a) || b.at - a.at || (a.name < b.name ? 1 : -1))
    },
    /** Notes a backup of the shop's own folder as the newest, and how it was found. */
    async noteMade(name: string, note: CheckNote) {
      const status = read()
      const made = [...status.made.filter((one) => one !== name), name].slice(-orderKept)
      await write({ ...status, made, checks: { ...status.checks, [keyOf('own', name)]: note } })
    },
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
