import type { InputOf } from '#contract/method-types.ts'

/** What narrows the log on the screen; null and an empty text narrow nothing. */
export interface LogFilter {
  userId: number | null
  seatId: number | null
  method: string | null
  from: string | null
  to: string | null
  refused: boolean
  text: string
}

export const noFilter = (): LogFilter => ({
  userId: null,
  seatId: null,
  method: null,
  from: null,
  to: null,
  refused: false,
  text: '',
})

export function isNarrow(filter: LogFilter): boolean {
  return Object.keys(inputOf(filter)).length > 0
}

export function inputOf(filter: LogFilter): Omit<InputOf<'audit.list'>, 'after' | 'limit'> {
  const given = Object.entries(filter).filter(
    ([, value]) => value !== null && value !== '' && value !== false,
  )
  return Object.fromEntries(given)
}
