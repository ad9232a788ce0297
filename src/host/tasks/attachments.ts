import { maxPhotoBytes } from '#contract/intake.ts'
import { AppError, fieldError } from '#core/app.ts'
import { pictureType } from '../pictures.ts'
import type { TaskHandler } from './tasks.ts'

export const upload: TaskHandler<'attachments.upload'> = async (ctx, input) => {
  const { file, kind, repairId, draftUid, commandId } = input
  if (file.size > maxPhotoBytes) {
    throw fieldError('file', 'attachment.too_large', {
      max: maxPhotoBytes / 1024 / 1024,
      name: file.name.slice(0, 120),
    })
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mime = pictureType(bytes)
  if (mime === null) throw fieldError('file', 'attachment.not_an_image', { name: file.name.slice(0, 120) })
  const about = { kind, repairId, draftUid, name: cleanName(file.name), mime, size: bytes.length }
  return await ctx.files.keep(bytes, (sha256) =>
    ctx.app.run('files.register', { commandId, ...about, sha256 }, ctx.actor),
  )
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
