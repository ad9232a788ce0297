import { shallowRef } from 'vue'
import type { PrintOutcome } from '#contract/shell.ts'
import { desktop } from '@/app/desktop.ts'
import { translate } from '@/app/i18n.ts'
import { notify } from '@/client/notify.ts'

/** A paper that is looked at before it is printed. */
export interface Previewed {
  readonly url: string
  readonly name: string
  /** The printer it goes to; null when the printer's dialog has to ask. */
  readonly printer: string | null
  decide(print: boolean): void
}

export const previewed = shallowRef<Previewed>()

function preview(url: string, name: string, printer: string | null): Promise<boolean> {
  return new Promise((resolve) => {
    previewed.value = {
      url,
      name,
      printer,
      decide(print) {
        previewed.value = undefined
        resolve(print)
      },
    }
  })
}

/**
 * Prints by the desktop program, on the printer chosen for the paper. Answers true when nothing is left to do; false in
 * a browser, and where the printer's dialog has to ask.
 */
export async function printByDesktop(file: File, url: string): Promise<boolean> {
  const shell = desktop()
  if (!shell) return false
  const paper = { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name }
  const [{ settings }, { printer }] = await Promise.all([shell.computer(), shell.paperOf(paper)])
  if (settings.preview && !(await preview(url, file.name, printer))) return true
  return tell(await shell.print(paper))
}

function tell(outcome: PrintOutcome): boolean {
  if (outcome === 'printed' || outcome === 'saved') notify('success', translate(`computer.${outcome}`))
  if (outcome === 'failed') notify('error', translate('computer.printFailed'))
  if (outcome === 'unsaved') notify('error', translate('computer.unsaved'))
  return outcome !== 'no_printer' && outcome !== 'failed'
}
