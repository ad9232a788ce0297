import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import { isErrorCode } from '#contract/errors.ts'
import type { BulkResult, RepairCard, TimelineRow } from '#contract/repairs.ts'
import {
  call,
  notify,
  seatNow,
  dayIn,
  useFormErrors,
  type ActOptions,
  type FormErrors,
} from '@/client/index.ts'
import { shopTimeZone } from '@/app/format.ts'
import { doneText } from './dialogs.ts'
import type { ActKey } from './offers.ts'
import { placeOfCode, type RepairPlace } from './places.ts'

export type Refusal = BulkResult['refused'][number]

/** Somebody else saved first: who, when, and the lines of the history since the person looked. */
export interface StaleNotice {
  readonly params: ErrorParams
  readonly since: readonly TimelineRow[]
  /** The form now goes on from the present version. */
  readonly reloaded: boolean
}

/** What one act's form keeps: its repairs as the person saw them, its errors, and what was refused. */
export interface ActForm {
  readonly errors: FormErrors
  /** For `useCommand`: errors at their fields, a stale save as a notice. */
  readonly options: ActOptions
  /** The repairs still to be changed; those that were done are gone from it. */
  readonly repairs: ShallowRef<readonly RepairCard[]>
  readonly refused: ShallowRef<readonly Refusal[]>
  readonly stale: ShallowRef<StaleNotice | undefined>
  /** Where on the repair's page to give what the last try missed. */
  readonly place: ShallowRef<RepairPlace | undefined>
  readonly single: ComputedRef<RepairCard | undefined>
  /** Today in the shop's zone. */
  readonly today: string
  /** Marks empty fields; answers true when there are any, so that nothing is sent. */
  missing(fields: Readonly<Record<string, readonly [empty: boolean, code: ErrorCode]>>): boolean
  /** One repair: gives its id and version; ends the form when the answer is there. */
  one(send: (target: { repairId: number; version: number }) => Promise<unknown>): Promise<void>
  /** One or many: ends the form when all are done, else keeps those that were refused. */
  many(
    send: (targets: { repairId: number; version: number }[]) => Promise<BulkResult | undefined>,
  ): Promise<void>
  /** Takes the present versions, so that the same form can be sent again. */
  reload(): Promise<void>
}

interface Given {
  readonly key: ActKey
  readonly repairs: readonly RepairCard[]
  readonly result?: BulkResult | undefined
  readonly done: () => void
}

/** The last lines of a history written after an instant: what changed since somebody looked. */
async function linesSince(repairId: number, at: number): Promise<TimelineRow[]> {
  const rows = await call('repairs.timeline', { repairId })
  return rows.filter((row) => row.at > at).slice(0, 5)
}

type Cards = ShallowRef<readonly RepairCard[]>

/** The notice of a stale save: at once who and when, then what the history says about it. */
function useStale(single: ComputedRef<RepairCard | undefined>) {
  const stale = shallowRef<StaleNotice>()
  return {
    stale,
    show(params: ErrorParams): void {
      stale.value = { params, since: [], reloaded: false }
      const card = single.value
      if (!card) return
      linesSince(card.id, card.activeAt)
        .then((since) => {
          if (stale.value) stale.value = { ...stale.value, since }
        })
        .catch(() => undefined)
    },
  }
}

/** One repair's refusal stands in the form like any other error; of many, each is listed with its reason. */
function showRefused(
  list: readonly Refusal[],
  alone: boolean,
  errors: FormErrors,
  showStale: (params: ErrorParams) => void,
): void {
  const [first] = list
  if (!first || !isErrorCode(first.code)) return
  const { field, ...params } = first.params as ErrorParams
  if (alone && first.code === 'stale') showStale(params)
  else if (typeof field === 'string') errors.setFields([{ path: field, code: first.code, params }])
  else if (alone) errors.setFields([{ path: '', code: first.code, params }])
}

function tellDone(key: ActKey, cards: readonly RepairCard[]): void {
  const numbers = cards.map(({ number }) => number)
  if (numbers.length > 0) notify('success', doneText(key, numbers))
}

/** What an act tried before its dialog opened has left: the repairs that were refused. */
function firstRepairs({ repairs, result }: Given): readonly RepairCard[] {
  if (!result) return repairs
  const left = new Set(result.refused.map(({ id }) => id))
  return repairs.filter(({ id }) => left.has(id))
}

/** Whoever says "go on" and acts at once means the present state, also while it is still on its way. */
function inTurn(load: () => Promise<void>): { run(): Promise<void>; settled(): Promise<void> } {
  let running: Promise<void> | undefined
  return {
    run: () => (running = load()),
    settled: async () => await running?.catch(() => undefined),
  }
}

/** The state of one act's form; call it in the form's setup. `done` is told when nothing is left to do. */
export function useActForm(given: Given): ActForm {
  const errors = useFormErrors()
  const repairs: Cards = shallowRef(firstRepairs(given))
  const refused = shallowRef<readonly Refusal[]>(given.result?.refused ?? [])
  const single = computed(() => (repairs.value.length === 1 ? repairs.value[0] : undefined))
  const { stale, show: showStale } = useStale(single)
  const place = shallowRef<RepairPlace>()
  const present = inTurn(async () => {
    repairs.value = await Promise.all(repairs.value.map(({ uid }) => call('repairs.get', { uid })))
    refused.value = refused.value.filter(({ code }) => code !== 'stale')
    if (stale.value) stale.value = { ...stale.value, reloaded: true }
  })

  function settle(result: BulkResult): void {
    const asked = repairs.value
    const gone = new Set(result.done.map(({ id }) => id))
    const done = asked.filter(({ id }) => gone.has(id))
    tellDone(given.key, done)
    if (result.refused.length === 0) {
      given.done()
      return
    }
    repairs.value = asked.filter(({ id }) => !gone.has(id))
    refused.value = asked.length === 1 ? [] : result.refused
    place.value = asked.length === 1 ? placeOfCode(result.refused[0]?.code ?? '') : undefined
    showRefused(result.refused, asked.length === 1, errors, showStale)
  }

  return {
    errors,
    repairs,
    refused,
    stale,
    place,
    single,
    today: dayIn(seatNow(), shopTimeZone()),
    options: {
      errors,
      onError(error) {
        place.value = placeOfCode(error.code)
        if (error.code !== 'stale') return false
        errors.clear()
        showStale(error.params)
        return true
      },
    },
    missing(fields) {
      const empty = Object.entries(fields).filter(([, [isEmpty]]) => isEmpty)
      errors.setFields(empty.map(([path, [, code]]) => ({ path, code })))
      return empty.length > 0
    },
    async one(send) {
      await present.settled()
      const card = single.value
      if (!card) return
      stale.value = undefined
      place.value = undefined
      if ((await send({ repairId: card.id, version: card.version })) === undefined) return
      tellDone(given.key, [card])
      given.done()
    },
    async many(send) {
      await present.settled()
      stale.value = undefined
      place.value = undefined
      refused.value = []
      const result = await send(repairs.value.map(({ id, version }) => ({ repairId: id, version })))
      if (result) settle(result)
    },
    reload: present.run,
  }
}
