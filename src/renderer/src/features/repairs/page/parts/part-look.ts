import type { RepairPartState } from '#contract/stock-model.ts'
import type { IconName, Tone } from '@/components/index.ts'

/** How a part line's state is seen: never by colour alone. */
export const partLook: Record<RepairPartState, { readonly tone: Tone; readonly icon: IconName }> = {
  planned: { tone: 'info', icon: 'Clock' },
  reserved: { tone: 'active', icon: 'Box' },
  issued: { tone: 'pause', icon: 'Tools' },
  used: { tone: 'success', icon: 'CircleCheck' },
  returned: { tone: 'neutral', icon: 'RefreshLeft' },
  dead_on_arrival: { tone: 'danger', icon: 'WarningFilled' },
  broken_here: { tone: 'danger', icon: 'Warning' },
  lost: { tone: 'danger', icon: 'Search' },
  cancelled: { tone: 'muted', icon: 'CircleClose' },
}
