import type { RouteLocationRaw } from 'vue-router'

/** The places on a repair's page where something is given, by the name its tab has in the address. */
export const repairPlaces = [
  'overview',
  'findings',
  'quote',
  'parts',
  'labour',
  'tests',
  'outside',
  'loaner',
  'money',
  'messages',
  'files',
  'timeline',
] as const
export type RepairPlace = (typeof repairPlaces)[number]

export function isRepairPlace(text: unknown): text is RepairPlace {
  return repairPlaces.some((place) => place === text)
}

/** A place on a repair's page, as an address; `step` is what the person came for, begun on arrival. */
export function repairAt(uid: string, place: RepairPlace, step?: string): RouteLocationRaw {
  return { name: 'repair', params: { uid }, query: step ? { tab: place, do: step } : { tab: place } }
}

const placeByCode: Readonly<Record<string, RepairPlace>> = {
  'quote.codes_required': 'findings',
  'quote.approval_required': 'quote',
  'quote.refused': 'quote',
  'stock.parts_unsettled': 'parts',
  'work.test_required': 'tests',
  'work.already_out': 'outside',
  'loaner.still_out': 'loaner',
  'repair.unpaid': 'money',
  'repair.unbilled': 'money',
}

/** Where to give what a refused act misses; undefined when the act's own form asks for it. */
export function placeOfCode(code: string): RepairPlace | undefined {
  return placeByCode[code]
}
