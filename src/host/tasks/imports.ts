import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { AppError, type App } from '#core/app.ts'
import type { DataFolder } from '../data-folder.ts'
import { importFiles, type ImportFiles } from '../jobs/import-files.ts'
import { writeRejects } from '../jobs/import-rejects.ts'
import { withFile } from '../jobs/import-run.ts'
import { importRunner, settleImports } from '../jobs/import-runner.ts'
import { decimalsOf, inspectFile } from '../jobs/inspect-file.ts'
import { readCodeList } from '../jobs/read-code-list.ts'
import { compileProfile } from '../tabular/map-rows.ts'
import { readBuiltInProfiles } from '../tabular/profiles.ts'
import { proposeColumn } from '../tabular/suggest.ts'
import type { TaskContext, TaskHandlers } from './tasks.ts'

type ImportTaskName =
  | 'imports.builtIn'
  | 'imports.inspect'
  | 'imports.proposeColumn'
  | 'imports.tryMapping'
  | 'imports.start'
  | 'imports.resume'
  | 'imports.cancel'
  | 'imports.rejectsFile'
  | 'dictionaries.importFile'

export interface ImportTasks {
  readonly handlers: Pick<TaskHandlers, ImportTaskName>
  /** Breaks off what is under way; it goes on when the host starts again and somebody asks for it. */
  close(): Promise<void>
}

/** The tasks of imports for one host: its files and the one run under way. */
export function createImportTasks(app: App, folder: DataFolder, root: string): ImportTasks {
  const files = importFiles(folder.imports)
  const runner = importRunner(app, files)
  const builtIn = () => readBuiltInProfiles(join(root, 'resources', 'import-profiles'))
  settleImports(app, files).catch((error: unknown) => {
    app.log.warn({ err: error }, 'the folder of imports could not be tidied')
  })
  const handlers: ImportTasks['handlers'] = {
    'imports.builtIn': builtIn,
    async 'imports.inspect'(ctx, input) {
      await files.tidy(app.clock.now())
      // A shop's own profile goes before one that came with the program.
      const profiles = [...app.run('imports.profiles', {}, ctx.actor), ...(await builtIn())]
      return await inspect(files, { profiles, currency: currencyOf(app) }, input)
    },
    async 'imports.proposeColumn'(_ctx, { target, field, column, samples }) {
      const currencyDecimals = decimalsOf(currencyOf(app))
      const proposal = proposeColumn(target, field, column, samples, { currencyDecimals })
      if (!proposal) throw new AppError('import.profile_invalid', { field })
      return proposal
    },
    'imports.tryMapping': (_ctx, input) => withFile(() => tryMapping(input)),
    'imports.start': (ctx, { commandId, fileUid, ...asked }) =>
      runner.start(commandId, { ...asked, path: files.upload(fileUid), actor: ctx.actor }),
    'imports.resume': (ctx, input) => runner.resume(input.commandId, input.runId, ctx.actor),
    async 'imports.cancel'(_ctx, input) {
      runner.cancel(input.runId)
      return { ok: true }
    },
    'imports.rejectsFile': (ctx, input) => rejectsFile(ctx, files, input),
    'dictionaries.importFile': (ctx, input) => importCodeList(ctx, files, input),
  }
  return { handlers, close: () => runner.close() }
}

function currencyOf(app: App): string {
  return app.run('session.state', {}).shop?.currency ?? 'CNY'
}

async function inspect(
  files: ImportFiles,
  shop: { readonly profiles: OutputOf<'imports.profiles'>; readonly currency: string },
  input: InputOf<'imports.inspect'>,
): Promise<OutputOf<'imports.inspect'>> {
  const { file, fileUid, fileName = 'file', target, profileId } = input
  const asked = { ...shop, reading: input.reading ?? {}, target, profileId }
  if (!file) {
    if (fileUid === undefined) throw new AppError('import.file_missing')
    const path = files.upload(fileUid)
    return { fileUid, fileName, ...(await withFile(() => inspectFile(path, asked))) }
  }
  const kept = await files.keep(file)
  try {
    const found = await withFile(() => inspectFile(kept.path, asked))
    return { fileUid: kept.fileUid, fileName: basename(file.name).slice(0, 255), ...found }
  } catch (error) {
    await rm(kept.path, { force: true })
    throw error
  }
}

function tryMapping(input: InputOf<'imports.tryMapping'>): OutputOf<'imports.tryMapping'> {
  const { map, unusedColumns } = compileProfile(input.profile, input.columns, { draft: true })
  const rows = input.rows.map((cells) => {
    const row = map(cells)
    return row.ok
      ? { values: { ...row.values }, warnings: [...row.warnings], errors: [] }
      : { values: { ...row.values }, warnings: [], errors: [...row.errors] }
  })
  return { rows, unusedColumns: [...unusedColumns] }
}

async function rejectsFile(
  ctx: TaskContext,
  files: ImportFiles,
  input: InputOf<'imports.rejectsFile'>,
): Promise<File> {
  const { fileName, columns } = ctx.app.run('runs.stored', { runId: input.runId }, ctx.actor)
  const path = files.rejects()
  await writeRejects(ctx.app, { path, runId: input.runId, columns, words: input.words })
  // Read from the disk while it is sent: the rejects of a large file do not pass through memory.
  return new File([await openAsBlob(path)], `${fileName}.rejects.csv`, { type: 'text/csv' })
}

async function importCodeList(
  ctx: TaskContext,
  files: ImportFiles,
  input: InputOf<'dictionaries.importFile'>,
): Promise<OutputOf<'dictionaries.importRows'>> {
  const { commandId, kind, file } = input
  const { path } = await files.keep(file)
  try {
    const rows = await withFile(() => readCodeList(path))
    return ctx.app.run('dictionaries.importRows', { commandId, kind, rows }, ctx.actor)
  } finally {
    await rm(path, { force: true })
  }
}
