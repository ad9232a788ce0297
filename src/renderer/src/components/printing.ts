import { computed, onScopeDispose, ref, type Ref } from 'vue'
import type { documentKinds } from '#contract/documents.ts'
import type { InputOf } from '#contract/method-types.ts'
import { useTask } from '@/client/commands.ts'
import { printByDesktop } from './print-preview.ts'

export type DocumentKind = (typeof documentKinds)[number]

export interface Printing {
  readonly busy: Readonly<Ref<boolean>>
  /** The file made last, for who wants to look at it or save it: its address and name. */
  readonly last: Ref<{ readonly url: string; readonly name: string } | undefined>
  /** Makes the PDF and hands it to the printer chosen on this computer, or to the printer's dialog. Answers false when it could not be made (said already). */
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

/** Keeps what was made as long as the page is there, and hands it to the printer. */
function usePdfs(): { last: Printing['last']; show(file: File | undefined): Promise<boolean> } {
  const last = ref<{ url: string; name: string }>()
  const urls: string[] = []
  onScopeDispose(() => {
    for (const url of urls) URL.revokeObjectURL(url)
  })
  return {
    last,
    async show(file) {
      if (!file) return false
      const url = URL.createObjectURL(file)
      urls.push(url)
      last.value = { url, name: file.name }
      if (!(await printByDesktop(file, url))) await printFile(url)
      return true
    },
  }
}

/** Prints documents of repairs: the host makes the PDF, the seat's own printer dialog takes it. */
export function usePrinting(): Printing {
  const render = useTask('documents.render')
  const { last, show } = usePdfs()
  return {
    busy: render.pending,
    last,
    async print(kind, repairUids) {
      return show(await render.run({ kind, repairUids: [...repairUids] }))
    },
  }
}

export interface PaperPrinting extends Pick<Printing, 'last'> {
  readonly busy: Readonly<Ref<boolean>>
  /** Quote, job card, test report, service report, loaner agreement. */
  ofRepair(input: InputOf<'documents.ofRepair'>): Promise<boolean>
  /** Invoice or credit note, receipt or deposit slip, Z-report. */
  money(input: InputOf<'documents.money'>): Promise<boolean>
  /** A customer's account. */
  statement(input: InputOf<'documents.statement'>): Promise<boolean>
}

/** Prints the papers of a repair and of money; each answers false when it could not be made (said already). */
export function usePaperPrinting(): PaperPrinting {
  const ofRepair = useTask('documents.ofRepair')
  const money = useTask('documents.money')
  const statement = useTask('documents.statement')
  const { last, show } = usePdfs()
  return {
    busy: computed(() => ofRepair.pending.value || money.pending.value || statement.pending.value),
    last,
    ofRepair: async (input) => show(await ofRepair.run(input)),
    money: async (input) => show(await money.run(input)),
    statement: async (input) => show(await statement.run(input)),
  }
}
