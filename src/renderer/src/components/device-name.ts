import type { RepairCard } from '#contract/repairs.ts'
import { labelText } from '@/app/format.ts'

/**
 * A device in a few words: maker and model (a model that begins with its maker's name says it once), else maker
 * and category, else the category.
 */
export function deviceName({
  brand,
  model,
  category,
}: Pick<RepairCard, 'brand' | 'model' | 'category'>): string {
  if (model === '') return [brand, labelText(category)].filter(Boolean).join(' ')
  return brand !== '' && model.toLowerCase().startsWith(brand.toLowerCase())
    ? model
    : [brand, model].filter(Boolean).join(' ')
}
