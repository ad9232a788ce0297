import { fieldError } from '../kernel/app-error.ts'

/** A name in both languages from what was typed in at least one. Error: `price.name_required` at `path`. */
export function bothNames(
  given: { readonly zh: string; readonly en: string },
  path: string,
): { nameZh: string; nameEn: string } {
  const nameZh = given.zh || given.en
  if (nameZh === '') throw fieldError(path, 'price.name_required')
  return { nameZh, nameEn: given.en || given.zh }
}
