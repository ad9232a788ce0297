import { z } from 'zod'
import { at, id, line, ok, uid, version } from './fields.ts'
import { command, query, task } from './method.ts'
import { attachmentRow } from './repairs.ts'

/** A half-typed intake. The window owns the shape of `content`; core keeps it and hands it back. */
export const draft = z.object({
  uid,
  version,
  title: z.string(),
  step: z.string(),
  content: z.record(z.string(), z.unknown()),
  userName: z.string(),
  seatName: z.string(),
  updatedAt: at,
})
export type Draft = z.output<typeof draft>

export const draftsContract = {
  list: query('repairs.receive', {}, z.array(draft.omit({ content: true }))),
  get: query('repairs.receive', { uid }, draft),
  /** Creates or replaces; `version` 0 creates. A draft may be incomplete, never larger than 256 KB. */
  save: command(
    'repairs.receive',
    {
      uid,
      version: z.int().min(0),
      title: line(200),
      step: line(40),
      content: z.record(z.string(), z.unknown()),
    },
    z.object({ uid, version }),
    { secret: ['content'] },
  ),
  discard: command('repairs.receive', { uid }, ok),
}

export const attachmentsContract = {
  /** A picture (JPEG, PNG, WebP, HEIC up to 25 MB) for a repair or for a draft not yet saved. */
  upload: task(
    'attachments.write',
    {
      commandId: z.uuid(),
      file: z.file(),
      /** `logo`: a PNG or JPEG up to `maxLogoBytes`, uploaded like a draft's picture; needs `settings.manage`. */
      kind: z.enum(['photo', 'signature', 'logo']),
      repairId: id.nullable(),
      draftUid: uid.nullable(),
    },
    attachmentRow,
  ),
  read: task('repairs.read', { uid }, z.file()),
  listForDraft: query('repairs.receive', { draftUid: uid }, z.array(attachmentRow)),
  removeFromDraft: command('repairs.receive', { draftUid: uid, uid }, ok),
}

/** A picture may be this large; a phone's photo is 3 to 12 MB. */
export const maxPhotoBytes = 25 * 1024 * 1024

/** A logo may be this large: it is on every sheet, and a JPEG goes into the file as it is. */
export const maxLogoBytes = 512 * 1024
