import { kindsLeavingTheShop } from '#contract/disposals.ts'
import type { InputOf } from '#contract/method-types.ts'
import { transitionFor, type RepairState } from '#contract/repair-states.ts'
import { fieldError } from '../kernel/app-error.ts'

/** The pure rules of disposing of what nobody collects (domain §3.2). */

/** Only what was given up as unclaimed, or may be given up now by the state table. */
export function mayDispose(state: string): boolean {
  return state === 'unclaimed' || transitionFor(state as RepairState, 'mark_unclaimed') !== undefined
}

type Asked = Pick<InputOf<'disposals.dispose'>, 'kind' | 'mediaWiped' | 'sale' | 'buyer' | 'earlyReason'>

/**
 * What must be said of a disposal. Errors: `disposal.sale_required` at sale for a sale without its money, and the
 * other way round `field.not_an_option`; `disposal.costs_too_large` at `sale.costsMinor`;
 * `disposal.media_not_wiped` at mediaWiped; `disposal.no_final_notice` and `disposal.too_early` {from} at earlyReason.
 */
export function requireInOrder(
  asked: Asked,
  term: { readonly finalOn: string | null; readonly from: string | null; readonly due: boolean },
): void {
  const { kind, mediaWiped, sale, earlyReason } = asked
  if (kind === 'sold' && sale === null) throw fieldError('sale', 'disposal.sale_required')
  if (kind !== 'sold' && sale !== null) throw fieldError('sale', 'field.not_an_option')
  if (sale !== null && sale.costsMinor > sale.proceedsMinor)
    throw fieldError('sale.costsMinor', 'disposal.costs_too_large', { max: sale.proceedsMinor })
  if (kindsLeavingTheShop.includes(kind) && !mediaWiped)
    throw fieldError('mediaWiped', 'disposal.media_not_wiped')
  if (term.due || earlyReason !== '') return
  if (term.finalOn === null) throw fieldError('earlyReason', 'disposal.no_final_notice')
  throw fieldError('earlyReason', 'disposal.too_early', { from: term.from })
}
