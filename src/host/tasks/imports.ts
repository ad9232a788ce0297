import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { ImportProfile } from '#contract/import-profile.ts'
import { AppError } from '#core/app.ts'
import { asAppError, runImport } from '../jobs/import-run.ts'
import { compileProfile } from '../tabular/map-rows.ts'
import { openTable, type Table } from '../tabular/open-table.ts'
import { readBuiltInProfiles } from '../tabular/profiles.ts'
import { suggestMapping } from '../tabular/suggest.ts'
import { toCsv } from '../tabular/write-csv.ts'
import type { TaskContext, TaskHandlers } from './tasks.ts'

type ImportTaskName =
  | 'imports.builtIn'
  | 'imports.inspect'
  | 'imports.start'
  | 'imports.cancel'
  | 'imports.rejectsFile'
  | 'dictionaries.importFile'

/** The largest file the wizard takes; the command line takes any. */
const largestBytes = 500 * 1024 * 1024
const sampleRows = 20

/** Runs under way in this host, by run id. One at a time: a second one would only make both slower. */
const underWay = new Map<number, AbortController>()
let busy = false

function place(ctx: TaskContext, fileUid: string): string {
  for (const ending of ['.csv', '.xlsx']) {
    const path = join(ctx.folder.imports, fileUid + ending)
    if (existsSync(path)) return path
  }
  throw new AppError('import.file_missing')
}

/** Puts an uploaded file beside the database without holding it in memory; answers its uid and path. */
async function keepFile(ctx: TaskContext, file: File): Promise<{ fileUid: string; path: string }> {
  if (file.size > largestBytes)
    throw new AppError('import.file_too_large', { max: largestBytes / 1024 / 1024 })
  const fileUid = randomUUID()
  const ending = extname(file.name).toLowerCase() === '.xlsx' ? '.xlsx' : '.csv'
  const path = join(ctx.folder.imports, fileUid + ending)
  await pipeline(Readable.fromWeb(file.stream() as ReadableStream), createWriteStream(path, { mode: 0o600 }))
  return { fileUid, path }
}

async function open(path: string): Promise<Table> {
  try {
    return await openTable(path)
  } catch (error) {
    await rm(path, { force: true })
    throw asAppError(error)
  }
}

async function firstRows(table: Table): Promise<string[][]> {
  const sample: string[][] = []
  for await (const row of table.rows()) {
    if (!row.problem) sample.push([...row.cells])
    if (sample.length >= sampleRows) break
  }
  return sample
}

function fits(profile: ImportProfile, columns: readonly string[]): boolean {
  try {
    compileProfile(profile, columns)
    return true
  } catch {
    return false
  }
}

async function allProfiles(ctx: TaskContext): Promise<ImportProfile[]> {
  const stored = ctx.app.run('imports.profiles', {}, ctx.actor)
  return [...(await readBuiltInProfiles(join(ctx.root, 'resources', 'import-profiles'))), ...stored]
}

export const importTasks: Pick<TaskHandlers, ImportTaskName> = {
  'imports.builtIn': async (ctx) => await readBuiltInProfiles(join(ctx.root, 'resources', 'import-profiles')),

  async 'imports.inspect'(ctx, input) {
    const { fileUid, path } = await keepFile(ctx, input.file)
    const table = await open(path)
    const sample = await firstRows(table)
    const profiles = await allProfiles(ctx)
    const matching = profiles.find(
      (profile) =>
        (input.target === undefined || profile.target === input.target) &&
        (input.profileId === undefined || profile.id === input.profileId) &&
        fits(profile, table.columns),
    )
    return {
      fileUid,
      columns: [...table.columns],
      sample,
      encoding: table.encoding,
      format: table.format,
      delimiter: table.delimiter,
      rowEstimate: table.rowEstimate,
      matchingProfileId: matching?.id ?? null,
      suggestion: suggestMapping(input.target ?? 'repairs', table.columns, sample).profile,
    }
  },

  async 'imports.start'(ctx, input) {
    const path = place(ctx, input.fileUid)
    if (busy) throw new AppError('import.running')
    busy = true
    const stop = new AbortController()
    const { profile, fileName, dryRun } = input
    // Answers as soon as the run has begun; the rest goes on beside the seats' work.
    const begun = Promise.withResolvers<number>()
    const finished = runImport(ctx.app, {
      path,
      fileName,
      profile,
      dryRun,
      actor: ctx.actor,
      signal: stop.signal,
      onBegin(runId) {
        underWay.set(runId, stop)
        begun.resolve(runId)
      },
    }).finally(() => {
      busy = false
      for (const [runId, one] of underWay) if (one === stop) underWay.delete(runId)
    })
    finished.catch((error: unknown) => {
      begun.reject(error)
      ctx.app.log.warn({ err: error, fileName }, 'an import ended early')
    })
    const runId = await begun.promise
    return ctx.app.run('imports.run', { runId }, ctx.actor).run
  },

  async 'imports.cancel'(_ctx, input) {
    underWay.get(input.runId)?.abort()
    return { ok: true }
  },

  async 'imports.rejectsFile'(ctx, input) {
    const { run } = ctx.app.run('imports.run', { runId: input.runId }, ctx.actor)
    let text = ''
    for await (const piece of toCsv(rejectLines(ctx, input.runId))) text += piece
    return new File([text], `${run.fileName}.rejects.csv`, { type: 'text/csv' })
  },

  async 'dictionaries.importFile'(ctx, input) {
    const { path } = await keepFile(ctx, input.file)
    try {
      const table = await open(path)
      const at = columnFinder(table.columns)
      const rows: { line: number; code: string; zh: string; en: string; parent: string }[] = []
      for await (const { line, cells, problem } of table.rows()) {
        const cell = (index: number) => (index < 0 ? '' : (cells[index] ?? '').trim())
        if (!problem)
          rows.push({ line, code: cell(at.code), zh: cell(at.zh), en: cell(at.en), parent: cell(at.parent) })
      }
      return ctx.app.run(
        'dictionaries.importRows',
        { commandId: input.commandId, kind: input.kind, rows },
        ctx.actor,
      )
    } catch (error) {
      throw asAppError(error)
    } finally {
      await rm(path, { force: true })
    }
  },
}

function columnFinder(columns: readonly string[]): { code: number; zh: number; en: number; parent: number } {
  const find = (...names: string[]) =>
    columns.findIndex((column) => names.includes(column.trim().toLowerCase()))
  const at = {
    code: find('code', '代码', '编码', '编号'),
    zh: find('zh', 'chinese', '中文', '名称', '中文名称', 'name_zh', '描述'),
    en: find('en', 'english', '英文', 'name', '英文名称', 'name_en', 'description'),
    parent: find('parent', '上级', '父级', 'brand', '品牌', 'category', '类别'),
  }
  if (at.zh < 0 && at.en < 0) throw new AppError('import.column_missing', { column: 'en / zh' })
  return at
}

function* rejectLines(ctx: TaskContext, runId: number): Generator<string[]> {
  yield ['rejected line', 'rejected field', 'rejected code', 'rejected params']
  let afterId = 0
  for (;;) {
    const page = ctx.app.run('runs.rejects', { runId, afterId, limit: 1000 }, ctx.actor)
    for (const one of page) {
      yield [String(one.line), one.field, one.code, JSON.stringify(one.params), ...one.cells]
      afterId = one.id
    }
    if (page.length === 0) return
  }
}
