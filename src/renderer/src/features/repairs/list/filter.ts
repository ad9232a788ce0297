import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { repairStates, type RepairState } from '#contract/repair-states.ts'
import type { InputOf } from '#contract/method-types.ts'

/** The filter of the list. It stands in the page's address, so that a link can name a list and Back returns to it. */

type Input = InputOf<'repairs.list'>
export type Attention = NonNullable<Input['only']>
export type Sort = NonNullable<Input['sort']>

export const attentions = [
  'late',
  'locked',
  'stuck',
  'unassigned',
  'follow_up_due',
  'unverified',
] as const satisfies readonly Attention[]
export const sorts = ['newest', 'due', 'idle'] as const satisfies readonly Sort[]

export interface Filter {
  readonly only: Attention | null
  readonly states: readonly RepairState[]
  readonly engineerId: number | null
  readonly from: string | null
  readonly to: string | null
  readonly sort: Sort
}

export const noFilter: Filter = {
  only: null,
  states: [],
  engineerId: null,
  from: null,
  to: null,
  sort: 'newest',
}

const day = /^\d{4}-\d{2}-\d{2}$/

function text(query: LocationQuery, key: string): string {
  const value = query[key]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** The filter an address names; what it does not understand counts as not there. */
export function filterOf(query: LocationQuery): Filter {
  const engineerId = Number(text(query, 'engineer'))
  const wanted = new Set(text(query, 'states').split(','))
  const from = text(query, 'from')
  const to = text(query, 'to')
  return {
    only: attentions.find((one) => one === text(query, 'only')) ?? null,
    states: repairStates.filter((state) => wanted.has(state)),
    engineerId: Number.isSafeInteger(engineerId) && engineerId > 0 ? engineerId : null,
    from: day.test(from) ? from : null,
    to: day.test(to) ? to : null,
    sort: sorts.find((one) => one === text(query, 'sort')) ?? 'newest',
  }
}

/** The address of a filter: only what narrows stands in it. */
export function queryOf(filter: Filter): LocationQueryRaw {
  return {
    ...(filter.only ? { only: filter.only } : {}),
    ...(filter.states.length > 0 ? { states: filter.states.join(',') } : {}),
    ...(filter.engineerId === null ? {} : { engineer: String(filter.engineerId) }),
    ...(filter.from ? { from: filter.from } : {}),
    ...(filter.to ? { to: filter.to } : {}),
    ...(filter.sort === 'newest' ? {} : { sort: filter.sort }),
  }
}

export function inputOf(filter: Filter): Omit<Input, 'after'> {
  return {
    ...(filter.only ? { only: filter.only } : {}),
    ...(filter.states.length > 0 ? { states: [...filter.states] } : {}),
    ...(filter.engineerId === null ? {} : { engineerId: filter.engineerId }),
    ...(filter.from ? { receivedFrom: filter.from } : {}),
    ...(filter.to ? { receivedTo: filter.to } : {}),
    sort: filter.sort,
  }
}

/** How many things narrow the list; sorting does not. */
export function narrowing({ only, states, engineerId, from, to }: Filter): number {
  return [only !== null, states.length > 0, engineerId !== null, from !== null, to !== null].filter(Boolean)
    .length
}
