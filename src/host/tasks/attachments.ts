import type { InputOf } from '#contract/method-types.ts'
import { maxLogoBytes, maxPhotoBytes } from '#contract/intake.ts'
import { AppError, fieldError } from '#core/app.ts'
import { readPicture } from '../documents/pictures.ts'
import { pictureType } from '../pictures.ts'
import type { TaskHandler } from './tasks.ts'

export const upload: TaskHandler<'attachments.upload'> = async (ctx, input) => {
  const { file, draftUid, commandId } = input
  if (input.kind === 'logo' && !ctx.actor.permissions.has('settings.manage')) {
    throw new AppError('forbidden', { permission: 'settings.manage' })
  }
  const { bytes, mime } = await readFile(file, input.kind)
  // A logo belongs to no repair; until the settings name it, it is kept and cleared away like a draft's picture.
  const kind = input.kind === 'logo' ? ('document' as const) : input.kind
  const repairId = input.kind === 'logo' ? null : input.repairId
  const about = { kind, repairId, draftUid, name: cleanName(file.name), mime, size: bytes.length }
  return await ctx.files.keep(bytes, (sha256) =>
    ctx.app.run('files.register', { commandId, ...about, sha256 }, ctx.actor),
  )
}

/**
 * The picture's bytes and what they are. Errors at `file`: `attachment.too_large`, `attachment.not_an_image`, and
 * `attachment.not_a_logo` for a logo that the documents cannot print.
 */
async function readFile(file: File, kind: InputOf<'attachments.upload'>['kind']) {
  const name = file.name.slice(0, 120)
  const max = kind === 'logo' ? maxLogoBytes : maxPhotoBytes
  if (file.size > max) throw fieldError('file', 'attachment.too_large', { max: max / 1024 / 1024, name })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mime = pictureType(bytes)
  if (kind === 'logo' && !readPicture(bytes, 1, 1))
    throw fieldError('file', 'attachment.not_a_logo', { name })
  if (mime === null) throw fieldError('file', 'attachment.not_an_image', { name })
  return { bytes, mime }
}

/** A file's name as people may see it: no folders, no control characters, at most 120 characters. */
function cleanName(name: string): string {
  const base = name.split(/[/\\]/).pop() ?? ''
  return base.replace(/\p{C}/gu, '').slice(0, 120) || 'photo'
}

export const read: TaskHandler<'attachments.read'> = async (ctx, input) => {
  const { sha256, mime, name } = ctx.app.run('files.locate', { uid: input.uid }, ctx.actor)
  try {
    return new File([new Uint8Array(await ctx.files.read(sha256))], name, { type: mime })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new AppError('attachment.missing', { name })
    throw error
  }
}
