import type { Repair, VisitInput } from '#contract/repairs.ts'

/** The form that changes what was written down at the counter. */

export type VisitField = keyof VisitInput

export function visitOf(repair: Repair): VisitInput {
  return {
    problemTypeId: repair.problemTypeId,
    faultText: repair.faultText,
    faultUnknown: repair.faultUnknown,
    faultSince: repair.faultSince,
    dropped: repair.dropped,
    liquid: repair.liquid,
    intermittent: repair.intermittent,
    backup: repair.backup,
    priority: repair.priority,
    requestedOn: repair.requestedOn,
    dueOn: repair.dueOn,
    estimateMinor: repair.estimateMinor,
    ceilingMinor: repair.ceilingMinor,
    benchFeeMinor: repair.benchFeeMinor,
    warrantyKind: repair.warrantyKind,
    dataLossWaiver: repair.dataLossWaiver,
    partsPolicy: repair.partsPolicy,
    oldPartBack: repair.oldPartBack,
    otherReference: repair.otherReference,
    mayCollect: repair.mayCollect,
    bin: repair.bin,
    internalNote: repair.internalNote,
  }
}

export const emptyVisit: VisitInput = {
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
}

/** Only what differs is sent, so that the history shows what a person changed and nothing else. */
export function changesFrom(repair: Repair, form: VisitInput): Partial<VisitInput> {
  const before = visitOf(repair)
  const keys = Object.keys(before) as VisitField[]
  return Object.fromEntries(keys.filter((key) => form[key] !== before[key]).map((key) => [key, form[key]]))
}

/* The contract's own lists stand beside its schemas, which the window does not load; a value missing or too
 * many here does not compile. */
const keysOf = <K extends string>(all: Record<K, true>): K[] => Object.keys(all) as K[]

export const priorities = keysOf<VisitInput['priority']>({
  low: true,
  normal: true,
  high: true,
  urgent: true,
})
export const backupStates = keysOf<VisitInput['backup']>({
  unknown: true,
  backed_up: true,
  not_backed_up: true,
  not_applicable: true,
})
export const partsPolicies = keysOf<VisitInput['partsPolicy']>({
  any: true,
  new_only: true,
  refurbished_allowed: true,
})
export const warrantyKinds = keysOf<VisitInput['warrantyKind']>({
  none: true,
  manufacturer: true,
  statutory: true,
  own_repair: true,
  service_contract: true,
  goodwill: true,
})
