import { useRouter } from 'vue-router'
import type { CallError } from '@/client/index.ts'
import { errorText, notify } from '@/client/index.ts'
import { placeOfCode, repairAt } from '@/components/repair/index.ts'

/** For `useCommand`: a refusal that says what is missing elsewhere on the page is shown, and that place is opened. */
export function usePlaceOnError(uid: () => string): (error: CallError) => boolean {
  const router = useRouter()
  return (error) => {
    const place = placeOfCode(error.code)
    if (place === undefined) return false
    notify('error', errorText(error))
    void router.push(repairAt(uid(), place))
    return true
  }
}
