import type { RepairCard } from '#contract/repairs.ts'

/** One scanned label and what it came to. */
export interface Reading {
  readonly no: number
  readonly text: string
  readonly kind: 'tick' | 'again' | 'unknown'
  readonly card?: RepairCard
  readonly problem?: string
}
