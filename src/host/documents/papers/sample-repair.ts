import type { Customer } from '#contract/customers.ts'
import type { Language } from '#contract/fields.ts'
import type { Repair } from '#contract/repairs.ts'
import { repairLink } from '../link.ts'

/** A made-up visit for the samples in the settings: nobody's name, number or device. */

export const sampleUid = '00000000-0000-7000-8000-000000000000'
/** 2026-03-09 02:30 UTC; the days after it are counted from here. */
export const sampleAt = Date.UTC(2026, 2, 9, 2, 30)
export const sampleDay = 86_400_000
export const sampleNumber = '20260309001'
export const sampleLink = repairLink(sampleUid)

/** One of two texts, by the paper's language. */
export type Pick = (zh: string, en: string) => string
export function picker(language: Language): Pick {
  return (zh, en) => (language === 'en' ? en : zh)
}

export function sampleCustomer(say: Pick, language: Language): Customer {
  return {
    id: 1,
    uid: sampleUid,
    version: 1,
    kind: 'person',
    name: say('张三（样张）', 'Alex Sample'),
    phones: [{ number: say('138 0013 8000', '020 7946 0000'), label: '' }],
    email: null,
    contacts: [],
    address: say('示例路 1 号', '1 Example Street'),
    taxNumber: '',
    language,
    tier: 'normal',
    channel: 'phone',
    consentToContact: true,
    consentAt: null,
    notes: '',
    onAccount: false,
    paymentDays: 0,
    createdAt: sampleAt,
    updatedAt: sampleAt,
    mergedIntoUid: null,
    erasedAt: null,
  }
}

const label = (zh: string, en: string) => ({ zh, en })

export function sampleRepair(say: Pick): Repair {
  return {
    ...plain,
    customerName: say('张三（样张）', 'Alex Sample'),
    brand: say('示例', 'Example'),
    model: say('手机 12', 'Phone 12'),
    colour: say('黑色', 'black'),
    faultText: say(
      '摔落后屏幕碎裂，触摸失灵。',
      'Dropped: the screen is cracked and does not react to touch.',
    ),
    engineerName: say('李工', 'Sam Bench'),
    clerkName: say('王前台', 'Kim Counter'),
    collectedBy: say('本人', 'the customer'),
    internalNote: '',
    attempts: [
      {
        no: 1,
        engineerId: 1,
        engineerName: say('李工', 'Sam Bench'),
        assignedAt: sampleAt,
        startedAt: sampleAt,
        endedAt: null,
        result: null,
        findings: say(
          '屏幕总成破裂，排线完好；电池容量 71%，建议更换。',
          'Screen assembly broken, its cable is sound. The battery is at 71 % and should be changed.',
        ),
        codes: [
          { id: 1, kind: 'symptom', code: 'S12', label: label('触摸失灵', 'no reaction to touch') },
          { id: 2, kind: 'cause', code: 'C03', label: label('摔落', 'dropped') },
          { id: 3, kind: 'action', code: 'A01', label: label('更换总成', 'assembly replaced') },
        ],
      },
    ],
  }
}

/** All that is the same in both languages. */
const plain: Repair = {
  id: 1,
  uid: sampleUid,
  number: sampleNumber,
  version: 1,
  state: 'collected',
  subStatus: null,
  locked: null,
  priority: 'normal',
  customerUid: sampleUid,
  customerName: '',
  customerTier: 'normal',
  deviceUid: sampleUid,
  category: label('手机', 'Phone'),
  brand: '',
  model: '',
  serial: 'SAMPLE0012345',
  faultText: '',
  faultUnknown: false,
  engineerId: 1,
  engineerName: '',
  bin: 'A-12',
  requestedOn: null,
  dueOn: '2026-03-12',
  wakeOn: null,
  nextTryOn: null,
  receivedAt: sampleAt,
  activeAt: sampleAt,
  outcome: 'repaired',
  imported: false,
  visitUid: sampleUid,
  channel: 'walk_in',
  customerId: 1,
  customerPhone: null,
  deviceId: 1,
  subStatusId: null,
  problemType: label('屏幕', 'Screen'),
  problemTypeId: 1,
  imei1: '490154203237518',
  colour: '',
  faultSince: '',
  dropped: true,
  liquid: false,
  intermittent: false,
  backup: 'backed_up',
  estimateMinor: null,
  ceilingMinor: null,
  benchFeeMinor: null,
  warrantyKind: 'none',
  dataLossWaiver: true,
  partsPolicy: 'any',
  oldPartBack: true,
  otherReference: '',
  mayCollect: '',
  internalNote: '',
  hasPasscode: true,
  signatureUid: null,
  noSignatureReason: null,
  noSignatureNote: '',
  termsVersion: 1,
  clerkName: '',
  lockNote: '',
  lockedAt: null,
  suspendReason: '',
  failedAttempts: 0,
  followUpTries: 0,
  collectedBy: '',
  collectedAt: sampleAt + 3 * sampleDay,
  processedAt: sampleAt + 2 * sampleDay,
  closedAt: null,
  disposedOn: null,
  closeKind: null,
  satisfaction: null,
  verifiedAt: null,
  verifiedBy: null,
  reworkOf: null,
  reworkKind: null,
  defaultShares: [],
  warrantyFrom: '2026-03-12',
  checks: [
    { itemId: 1, label: label('开机', 'Starts'), result: 'works', note: '' },
    { itemId: 2, label: label('触摸', 'Touch'), result: 'faulty', note: '' },
    { itemId: 3, label: label('摄像头', 'Cameras'), result: 'works', note: '' },
  ],
  accessories: [{ id: 1, name: label('保护壳', 'Case'), serial: '', returned: false }],
  attachments: [],
  attempts: [],
  knownDefects: [],
  siblings: [],
  source: null,
}
