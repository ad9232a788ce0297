import type { CustomerInput } from '#contract/customers.ts'
import type { DeviceInput } from '#contract/devices.ts'
import type {
  FinishedAtCounter,
  IntakeItem,
  intakeChannels,
  noSignatureReasons,
  VisitInput,
} from '#contract/repair-model.ts'
import type { TestResult } from '@/components/repair/index.ts'
import { newCommandId } from '@/client/command-id.ts'

export type Channel = (typeof intakeChannels)[number]
export type NoSignatureReason = (typeof noSignatureReasons)[number]
export type Check = IntakeItem['checks'][number]
export type CheckAnswer = Pick<Check, 'result' | 'note'>
/** What a test said of one item; nothing while only its note was begun. */
export interface TestAnswer {
  result?: TestResult
  note?: string
}
export type AccessoryForm = IntakeItem['accessories'][number]

/** A device the shop has seen before; its live record is asked for by id. */
export interface KnownDevice {
  id: number
  uid: string
  name: string
  serial: string
  categoryId: number
  /** It has a serial or an IMEI on record. */
  identified: boolean
}

/** A new device as it is typed: nothing chosen is null, nothing typed is empty. */
export type DeviceForm = Omit<DeviceInput, 'categoryId' | 'imei1' | 'imei2'> & {
  categoryId: number | null
  imei1: string
  imei2: string
}

export interface KnownCustomer {
  id: number
  uid: string
  name: string
  phone: string
}

export type NewCustomerForm = Pick<
  CustomerInput,
  'kind' | 'name' | 'address' | 'taxNumber' | 'language' | 'tier' | 'channel' | 'consentToContact' | 'notes'
> & { phone: string; phone2: string; email: string; contactName: string }

export interface CustomerForm {
  /** `shop` is a unit of the shop's own, without a customer. */
  mode: 'new' | 'known' | 'shop'
  known: KnownCustomer | null
  new: NewCustomerForm
}

export interface SuspendForm {
  on: boolean
  reasonId: number | null
  reason: string
  wakeOn: string | null
}

/** A fix made at the counter: the repair is processed as soon as it is received. */
export interface FinishedForm {
  on: boolean
  engineerId: number | null
  outcome: FinishedAtCounter['outcome']
  findings: string
  /** Answers of the category's test list by the item's id. */
  results: Record<string, TestAnswer>
}

/** One device of the visit with everything written down about it. */
export interface ItemForm {
  /** Names the item while devices are added and removed; never sent. */
  key: string
  known: KnownDevice | null
  device: DeviceForm
  visit: VisitInput
  /** True while the problem type is the program's guess and nobody has touched it. */
  problemGuessed: boolean
  /** Answers of the check list by the item's id. */
  checks: Record<string, CheckAnswer>
  accessories: AccessoryForm[]
  photoUids: string[]
  passcode: string
  passcodeKind: 'digits' | 'text' | 'pattern'
  overrideReason: string
  suspend: SuspendForm
  finished: FinishedForm
}

/** Everything one visit is made of, as it is kept in a draft. */
export interface IntakeForm {
  channel: Channel
  customer: CustomerForm
  signatureUid: string | null
  noSignatureReason: NoSignatureReason | null
  noSignatureNote: string
  items: ItemForm[]
}

export function emptyDevice(): DeviceForm {
  return {
    categoryId: null,
    brandId: null,
    modelId: null,
    modelText: '',
    colour: '',
    serial: '',
    imei1: '',
    imei2: '',
    purchasedOn: null,
    purchaseProof: 'none',
    seller: '',
    accountLocked: null,
    notes: '',
  }
}

export function emptyVisit(dueOn: string | null): VisitInput {
  return {
    problemTypeId: null,
    faultText: '',
    faultUnknown: false,
    faultSince: '',
    dropped: false,
    liquid: false,
    intermittent: false,
    backup: 'unknown',
    priority: 'normal',
    requestedOn: null,
    dueOn,
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
  }
}

/** An item with nothing in it but the day promised by default. */
export function emptyItem(dueOn: string | null): ItemForm {
  return {
    key: newCommandId(),
    known: null,
    device: emptyDevice(),
    visit: emptyVisit(dueOn),
    problemGuessed: false,
    checks: {},
    accessories: [],
    photoUids: [],
    passcode: '',
    passcodeKind: 'digits',
    overrideReason: '',
    suspend: { on: false, reasonId: null, reason: '', wakeOn: null },
    finished: { on: false, engineerId: null, outcome: 'repaired', findings: '', results: {} },
  }
}

export function emptyCustomer(): CustomerForm {
  return {
    mode: 'new',
    known: null,
    new: {
      kind: 'person',
      name: '',
      phone: '',
      phone2: '',
      email: '',
      contactName: '',
      address: '',
      taxNumber: '',
      language: null,
      tier: 'normal',
      channel: 'phone',
      consentToContact: true,
      notes: '',
    },
  }
}

/** A new visit. Over the phone, or put down at the counter, nobody is there to sign. */
export function emptyIntake(channel: Channel, dueOn: string | null): IntakeForm {
  return {
    channel,
    customer: emptyCustomer(),
    signatureUid: null,
    noSignatureReason: reasonOfChannel(channel),
    noSignatureNote: '',
    items: [emptyItem(dueOn)],
  }
}

export function reasonOfChannel(channel: Channel): NoSignatureReason | null {
  return channel === 'phone' ? 'by_phone' : channel === 'drop_off' ? 'dropped_off' : null
}

/**
 * Another device of the same visit. `alike` is for several of one kind: the same model, fault and accessories,
 * everything but what belongs to the single piece.
 */
export function nextItem(before: ItemForm, alike: boolean): ItemForm {
  const next = emptyItem(before.visit.dueOn)
  const { priority, requestedOn, warrantyKind, partsPolicy, oldPartBack, mayCollect } = before.visit
  Object.assign(next.visit, { priority, requestedOn, warrantyKind, partsPolicy, oldPartBack, mayCollect })
  next.suspend = { ...before.suspend }
  if (!alike) return next
  const { categoryId, brandId, modelId, modelText, colour, purchasedOn, purchaseProof, seller } =
    before.device
  Object.assign(next.device, {
    categoryId: before.known?.categoryId ?? categoryId,
    brandId,
    modelId,
    modelText,
    colour,
    purchasedOn,
    purchaseProof,
    seller,
  })
  next.visit = { ...before.visit }
  next.problemGuessed = before.problemGuessed
  next.accessories = before.accessories.map((accessory) => ({ ...accessory, serial: '' }))
  return next
}
