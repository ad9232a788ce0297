import { isOverDiscountLimit } from '#contract/charges.ts'
import { useSession } from '@/app/session.ts'
import { codeText } from '@/client/error-text.ts'

/** What a discount would be refused with, said while it is typed; empty where this person may give it. */
export function useDiscountLimit(): (discountMinor: number, priceMinor: number) => string {
  const session = useSession()
  return (discountMinor, priceMinor) => {
    const limitBp = session.shop?.discountLimitBp
    if (limitBp === undefined || session.can('billing.discount')) return ''
    return isOverDiscountLimit(discountMinor, priceMinor, limitBp)
      ? codeText('charge.discount_not_allowed', { limit: limitBp / 100 })
      : ''
  }
}
