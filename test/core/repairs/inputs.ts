import type { InputOf } from '#contract/method-types.ts'

export type Receive = Omit<InputOf<'repairs.receive'>, 'commandId'>
export type Item = Receive['items'][number]
type Device = Extract<Item['device'], { new: unknown }>['new']
type Customer = Extract<Receive['customer'], { new: unknown }>['new']

/** What a counter clerk types at intake; a test names only what it cares about. */
export function intakeInputs(categoryId: number) {
  let serials = 0
  const deviceInput = (given: Partial<Device> = {}): Device => ({
    categoryId,
    brandId: null,
    modelId: null,
    modelText: 'T1',
    colour: '',
    serial: `SER-${++serials}`,
    imei1: null,
    imei2: null,
    purchasedOn: null,
    purchaseProof: 'none',
    seller: '',
    accountLocked: null,
    notes: '',
    ...given,
  })
  const visit = (given: Partial<Item['visit']> = {}): Item['visit'] => ({
    problemTypeId: null,
    faultText: '不开机',
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
    ...given,
  })
  const item = (given: Partial<Item> = {}): Item => ({
    device: { new: deviceInput() },
    visit: visit(),
    checks: [],
    accessories: [],
    photoUids: [],
    passcode: null,
    passcodeKind: null,
    overrideReason: null,
    suspend: null,
    ...given,
  })
  const customer = (given: Partial<Customer> = {}): Customer => ({
    kind: 'person',
    name: '张三',
    phones: [],
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
    ...given,
  })
  const intake = (given: Partial<Receive> = {}): Receive => ({
    draftUid: null,
    channel: 'walk_in',
    customer: { new: customer() },
    signatureUid: null,
    noSignatureReason: 'by_phone',
    noSignatureNote: '',
    termsVersion: null,
    items: [item()],
    ...given,
  })

  return { deviceInput, visit, item, customer, intake }
}
