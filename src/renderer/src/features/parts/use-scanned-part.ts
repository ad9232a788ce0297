import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { links } from '@/app/links.ts'
import { looksLikeRepairNumber, onScan, repairUidIn } from '@/app/scanner.ts'
import { call, errorText, notify, toCallError } from '@/client/index.ts'

/** True for a scanned text that means a repair, which the shell opens. */
export function meansRepair(text: string): boolean {
  return repairUidIn(text) !== null || looksLikeRepairNumber(text)
}

/** Opens the part of a code, or says that none has it; not while `busy`, when a dialog stands over the page. */
export function useScannedPart(busy: () => boolean): void {
  const { t } = useI18n()
  const router = useRouter()

  async function open(code: string): Promise<void> {
    try {
      const found = await call('stock.findByCode', { code })
      if (found) await router.push(links.part(found.part.uid))
      else notify('warning', t('parts.scanned.unknown', { code }))
    } catch (error) {
      notify('error', errorText(toCallError(error)))
    }
  }

  onScan(({ text, intoField }) => {
    if (busy() || intoField || meansRepair(text) || text.length > 80) return false
    void open(text)
    return true
  })
}
