import { z } from 'zod'
import { at, ok } from './fields.ts'
import { commandId, task } from './method.ts'

/** An export's name is that of its file, made by the host. */
const exportName = z.string().regex(/^benchside-[\w-]{1,80}\.zip$/)

export const shopExport = z.object({
  name: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  /** Rows and pictures done, of so many. */
  done: z.int(),
  of: z.int(),
  bytes: z.int(),
  startedAt: at,
  /** Why it failed. */
  problem: z.string().nullable(),
})
export type ShopExport = z.output<typeof shopExport>

/** So much of an export is sent at once: whatever its size, neither side has to hold it. */
export const exportPartBytes = 8 * 1024 * 1024

export const exportsContract = {
  /** Begins a full export as one ZIP beside the database; events of `exports` say how far it is. */
  start: task('data.export', { commandId }, shopExport),
  /** What is there, the newest first, and where on the shop's computer. */
  list: task('data.export', {}, z.object({ folder: z.string(), exports: z.array(shopExport) })),
  cancel: task('data.export', { name: exportName }, ok),
  remove: task('data.export', { name: exportName }, ok),
  /** A part of the file from `offset` on, at most `exportPartBytes`. */
  read: task('data.export', { name: exportName, offset: z.int().min(0) }, z.file()),
}
