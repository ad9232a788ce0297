import { computed, onScopeDispose, reactive } from 'vue'
import type { AttachmentRow } from '#contract/repair-model.ts'
import { call, toCallError } from '@/client/index.ts'
import { useCommand } from '@/client/commands.ts'
import type { CallError } from '@/client/call-error.ts'

/** One picture on the page: on its way, kept by the host, or refused with the reason. */
export interface PhotoRow {
  readonly key: number
  /** Which device or place it belongs to, as the page named it when adding. */
  readonly group: string
  readonly name: string
  state: 'uploading' | 'kept' | 'failed'
  uid: string | null
  /** A blob: address to show it by; empty until the bytes are here. */
  url: string
  error: CallError | undefined
  /** The bytes, for another try; null until a kept picture has been fetched. */
  file: File | null
}

export interface PhotoOptions {
  /** Where pictures go: an intake not yet saved, or a repair. Read anew for each picture. */
  readonly target: () => { readonly draftUid: string } | { readonly repairId: number }
  readonly kind?: 'photo' | 'signature' | 'logo'
  readonly kept?: (row: PhotoRow, attachment: AttachmentRow) => void
  readonly removed?: (row: PhotoRow) => void
}

let lastKey = 0

/**
 * Pictures of an intake or a repair: each is sent at once, one after the other, and stays on the page with its
 * error and a way to try again when the host refuses it. Made by `usePhotoUploads`.
 */
export class PhotoUploads {
  readonly rows: PhotoRow[] = reactive([])
  readonly uploading = computed(() => this.rows.some((row) => row.state === 'uploading'))
  private readonly options: PhotoOptions
  private queue: Promise<void> = Promise.resolve()
  private readonly discard = useCommand('attachments.removeFromDraft', {
    onError: (error) => error.code === 'attachment.missing',
  })

  constructor(options: PhotoOptions) {
    this.options = options
  }

  rowsOf(group: string): PhotoRow[] {
    return this.rows.filter((row) => row.group === group)
  }

  add(group: string, files: readonly File[]): void {
    for (const file of files) {
      const url = URL.createObjectURL(file)
      this.retry(this.newRow({ group, name: file.name, file, state: 'uploading', uid: null, url }))
    }
  }

  /** Sends a picture, after those before it. */
  retry(row: PhotoRow): void {
    const target = row
    target.state = 'uploading'
    this.queue = this.queue.then(() => this.send(target))
  }

  /** Sends every picture once more, because what held them is gone. */
  sendAgain(): void {
    for (const row of this.rows) {
      if (row.file === null) continue
      row.uid = null
      this.retry(row)
    }
  }

  /** Takes a row off the page; a draft's kept picture is removed at the host too. */
  async remove(row: PhotoRow): Promise<void> {
    this.drop(row)
    const target = this.options.target()
    if (row.uid !== null && 'draftUid' in target) {
      await this.discard.run({ draftUid: target.draftUid, uid: row.uid })
    }
  }

  async removeAll(group: string): Promise<void> {
    await Promise.all(this.rowsOf(group).map((row) => this.remove(row)))
  }

  /** Shows pictures that are kept already. */
  restore(group: string, uids: readonly string[]): void {
    for (const uid of uids) {
      void this.load(this.newRow({ group, name: '', file: null, state: 'kept', uid, url: '' }), uid)
    }
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await this.queue
  }

  /** Frees the pictures; the page is left. */
  close(): void {
    for (const row of this.rows) if (row.url) URL.revokeObjectURL(row.url)
  }

  private newRow(given: Pick<PhotoRow, 'group' | 'name' | 'file' | 'state' | 'uid' | 'url'>): PhotoRow {
    this.rows.push({ key: ++lastKey, error: undefined, ...given })
    return this.rows.at(-1) as PhotoRow
  }

  private async send(row: PhotoRow): Promise<void> {
    if (!row.file || !this.rows.includes(row)) return
    const target = row
    // Each picture is an act of its own: two of them under one id would count as the same.
    const upload = useCommand('attachments.upload', {
      onError(error) {
        target.error = error
        return true
      },
    })
    const { kind = 'photo', kept } = this.options
    const input = { repairId: null, draftUid: null, ...this.options.target() }
    const attachment = await upload.run({ file: row.file, kind, ...input })
    target.state = attachment ? 'kept' : 'failed'
    if (!attachment) return
    target.uid = attachment.uid
    target.error = undefined
    if (this.rows.includes(row)) kept?.(row, attachment)
  }

  private async load(row: PhotoRow, uid: string): Promise<void> {
    const target = row
    try {
      target.file = await call('attachments.read', { uid })
      target.url = URL.createObjectURL(target.file)
    } catch (error) {
      target.error = toCallError(error)
      target.state = 'failed'
    }
  }

  private drop(row: PhotoRow): void {
    if (row.url) URL.revokeObjectURL(row.url)
    const at = this.rows.indexOf(row)
    if (at >= 0) this.rows.splice(at, 1)
    this.options.removed?.(row)
  }
}

/** Pictures of one page; what they hold is freed when the page is left. */
export function usePhotoUploads(options: PhotoOptions): PhotoUploads {
  const uploads = new PhotoUploads(options)
  onScopeDispose(() => uploads.close())
  return uploads
}
