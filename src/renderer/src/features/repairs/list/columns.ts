import { computed, ref, watch, type Ref } from 'vue'
import type { RepairCard } from '#contract/repairs.ts'
import { labelText, shopTimeZone } from '@/app/format.ts'
import { translate } from '@/app/i18n.ts'
import type { Column } from '@/components/index.ts'
import { deviceName } from '@/components/repair/index.ts'

/** The columns a person can choose from, in the order in which they stand. */
export const columnKeys = [
  'number',
  'state',
  'priority',
  'device',
  'category',
  'serial',
  'customer',
  'faultText',
  'dueOn',
  'requestedOn',
  'idle',
  'engineerId',
  'bin',
  'receivedAt',
  'outcome',
] as const
export type ColumnKey = (typeof columnKeys)[number]

const usual: readonly ColumnKey[] = ['number', 'state', 'device', 'customer', 'dueOn', 'idle', 'engineerId']

/** An instant as `2026-11-22 14:05` in the shop's zone: what spreadsheets read as a time. */
function timeText(at: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: shopTimeZone(),
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return format.format(at)
}

/** What an export writes. */
const texts: Record<ColumnKey, (card: RepairCard) => string> = {
  number: ({ number }) => number,
  state: ({ state, locked, subStatus }) =>
    [locked && translate('states.locked'), translate(`states.state.${state}`), labelText(subStatus)]
      .filter(Boolean)
      .join(' · '),
  priority: ({ priority }) => translate(`states.priority.${priority}`),
  device: deviceName,
  category: ({ category }) => labelText(category),
  serial: ({ serial }) => serial,
  customer: ({ customerName }) => customerName ?? '',
  faultText: ({ faultText }) => faultText,
  dueOn: ({ dueOn }) => dueOn ?? '',
  requestedOn: ({ requestedOn }) => requestedOn ?? '',
  idle: ({ activeAt }) => timeText(activeAt),
  engineerId: ({ engineerName }) => engineerName ?? '',
  bin: ({ bin }) => bin,
  receivedAt: ({ receivedAt }) => timeText(receivedAt),
  outcome: ({ outcome }) => (outcome ? translate(`states.outcome.${outcome}`) : ''),
}

const widths: Partial<Record<ColumnKey, string>> = {
  number: '140px',
  state: '190px',
  dueOn: '120px',
  requestedOn: '130px',
  idle: '90px',
  engineerId: '120px',
  priority: '100px',
  bin: '90px',
  receivedAt: '130px',
}

export function columnLabel(key: ColumnKey): string {
  return translate(`repairs.field.${key}`)
}

export function exportText(key: ColumnKey, card: RepairCard): string {
  return texts[key](card)
}

const storeKey = 'benchside.repairs.columns'

function kept(): ColumnKey[] {
  try {
    const names = localStorage.getItem(storeKey)?.split(',')
    const known = columnKeys.filter((key) => names?.includes(key))
    return known.length > 0 ? known : [...usual]
  } catch {
    return [...usual]
  }
}

/** The columns this seat shows; it remembers them. The number is always among them: it opens the repair. */
export function useColumns(): { keys: Ref<ColumnKey[]>; columns: Ref<Column<RepairCard>[]>; reset(): void } {
  const keys = ref(kept())
  watch(keys, (now) => {
    try {
      localStorage.setItem(storeKey, now.join(','))
    } catch {
      // A browser that does not store shows the usual ones next time.
    }
  })
  return {
    keys,
    columns: computed(() =>
      columnKeys
        .filter((key) => keys.value.includes(key))
        .map((key) => ({
          key,
          label: columnLabel(key),
          text: texts[key],
          ...(widths[key] ? { width: widths[key] } : {}),
        })),
    ),
    reset() {
      keys.value = [...usual]
    },
  }
}
