import type { DictionaryEntry } from '#contract/dictionaries.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { Seat } from './host.ts'

type Intake = Omit<InputOf<'repairs.receive'>, 'commandId'>

let counter = 0
const faults = [
  '屏幕碎裂，触摸不灵',
  'Does not charge, gets hot',
  '开机黑屏',
  'No sound in calls',
  '进水后无法开机',
]
const names = ['张伟', '王芳', 'Anna Schmidt', '李娜', 'John Smith', '欧阳修', 'Émile Dubois']

/** What a walk-in with one new device says, never twice the same; `category` is any device category's id. */
export function walkIn(categoryId: number, changes: Partial<Intake['items'][number]['visit']> = {}): Intake {
  const n = ++counter
  return {
    draftUid: null,
    channel: 'walk_in',
    customer: {
      new: {
        kind: 'person',
        name: names[n % names.length] ?? 'Customer',
        phones: [{ number: `138${String(10_000_000 + ((n * 7919) % 90_000_000))}`, label: '' }],
        email: null,
        contacts: [],
        address: '',
        taxNumber: '',
        language: null,
        tier: 'normal',
        channel: 'phone',
        consentToContact: true,
        notes: '',
        onAccount: false,
        paymentDays: 0,
      },
    },
    signatureUid: null,
    noSignatureReason: 'other',
    noSignatureNote: 'test',
    termsVersion: 1,
    items: [
      {
        device: {
          new: {
            categoryId,
            brandId: null,
            modelId: null,
            modelText: 'Model T',
            colour: 'black',
            serial: `SN${Date.now().toString(36)}${n}`.toUpperCase(),
            imei1: null,
            imei2: null,
            purchasedOn: null,
            purchaseProof: 'none',
            seller: '',
            accountLocked: null,
            notes: '',
          },
        },
        visit: {
          problemTypeId: null,
          faultText: faults[n % faults.length] ?? '',
          faultUnknown: false,
          faultSince: '',
          dropped: false,
          liquid: false,
          intermittent: false,
          backup: 'unknown',
          priority: 'normal',
          requestedOn: null,
          dueOn: null,
          estimateMinor: null,
          ceilingMinor: null,
          benchFeeMinor: null,
          warrantyKind: 'none',
          dataLossWaiver: false,
          partsPolicy: 'any',
          oldPartBack: false,
          otherReference: '',
          mayCollect: '',
          bin: '',
          internalNote: '',
          ...changes,
        },
        checks: [],
        accessories: [],
        photoUids: [],
        passcode: null,
        passcodeKind: null,
        overrideReason: null,
        suspend: null,
      },
    ],
  }
}

/** A category that asks for nothing special, at intake or on the bench; `entries` hold the test items too. */
export function plainCategory(entries: readonly DictionaryEntry[]): number {
  const tested = new Set(entries.flatMap((one) => (one.kind === 'test_item' ? [one.parentId] : [])))
  const entry = entries.find(
    (one) =>
      one.kind === 'device_category' &&
      !one.needsSerial &&
      !one.needsChecks &&
      one.minPhotos === 0 &&
      !tested.has(one.id),
  )
  if (!entry) throw new Error('the seed has no plain category')
  return entry.id
}

const kept = new WeakMap<Seat, number>()

/** A walk-in through a running host. */
export async function intakeOf(seat: Seat): Promise<Intake> {
  let categoryId = kept.get(seat)
  if (categoryId === undefined) {
    categoryId = plainCategory(
      await seat.client.dictionaries.list({ kinds: ['device_category', 'test_item'] }),
    )
    kept.set(seat, categoryId)
  }
  return walkIn(categoryId)
}
