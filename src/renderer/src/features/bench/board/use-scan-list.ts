import { shallowRef, type ShallowRef } from 'vue'
import { repairStateInfo } from '#contract/repair-states.ts'
import type { RepairCard } from '#contract/repairs.ts'
import { onScan, repairUidIn } from '@/app/scanner.ts'
import { call } from '@/client/index.ts'
import { soundFound, soundUnknown } from './sounds.ts'
import type { Selection } from './use-selection.ts'

/** What the last label came to. */
export type ScanResult =
  | { readonly kind: 'added' | 'again'; readonly card: RepairCard }
  | { readonly kind: 'unknown' | 'failed'; readonly text: string }

export interface ScanList {
  readonly last: ShallowRef<ScanResult | undefined>
  /** Takes one reading or typed code; readings are looked up one after the other, in their order. */
  take(text: string): Promise<void>
}

/** The repair that a code means: a label's number, uid or link, or the serial of a device that is in the shop. */
async function repairOf(text: string): Promise<RepairCard | undefined> {
  const found = await call('search.find', { text: repairUidIn(text) ?? text, limit: 10 })
  if (found.exactRepairUid !== null) return found.repairs.find(({ uid }) => uid === found.exactRepairUid)
  const same = found.repairs.filter(
    ({ serial, state }) =>
      serial.toUpperCase() === text.toUpperCase() && repairStateInfo[state].phase !== 'end',
  )
  return same.length === 1 ? same[0] : undefined
}

/** While `on` answers true, every label goes into the selection instead of opening its repair. */
export function useScanList(selection: Selection, on: () => boolean): ScanList {
  const last = shallowRef<ScanResult>()
  let queue: Promise<void> = Promise.resolve()

  async function look(text: string): Promise<void> {
    try {
      const card = await repairOf(text)
      if (!card) {
        last.value = { kind: 'unknown', text }
        soundUnknown()
        return
      }
      last.value = { kind: selection.has(card.id) ? 'again' : 'added', card }
      selection.add(card)
      soundFound()
    } catch {
      last.value = { kind: 'failed', text }
      soundUnknown()
    }
  }

  function take(text: string): Promise<void> {
    const code = text.trim().slice(0, 200)
    queue = queue.then(() => (code === '' ? undefined : look(code)))
    return queue
  }

  onScan(({ text, intoField }) => {
    if (!on() || intoField) return false
    void take(text)
    return true
  })

  return { last, take }
}
