import { shallowRef, triggerRef } from 'vue'
import type { PriceList, Service } from '#contract/prices.ts'
import type { Part } from '#contract/stock.ts'
import { labelText } from '@/app/format.ts'
import { call } from '@/client/index.ts'

export interface ItemForm {
  partId: number | null
  serviceId: number | null
  priceMinor: number | null
}

type KnownPart = Pick<Part, 'id' | 'number' | 'label' | 'priceMinor'>

export interface PriceItemNames {
  /** The rows of a list as a form; its parts are looked up for their names. */
  begin(rows: PriceList['items']): ItemForm[]
  know(part: KnownPart): void
  nameOf(item: ItemForm): string
  /** What it costs without the list; null when that is not known. */
  ownPriceOf(item: ItemForm): number | null
}

/** Names and usual prices of what stands on a price list: labour items are all known, parts are looked up. */
export function usePriceItems(services: () => readonly Service[]): PriceItemNames {
  const parts = shallowRef(new Map<number, KnownPart>())

  function know(part: KnownPart): void {
    parts.value.set(part.id, part)
    triggerRef(parts)
  }

  /** Parts come page by page; asking ends when all that are on the list have names. */
  async function lookUp(wanted: ReadonlySet<number>): Promise<void> {
    const open = new Set([...wanted].filter((id) => !parts.value.has(id)))
    let after: string | undefined
    while (open.size > 0) {
      const page = await call('stock.parts', { limit: 200, ...(after === undefined ? {} : { after }) })
      for (const part of page.rows) {
        if (!open.delete(part.id)) continue
        know(part)
      }
      if (page.next === undefined) return
      after = page.next
    }
  }

  return {
    know,
    begin(rows) {
      const ids = new Set(rows.flatMap(({ partId }) => partId ?? []))
      // Without the names the prices can still be changed.
      lookUp(ids).catch(() => undefined)
      return rows.map((row) => ({ ...row }))
    },
    nameOf({ partId, serviceId }) {
      if (serviceId !== null) return labelText(services().find(({ id }) => id === serviceId)?.label)
      const part = partId === null ? undefined : parts.value.get(partId)
      return part ? `${part.number} · ${labelText(part.label)}` : `#${partId ?? ''}`
    },
    ownPriceOf({ partId, serviceId }) {
      if (serviceId !== null) return services().find(({ id }) => id === serviceId)?.priceMinor ?? null
      return (partId === null ? undefined : parts.value.get(partId))?.priceMinor ?? null
    },
  }
}
