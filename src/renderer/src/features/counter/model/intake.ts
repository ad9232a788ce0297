import { computed, inject, provide, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'
import type { DeviceVisit } from '#contract/devices.ts'
import { useSession } from '@/app/session.ts'
import { useQueryOf, type FormErrors } from '@/client/index.ts'
import type { PhotoUploads } from '@/components/photo-uploads.ts'
import type { Demands, Missing } from './missing.ts'
import type { IntakeForm, ItemForm, KnownCustomer } from './form.ts'
import type { Start } from './recognise.ts'
import { deviceTitle } from './recognise.ts'

/** What the sections of one intake share. */
export interface Intake {
  readonly form: IntakeForm
  readonly errors: FormErrors
  /** Index of the device on the page. */
  readonly current: Ref<number>
  readonly item: ComputedRef<ItemForm>
  /** Dotted path of a field of the device on the page, as the command's input names it. */
  at(rest: string): string
  readonly entries: ComputedRef<readonly DictionaryEntry[]>
  demandsOf(item: ItemForm): Demands
  readonly missing: ComputedRef<readonly Missing[]>
  readonly photos: PhotoUploads
  readonly signature: PhotoUploads
  /** What has to be brought to an end before the visit is received: a pen that was only just lifted. */
  readonly settling: Set<() => Promise<void>>
  /** Takes what was recognised into the visit. */
  begin(start: Start): void
}

const key: InjectionKey<Intake> = Symbol('intake')

export function provideIntake(intake: Intake): void {
  provide(key, intake)
}

export function useIntake(): Intake {
  const intake = inject(key)
  if (!intake) throw new Error('a section of an intake stands outside of one')
  return intake
}

const kinds: DictionaryKind[] = [
  'device_category',
  'check_item',
  'test_item',
  'problem_type',
  'accessory',
  'model',
]

/** The dictionaries an intake works with, and what each category asks for. */
export function useDemands(): {
  entries: ComputedRef<readonly DictionaryEntry[]>
  demandsOf(item: ItemForm): Demands
} {
  const session = useSession()
  const testRequired = (): boolean => session.shop?.testRequired === true
  const list = useQueryOf('dictionaries.list', () => ({ kinds }))
  const entries = computed<readonly DictionaryEntry[]>(() => list.data.value ?? [])
  const byCategory = computed(() => {
    const found = new Map<number, Demands>()
    for (const entry of entries.value.filter((one) => one.kind === 'device_category')) {
      const idsOf = (kind: DictionaryKind): ReadonlySet<number> => {
        const own = entries.value.filter(
          (one) => one.kind === kind && one.active && one.parentId === entry.id,
        )
        return new Set(own.map((one) => one.id))
      }
      found.set(entry.id, {
        entry,
        checkIds: idsOf('check_item'),
        testIds: idsOf('test_item'),
        testRequired: testRequired(),
      })
    }
    return found
  })
  const none: Demands = { entry: undefined, checkIds: new Set(), testIds: new Set(), testRequired: false }
  return {
    entries,
    demandsOf: (item) => byCategory.value.get(item.known?.categoryId ?? item.device.categoryId ?? 0) ?? none,
  }
}

/** Puts a device that is on file into an item, and its owner into the visit where nobody is chosen yet. */
export function takeDevice(form: IntakeForm, item: ItemForm, { device }: DeviceVisit): void {
  item.known = {
    id: device.id,
    uid: device.uid,
    name: deviceTitle(device),
    serial: device.serial || device.imei1 || '',
    categoryId: device.categoryId,
    identified: [device.serial, device.imei1, device.imei2].some(Boolean),
  }
  item.overrideReason = ''
  const nobodyYet = form.customer.mode === 'new' && form.customer.new.name.trim() === ''
  if (device.owner && nobodyYet) takeCustomer(form, device.owner)
}

export function takeCustomer(
  form: IntakeForm,
  customer: Omit<KnownCustomer, 'phone'> & { readonly phone: string | null },
): void {
  const { id, uid, name, phone } = customer
  form.customer.mode = 'known'
  form.customer.known = { id, uid, name, phone: phone ?? '' }
}

/** What was recognised or typed at the start, put where it belongs. A repair is no start: the page opens it. */
export function takeStart(form: IntakeForm, item: ItemForm, start: Start): void {
  if (start.kind === 'device') takeDevice(form, item, start.visit)
  else if (start.kind === 'customer') takeCustomer(form, start.customer)
  else if (start.kind === 'new') {
    const { field, text } = start.hint
    if (field === 'phone') form.customer.new.phone = text
    else if (field === 'name') form.customer.new.name = text
    else item.device[field] = text
  }
}

/** How a draft is called in the list: who, and what. */
export function draftTitle(form: IntakeForm, categoryName: (item: ItemForm) => string): string {
  const who = form.customer.mode === 'known' ? form.customer.known?.name : form.customer.new.name.trim()
  const what = form.items.map(
    (item) => item.known?.name || item.device.modelText || categoryName(item) || item.device.serial,
  )
  const [first = ''] = what
  return [who, what.length > 1 ? `${first} ×${what.length}` : first].filter(Boolean).join(' · ')
}

/** Index of the device that an error's path belongs to. */
export function itemOf(path: string): number | undefined {
  const match = /^items\.(\d+)\./.exec(path)
  return match ? Number(match[1]) : undefined
}
