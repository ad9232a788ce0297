import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { errorText } from '@/client/index.ts'
import { usePhotoUploads } from '@/components/photo-uploads.ts'

/** A signature that is sent with the act it belongs to: given up, it does not stay among the files. */
export interface Signature {
  readonly drawn: ShallowRef<File | undefined>
  readonly busy: ComputedRef<boolean>
  /** Why it could not be sent, for its field. */
  readonly error: ComputedRef<string | undefined>
  /** Its uid once it is sent, null without one; undefined when it could not be sent. */
  send(): Promise<string | null | undefined>
}

/** Call it in a form's setup. Sent once, a signature serves another try of the same act. */
export function useSignature(repairId: () => number): Signature {
  const drawn = shallowRef<File>()
  const uploads = usePhotoUploads({ target: () => ({ repairId: repairId() }), kind: 'signature' })
  const sent = computed(() => uploads.rows.find(({ file }) => file === drawn.value))
  return {
    drawn,
    busy: uploads.uploading,
    error: computed(() => (sent.value?.error ? errorText(sent.value.error) : undefined)),
    async send() {
      if (!drawn.value) return null
      if (!sent.value) uploads.add('signature', [drawn.value])
      else if (sent.value.state === 'failed') uploads.retry(sent.value)
      await uploads.idle()
      return sent.value?.uid ?? undefined
    },
  }
}
