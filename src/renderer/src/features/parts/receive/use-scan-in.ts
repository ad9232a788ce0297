import { shallowRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { formatQuantity } from '@/app/format.ts'
import { call } from '@/client/index.ts'
import { hasSerial, takePart, type Receipt, type ReceiptLine } from './receipt.ts'

/** What one scanned code came to, for eyes and screen readers. */
export interface Reading {
  readonly no: number
  readonly ok: boolean
  readonly text: string
  /** The line it changed. */
  readonly key?: number
  /** Nothing in the shop has this code. */
  readonly unknown?: string
}

export interface ScanIn {
  readonly newest: ShallowRef<Reading | undefined>
  /** Takes a code after those before it: scanners are faster than the host. */
  take(code: string): void
  forget(): void
}

/**
 * Codes into lines. A part's code begins a line or raises it; an unknown code is a serial when the line scanned last
 * is of a part with serials.
 */
export function useScanIn(receipt: () => Receipt, shelfId: () => number | null): ScanIn {
  const { t } = useI18n()
  const newest = shallowRef<Reading>()
  let queue: Promise<void> = Promise.resolve()
  let no = 0

  const say = (reading: Omit<Reading, 'no'>): void => {
    newest.value = { no: ++no, ...reading }
  }

  function takeSerial(line: ReceiptLine, serial: string): void {
    if (hasSerial(receipt(), serial))
      return say({ ok: false, text: t('parts.receipt.serialTwice', { serial }) })
    line.serials.push(serial)
    say({
      ok: true,
      text: t('parts.receipt.serialAdded', { number: line.part.number, serial }),
      key: line.key,
    })
  }

  async function read(code: string): Promise<void> {
    const found = await call('stock.findByCode', { code })
    const [last] = receipt().lines
    if (!found) {
      if (last?.part.serialised) takeSerial(last, code)
      else say({ ok: false, text: t('parts.receipt.unknown', { code }), unknown: code })
      return
    }
    const { part, serial } = found
    if (serial !== null) return say({ ok: false, text: t('parts.receipt.serialHere', { serial }) })
    if (!part.active) return say({ ok: false, text: t('parts.receipt.inactive', { number: part.number }) })
    const known = receipt().lines.some((line) => line.part.id === part.id)
    const line = takePart(receipt(), part, shelfId())
    const { number } = part
    const quantity = formatQuantity(line.quantity ?? 0)
    const words = part.serialised ? 'expectSerials' : known ? 'counted' : 'added'
    say({ ok: true, text: t(`parts.receipt.${words}`, { number, quantity }), key: line.key })
  }

  return {
    newest,
    take(code) {
      queue = queue.then(async () => {
        try {
          await read(code)
        } catch {
          say({ ok: false, text: t('parts.receipt.failed', { code }) })
        }
      })
    },
    forget() {
      newest.value = undefined
    },
  }
}
