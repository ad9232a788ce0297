import { join } from 'node:path'
import { exportPartBytes } from '#contract/exports.ts'
import type { App } from '#core/app.ts'
import type { DataFolder } from '../data-folder.ts'
import { createExportShelf } from '../transfer/export-shelf.ts'
import { personExport } from '../transfer/person-export.ts'
import type { ShelfRequest } from '../transfer/export-shelf.ts'
import type { TaskHandlers } from './tasks.ts'

type ExportTaskName =
  | 'exports.start'
  | 'exports.list'
  | 'exports.cancel'
  | 'exports.remove'
  | 'exports.read'
  | 'privacy.exportPerson'

export interface ExportTasks {
  readonly handlers: Pick<TaskHandlers, ExportTaskName>
  /** Ends what is under way; half an export is removed. */
  close(): Promise<void>
}

/** The tasks that hand the shop's data out: all of it, or one person's. */
export function createExportTasks(
  app: App,
  folder: DataFolder,
  about: Pick<ShelfRequest, 'program' | 'migrations'>,
): ExportTasks {
  const shelf = createExportShelf(app, join(folder.path, 'exports'), {
    ...about,
    database: folder.database,
    attachments: folder.attachments,
  })
  const ok = { ok: true } as const
  return {
    handlers: {
      'exports.start': async (ctx, { commandId }) => shelf.start(commandId, ctx.actor),
      'exports.list': async () => ({ folder: shelf.folder, exports: shelf.list() }),
      async 'exports.cancel'(_ctx, { name }) {
        await shelf.cancel(name)
        return ok
      },
      async 'exports.remove'(ctx, { name }) {
        shelf.remove(name, ctx.actor)
        return ok
      },
      async 'exports.read'(_ctx, { name, offset }) {
        const part = await shelf.part(name, offset, exportPartBytes)
        return new File([part], name, { type: 'application/zip' })
      },
      'privacy.exportPerson': (ctx, input) => personExport(ctx, shelf.folder, input),
    },
    close: () => shelf.close(),
  }
}
