import {
  computed,
  inject,
  provide,
  ref,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { hasText, translate } from '@/app/i18n.ts'
import { useSession } from '@/app/session.ts'
import { codeText, notify, useCommand } from '@/client/index.ts'
import type { BulkResult, RepairCard } from '#contract/repairs.ts'
import type { ErrorParams } from '#contract/errors.ts'
import type { MenuItem } from '../AppMenu.vue'
import {
  beginsGroup,
  inMenuOrder,
  isWorkAction,
  needsOf,
  offerInfo,
  offersFor,
  primaryOffer,
  type ActingPerson,
  type ActKey,
  type OfferKey,
  type Standing,
} from './offers.ts'
import { placeOfCode, repairAt, type RepairPlace } from './places.ts'

/** An act the host refused because something is missing that is given elsewhere on the repair's page. */
export interface Missing {
  readonly card: RepairCard
  readonly text: string
  readonly place: RepairPlace
}

export interface ActRequest {
  readonly key: ActKey
  /** As the person saw them: their versions are sent, so that a stale save is found. */
  readonly repairs: readonly RepairCard[]
  /** What an act without a dialog has already come to: shown when some of the repairs could not take it. */
  readonly result?: BulkResult
}

/** The acts of one page; `RepairDialogs` shows them. */
export interface RepairDialogs {
  readonly request: ShallowRef<ActRequest | undefined>
  readonly open: Ref<boolean>
  /** What a refused act misses, while a person decides whether to go there. */
  readonly missing: ShallowRef<Missing | undefined>
  /** Opens a place on a repair's page, and closes what stands over the page. */
  goTo(uid: string, place: RepairPlace): void
  /** An act without a dialog is being done. */
  readonly busy: ComputedRef<boolean>
  /** Does the act at once when nothing has to be given with it, else opens its dialog. */
  act(key: ActKey, repairs: readonly RepairCard[]): Promise<void>
}

/** Words of an act, for buttons, menus and titles. */
export function actLabel(key: ActKey): string {
  const own = `repairs.act.name.${key}`
  return translate(hasText(own) ? own : `states.action.${key}`)
}

/** Who is at this seat, for the rules of what is offered. */
export function useActingPerson(): ActingPerson {
  const session = useSession()
  return {
    get userId() {
      return session.user?.id
    },
    can: (permission) => session.can(permission),
  }
}

/** One sentence about what was done. */
export function doneText(key: ActKey, numbers: readonly string[]): string {
  const action = actLabel(key)
  return numbers.length === 1
    ? translate('repairs.act.done', { number: numbers[0] ?? '', action })
    : translate('repairs.act.doneMany', { n: numbers.length, action })
}

/** The text of one refusal of a bulk act. */
export function refusalText(refusal: BulkResult['refused'][number]): string {
  return codeText(refusal.code, refusal.params as ErrorParams)
}

const key: InjectionKey<RepairDialogs> = Symbol('repair dialogs')

/** What an act misses that is given elsewhere: on the repair's own page that place opens at once. */
function useMissing(open: Ref<boolean>) {
  const missing = shallowRef<Missing>()
  const route = useRoute()
  const router = useRouter()

  function goTo(uid: string, place: RepairPlace): void {
    const shown = open
    missing.value = undefined
    shown.value = false
    void router.push(repairAt(uid, place))
  }

  /** Anywhere else than on its own page a person is asked before leaving. */
  function refuse(card: RepairCard, refusal: BulkResult['refused'][number]): void {
    const text = refusalText(refusal)
    const place = placeOfCode(refusal.code)
    if (place !== undefined && route.params['uid'] !== card.uid) {
      missing.value = { card, text, place }
      return
    }
    notify('error', text)
    if (place !== undefined) goTo(card.uid, place)
  }
  return { missing, goTo, refuse }
}

/** Makes the acts of a page; the page shows `<RepairDialogs :dialogs="…" />` once. Its children find them too. */
export function useRepairDialogs(): RepairDialogs {
  const request = shallowRef<ActRequest>()
  const open = ref(false)
  const { missing, goTo, refuse } = useMissing(open)
  const work = useCommand('repairs.work')
  const resume = useCommand('repairs.resume')
  const verify = useCommand('repairs.verify')

  async function atOnce(act: ActKey, cards: readonly RepairCard[]): Promise<void> {
    const repairs = cards.map(({ id, version }) => ({ repairId: id, version }))
    const result =
      act === 'resume'
        ? await resume.run({ repairs })
        : act === 'verify'
          ? await verify.run({ repairs })
          : isWorkAction(act)
            ? await work.run({ repairs, action: act })
            : undefined
    if (result) tell(act, cards, result)
  }

  function tell(act: ActKey, cards: readonly RepairCard[], result: BulkResult): void {
    const done = cards.filter(({ id }) => result.done.some((one) => one.id === id))
    if (done.length > 0)
      notify(
        'success',
        doneText(
          act,
          done.map(({ number }) => number),
        ),
      )
    const [refusal] = result.refused
    const [only] = cards
    if (refusal && only && cards.length === 1) refuse(only, refusal)
    else if (refusal) show({ key: act, repairs: cards, result })
  }

  function show(next: ActRequest): void {
    request.value = next
    open.value = true
  }

  const dialogs: RepairDialogs = {
    request,
    missing,
    open,
    goTo,
    busy: computed(() => work.pending.value || resume.pending.value || verify.pending.value),
    async act(act, cards) {
      if (cards.length === 0) return
      const plain = act === 'resume' || act === 'verify' || isWorkAction(act)
      if (plain && needsOf(act, cards).size === 0) await atOnce(act, cards)
      else show({ key: act, repairs: cards })
    },
  }
  provide(key, dialogs)
  return dialogs
}

/** The dialogs of the page around this component. */
export function injectRepairDialogs(): RepairDialogs {
  const dialogs = inject(key)
  if (!dialogs) throw new Error('the page around has no repair dialogs')
  return dialogs
}

export interface RepairActions {
  /** The next sensible act: the one filled button. */
  readonly primary: ComputedRef<OfferKey | undefined>
  /** Everything else that is allowed, for a menu. */
  readonly others: ComputedRef<OfferKey[]>
  readonly items: ComputedRef<MenuItem<OfferKey>[]>
  readonly busy: ComputedRef<boolean>
  run(key: ActKey): Promise<void>
}

/**
 * What this person may do with one repair now, and how to do it. Answers nothing while the repair is not there.
 * Use it in the page that calls `useRepairDialogs`, or give its dialogs, or in a component beneath that page.
 */
export function useRepairActions(
  repair: () => (RepairCard & Pick<Standing, 'verifiedAt'>) | undefined,
  dialogs: RepairDialogs = injectRepairDialogs(),
): RepairActions {
  const person = useActingPerson()
  const primary = computed(() => {
    const now = repair()
    return now && primaryOffer(now, person)
  })
  const others = computed(() => {
    const now = repair()
    return now ? inMenuOrder(offersFor(now, person).filter((offer) => offer !== primary.value)) : []
  })
  return {
    primary,
    others,
    items: computed(() => others.value.map(menuItem)),
    busy: dialogs.busy,
    async run(act) {
      const now = repair()
      if (now) await dialogs.act(act, [now])
    },
  }
}

/** An act as an entry of a menu whose keys stand in `inMenuOrder`; a line stands between its groups. */
export function menuItem(offer: OfferKey, index: number, all: readonly OfferKey[]): MenuItem<OfferKey> {
  const { icon, danger = false } = offerInfo[offer]
  return { key: offer, label: actLabel(offer), icon, danger, divided: beginsGroup(offer, all[index - 1]) }
}
