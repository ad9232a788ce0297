import { ref, watch, type Ref } from 'vue'
import type { Repair } from '#contract/repairs.ts'
import { call } from '@/client/index.ts'

export interface Sibling {
  readonly id: number
  readonly number: string
}

export interface Siblings {
  /** Other devices of the visit with something to invoice. */
  readonly found: Ref<readonly Sibling[]>
  /** Their ids, as far as they are ticked. */
  readonly chosen: Ref<number[]>
}

/** The other devices of the same visit, so that one invoice can take them all; asked when `active`. */
export function useSiblings(repair: () => Repair, active: () => boolean): Siblings {
  const found = ref<readonly Sibling[]>([])
  const chosen = ref<number[]>([])

  async function ask(uid: string): Promise<Sibling[]> {
    const { id, number, customerId } = await call('repairs.get', { uid })
    if (customerId !== repair().customerId) return []
    const money = await call('charges.ofRepair', { repairId: id })
    const owes = money.unbilled.payers.some(
      ({ payer, customerId: other }) => payer === 'customer' && other === null,
    )
    return owes ? [{ id, number }] : []
  }

  watch(
    active,
    (now) => {
      found.value = []
      chosen.value = []
      if (!now) return
      const asked = repair().siblings.map(({ uid }) => ask(uid).catch(() => []))
      void Promise.all(asked).then((rows) => (found.value = rows.flat()))
    },
    { immediate: true },
  )

  return { found, chosen }
}
