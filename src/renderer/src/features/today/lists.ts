import type { OutputOf } from '#contract/method-types.ts'
import type { RepairCard } from '#contract/repairs.ts'
import type { RouteLocationRaw } from 'vue-router'
import { links } from '@/app/links.ts'
import type { IconName, Tone } from '@/components/index.ts'
import { offersFor, primaryOffer, type ActingPerson, type OfferKey } from '@/components/repair/index.ts'

export type Today = OutputOf<'repairs.today'>

/** The lists of Today, as the host names them. */
export type ListKey = {
  [K in keyof Today]: Today[K] extends { rows: unknown } ? K : never
}[keyof Today]

export interface ListInfo {
  readonly icon: IconName
  /** Said only while somebody waits in it; an empty list is good news. */
  readonly tone: Tone
  /** What one comes to this list for, the first that is allowed; `next` is whatever leads the repair on. */
  readonly acts: readonly (OfferKey | 'next')[]
  /** The act that many of its rows can take together. */
  readonly together?: 'assign' | 'verify'
  /** The whole list. */
  readonly all: RouteLocationRaw
}

export const listInfo: Record<ListKey, ListInfo> = {
  late: {
    icon: 'WarningFilled',
    tone: 'danger',
    acts: ['unlock', 'assign', 'resume', 'next', 'reassign'],
    all: links.repairs({ only: 'late' }),
  },
  locked: { icon: 'Lock', tone: 'danger', acts: ['unlock'], all: links.repairs({ only: 'locked' }) },
  stuck: {
    icon: 'Timer',
    tone: 'pause',
    acts: ['unlock', 'assign', 'next', 'reassign'],
    all: links.repairs({ only: 'stuck' }),
  },
  unassigned: {
    icon: 'Clock',
    tone: 'info',
    acts: ['assign'],
    together: 'assign',
    all: links.repairs({ only: 'unassigned' }),
  },
  mine: { icon: 'Tools', tone: 'active', acts: ['next'], all: links.myJobs() },
  ready: {
    icon: 'CircleCheck',
    tone: 'success',
    acts: ['hand_over', 'unlock'],
    all: links.repairs({ states: 'processed' }),
  },
  followUpDue: {
    icon: 'Phone',
    tone: 'info',
    acts: ['follow_up'],
    all: links.repairs({ only: 'follow_up_due' }),
  },
  unverified: {
    icon: 'Select',
    tone: 'neutral',
    acts: ['verify'],
    together: 'verify',
    all: links.repairs({ only: 'unverified' }),
  },
}

/** Two columns on a desk, one after the other on a phone. */
export interface Arrangement {
  readonly first: readonly ListKey[]
  readonly second: readonly ListKey[]
}

/**
 * Which lists a person sees, and in what order: whoever unlocks sees what went wrong first, a technician the own
 * bench, the counter whom to hand a device to and whom to call.
 */
export function arrangementFor(person: ActingPerson, ownJobs: number): Arrangement {
  const { can } = person
  if (can('repairs.unlock')) {
    const own: ListKey[] = ownJobs > 0 ? ['mine'] : []
    return {
      first: ['late', 'locked', 'stuck'],
      second: [...own, 'unassigned', 'ready', ...afterwards(person)],
    }
  }
  if (can('repairs.work')) {
    return { first: ['mine'], second: ['late', 'stuck', 'unassigned', ...afterwards(person)] }
  }
  if (can('repairs.hand_over')) {
    return { first: ['ready', ...afterwards(person), 'unassigned'], second: ['late', 'locked', 'stuck'] }
  }
  return { first: ['late', 'stuck'], second: ['unassigned', 'ready', ...afterwards(person)] }
}

function afterwards({ can }: ActingPerson): ListKey[] {
  const calls: ListKey[] = can('repairs.follow_up') ? ['followUpDue'] : []
  return can('repairs.verify') ? [...calls, 'unverified'] : calls
}

/** The one act to offer beside a row: what the list is for, as far as this person may. */
export function quickAct(list: ListKey, card: RepairCard, person: ActingPerson): OfferKey | undefined {
  const offers = offersFor(card, person)
  const own = card.engineerId === person.userId
  for (const act of listInfo[list].acts) {
    // What leads on is for whoever works on it; others reassign.
    if (act === 'next') {
      if (own) return primaryOffer(card, person)
    } else if (offers.includes(act)) return act
  }
  return undefined
}
