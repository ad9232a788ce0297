import { randomUUID } from 'node:crypto'
import { existsSync, openAsBlob, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { InputOf } from '#contract/method-types.ts'
import type { PersonData } from '#contract/transfer.ts'
import { program } from '../program.ts'
import type { TaskContext } from '../tasks/tasks.ts'
import { personPage } from './person-page.ts'
import { zipSink } from './zip-sink.ts'

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/heic': '.heic',
}

/** A picture's name in the ZIP: numbered, since two may be called the same, and of no folder. */
function pictureName(file: PersonData['files'][number], at: number): string {
  const ending = endings[file.mime] ?? extname(file.name).replace(/[^.\w]/g, '')
  return `pictures/${String(at + 1).padStart(3, '0')}-${file.kind.replace(/\W/g, '')}${ending}`
}

/** Long enough for the slowest seat to have read it. */
const keptMs = 600_000

/**
 * Everything about one customer as a ZIP: a page to read, the same for a machine, and the pictures. It is built on the
 * disk, because pictures of many repairs are large, and is gone from there minutes later.
 */
export async function personExport(
  ctx: TaskContext,
  folder: string,
  { customerUid, language: asked }: InputOf<'privacy.exportPerson'>,
): Promise<File> {
  const data = ctx.app.run('transfer.person', { customerUid })
  const { settings } = ctx.app.run('settings.get', {}, program)
  const now = ctx.app.clock.now()
  const language = asked ?? data.language
  const path = join(folder, `person-${randomUUID()}`)
  const zip = zipSink(path, now)
  try {
    await zip.file('index.html', [Buffer.from(personPage({ data, language, shop: settings, now }))])
    const machine = { at: new Date(now).toISOString(), shop: settings.name, ...data }
    await zip.file('data.json', [Buffer.from(`${JSON.stringify(machine, null, 2)}\n`)])
    for (const [at, file] of data.files.entries()) {
      const source = join(ctx.folder.attachments, file.sha256.slice(0, 2), file.sha256)
      if (existsSync(source)) await zip.copy(pictureName(file, at), source)
    }
    await zip.close()
  } finally {
    await zip.abandon()
    setTimeout(() => rmSync(path, { force: true }), keptMs).unref()
  }
  ctx.app.run('transfer.personExported', { commandId: randomUUID(), customerId: data.customerId }, ctx.actor)
  return new File([await openAsBlob(path)], `person-${customerUid.slice(-12)}.zip`, {
    type: 'application/zip',
  })
}
