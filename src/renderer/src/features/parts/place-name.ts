import type { PlaceKind } from '#contract/stock-model.ts'
import { hasText, translate } from '@/app/i18n.ts'

/** The words for a place: shelves have names of their own, the ledger's other places are named by their kind. */
export function placeName(name: string, kind?: PlaceKind): string {
  if (kind === 'bin') return name
  const key = `parts.place.${name}`
  return /^[a-z]+$/.test(name) && name !== 'bin' && hasText(key) ? translate(key) : name
}
