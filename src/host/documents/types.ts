import type { channels, customerKinds } from '#contract/customers.ts'
import type { purchaseProofs } from '#contract/devices.ts'
import type { Language } from '#contract/fields.ts'
import type {
  backupStates,
  checkResults,
  noSignatureReasons,
  partsPolicies,
  priorities,
  warrantyKinds,
} from '#contract/repairs.ts'

/**
 * What the printed documents need to know. Names that come from a dictionary (category, problem type, check,
 * accessory) arrive already in `language`; closed sets arrive as the contract's codes and get their words here.
 * There is no field for a passcode, so none can ever be printed.
 */

/** The shop as it stands at the head of a sheet. */
export interface ShopData {
  name: string
  /** May have several lines. */
  address?: string | null
  phone?: string | null
  /** Terms in the document's language; each line is a paragraph. */
  terms: string
  /** PNG or JPEG bytes; anything else is left out. Scaled down for print, so a large PNG costs nothing on paper. */
  logo?: Uint8Array | null
  /** IANA time zone in which `…At` is printed. */
  timeZone: string
  /** ISO 4217 code; amounts are in its minor units. */
  currency: string
}

/** Who brought the device. */
export interface CustomerData {
  kind?: (typeof customerKinds)[number]
  name: string
  phones: readonly { number: string; label?: string }[]
  email?: string | null
  address?: string | null
  taxNumber?: string | null
  /** A company's people; the first two are printed. */
  contacts?: readonly { name: string; role?: string; phone?: string | null }[]
  channel?: (typeof channels)[number] | null
  consentToContact?: boolean | null
}

/** The device as received. */
export interface DeviceData {
  category: string
  brand: string
  model: string
  colour?: string | null
  serial?: string | null
  imei1?: string | null
  imei2?: string | null
  /** YYYY-MM-DD. */
  purchasedOn?: string | null
  purchaseProof?: (typeof purchaseProofs)[number] | null
  seller?: string | null
  knownDefects: readonly string[]
  /** null or absent: nobody looked. */
  accountLocked?: boolean | null
}

/** The visit and what was agreed. */
export interface RepairData {
  number: string
  /** What the QR code opens: the repair's address, built from its uid. */
  link: string
  /** Where the customer follows the repair (W13); on their copy it stands in place of `link`. */
  customerLink?: string | null
  /** UTC epoch milliseconds. */
  receivedAt: number
  /** Required resolution date, the promise to the customer; YYYY-MM-DD in the shop's zone. */
  promisedOn?: string | null
  /** Day by which the customer wants somebody on it; YYYY-MM-DD. */
  requestedOn?: string | null
  faultText: string
  faultUnknown: boolean
  problemType?: string | null
  faultSince?: string | null
  dropped: boolean
  liquid: boolean
  intermittent: boolean
  backup: (typeof backupStates)[number]
  priority: (typeof priorities)[number]
  estimateMinor?: number | null
  /** "Repair up to this without asking". */
  ceilingMinor?: number | null
  benchFeeMinor?: number | null
  depositMinor?: number | null
  warrantyKind: (typeof warrantyKinds)[number]
  dataLossWaiver: boolean
  partsPolicy: (typeof partsPolicies)[number]
  oldPartBack: boolean
  otherReference?: string | null
  mayCollect?: string | null
  /** Number of the earlier repair this one is a rework (返修) of. */
  reworkOfNumber?: string | null
  /** Shelf place; printed on the shop's copy and on the label. */
  bin?: string | null
  clerk?: string | null
}

export interface CheckData {
  label: string
  result: (typeof checkResults)[number]
  note?: string | null
}

export interface AccessoryData {
  name: string
  serial?: string | null
}

/** All of an intake sheet. The labels take parts of it, so one object serves every document of a repair. */
export interface IntakeSheetData {
  language: Language
  shop: ShopData
  repair: RepairData
  /** null: a unit of the shop's own. */
  customer: CustomerData | null
  device: DeviceData
  checks: readonly CheckData[]
  accessories: readonly AccessoryData[]
  /** The signature as drawn on screen (PNG). */
  signature?: Uint8Array | null
  /** Why there is none; `noSignatureNote` says more. */
  noSignatureReason?: (typeof noSignatureReasons)[number] | null
  noSignatureNote?: string | null
  /** Version of the terms that were shown at intake. */
  termsVersion?: number | null
}

/** What a device label shows. */
export interface DeviceLabelData {
  language: Language
  shop: Pick<ShopData, 'timeZone'>
  repair: Pick<RepairData, 'number' | 'link' | 'receivedAt' | 'promisedOn' | 'priority' | 'bin'>
  customer: Pick<CustomerData, 'name'> | null
  device: Pick<DeviceData, 'category' | 'brand' | 'model' | 'colour'>
}

/** What the labels of the accessories show. */
export interface AccessoryLabelsData {
  language: Language
  repair: Pick<RepairData, 'number' | 'receivedAt'>
  customer: Pick<CustomerData, 'name'> | null
  accessories: readonly AccessoryData[]
}
