import { onScopeDispose, reactive } from 'vue'
import { call } from '@/client/index.ts'

export interface Pictures {
  /** A blob: address of a kept file, empty until its bytes are here; asking for it fetches them. */
  urlOf(uid: string): string
  /** True when the file could not be fetched. */
  failed(uid: string): boolean
}

/** Files of the host as addresses an <img> can show; freed when the component goes. */
export function usePictures(): Pictures {
  const urls = reactive(new Map<string, string>())
  const lost = reactive(new Set<string>())
  const asked = new Set<string>()
  let gone = false
  onScopeDispose(() => {
    gone = true
    for (const url of urls.values()) URL.revokeObjectURL(url)
  })

  async function load(uid: string): Promise<void> {
    try {
      const file = await call('attachments.read', { uid })
      if (!gone) urls.set(uid, URL.createObjectURL(file))
    } catch {
      lost.add(uid)
    }
  }

  return {
    urlOf(uid) {
      if (!asked.has(uid)) {
        asked.add(uid)
        void load(uid)
      }
      return urls.get(uid) ?? ''
    },
    failed: (uid) => lost.has(uid),
  }
}
