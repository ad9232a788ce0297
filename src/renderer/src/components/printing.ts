import { onScopeDispose, ref, type Ref } from 'vue'
import type { documentKinds } from '#contract/documents.ts'
import { useTask } from '@/client/commands.ts'

export type DocumentKind = (typeof documentKinds)[number]

export interface Printing {
  readonly busy: Readonly<Ref<boolean>>
  /** The file made last, for who wants to look at it or save it: its address and name. */
  readonly last: Ref<{ readonly url: string; readonly name: string } | undefined>
  /** Makes the PDF and hands it to the printer's dialog. Answers false when it could not be made (said already). */
  print(kind: DocumentKind, repairUids: readonly string[]): Promise<boolean>
}

/** Long enough for the dialog of the slowest printer; the address is freed when the page is left at the latest. */
const keepMs = 600_000

/** Gives the file to the browser's own PDF viewer in a frame nobody sees and asks it to print. */
function printFile(url: string): Promise<void> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.className = 'bs-visually-hidden'
    frame.title = 'PDF'
    frame.tabIndex = -1
    frame.setAttribute('aria-hidden', 'true')
    frame.addEventListener('load', () => {
      try {
        frame.contentWindow?.print()
      } catch {
        // A browser that shows PDFs in a program of its own prints from there; the link beside the button is left.
      }
      resolve()
    })
    setTimeout(() => frame.remove(), keepMs)
    frame.src = url
    document.body.append(frame)
  })
}

/** Prints documents of repairs: the host makes the PDF, the seat's own printer dialog takes it. */
export function usePrinting(): Printing {
  const render = useTask('documents.render')
  const last = ref<{ url: string; name: string }>()
  const urls: string[] = []
  onScopeDispose(() => {
    for (const url of urls) URL.revokeObjectURL(url)
  })

  return {
    busy: render.pending,
    last,
    async print(kind, repairUids) {
      const file = await render.run({ kind, repairUids: [...repairUids] })
      if (!file) return false
      const url = URL.createObjectURL(file)
      urls.push(url)
      last.value = { url, name: file.name }
      await printFile(url)
      return true
    },
  }
}
