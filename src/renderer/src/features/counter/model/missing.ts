import type { DictionaryEntry } from '#contract/dictionaries.ts'
import type { FieldError } from '#contract/errors.ts'
import { finishedTest } from './finished-test.ts'
import type { IntakeForm, ItemForm } from './form.ts'

/** What a category asks of an intake, with the check list that is answered and the test list of what is finished. */
export interface Demands {
  readonly entry: DictionaryEntry | undefined
  readonly checkIds: ReadonlySet<number>
  readonly testIds: ReadonlySet<number>
  /** The shop has a device tested before it is ready. */
  readonly testRequired: boolean
}

/** One thing still to give before the visit can be received: where, which code says it, and its short name. */
export interface Missing extends FieldError {
  /** Key of its short name under `counter.missing`. */
  readonly word: string
  /** Index of the device it belongs to; undefined for the visit as a whole. */
  readonly item?: number
}

function ofDevice(item: ItemForm, at: string, { entry }: Demands): Omit<Missing, 'item'>[] {
  const missing: Omit<Missing, 'item'>[] = []
  if (!item.known && item.device.categoryId === null) {
    missing.push({ path: `${at}.device.new.categoryId`, code: 'field.required', word: 'category' })
  }
  const identified = item.known
    ? item.known.identified
    : [item.device.serial, item.device.imei1, item.device.imei2].some((text) => text.trim() !== '')
  if (entry?.needsSerial && !identified) {
    const path = item.known ? `${at}.device` : `${at}.device.new.serial`
    missing.push({ path, code: 'field.required', word: 'serial' })
  }
  return missing
}

function ofFinished({ finished }: ItemForm, at: string, demands: Demands): Omit<Missing, 'item'>[] {
  const missing: Omit<Missing, 'item'>[] = []
  if (finished.engineerId === null)
    missing.push({ path: `${at}.engineerId`, code: 'repair.engineer_required', word: 'engineer' })
  if (finished.findings.trim() === '')
    missing.push({ path: `${at}.findings`, code: 'repair.findings_required', word: 'findings' })
  const { open, results } = finishedTest(finished, demands.testIds)
  if (open.length > 0 && (demands.testRequired || results.length > 0)) {
    const params = { missing: open.length }
    missing.push({ path: `${at}.testResults`, code: 'work.test_incomplete', params, word: 'test' })
  }
  return missing
}

function ofVisit(item: ItemForm, at: string, demands: Demands): Omit<Missing, 'item'>[] {
  const { entry, checkIds } = demands
  const missing: Omit<Missing, 'item'>[] = []
  if (item.visit.faultText.trim() === '' && !item.visit.faultUnknown) {
    missing.push({ path: `${at}.visit.faultText`, code: 'field.required', word: 'fault' })
  }
  const unanswered = [...checkIds].filter((id) => !item.checks[id]).length
  if (entry?.needsChecks && unanswered > 0) {
    missing.push({
      path: `${at}.checks`,
      code: 'repair.checks_required',
      params: { missing: unanswered },
      word: 'checks',
    })
  }
  const have = item.photoUids.length
  if (entry && have < entry.minPhotos) {
    missing.push({
      path: `${at}.photoUids`,
      code: 'repair.photos_required',
      params: { min: entry.minPhotos, have },
      word: 'photos',
    })
  }
  if (item.finished.on) {
    missing.push(...ofFinished(item, `${at}.finished`, demands))
  } else if (item.suspend.on) {
    if (item.suspend.reasonId === null && item.suspend.reason.trim() === '')
      missing.push({ path: `${at}.suspend.reason`, code: 'repair.reason_required', word: 'suspendReason' })
    if (item.suspend.wakeOn === null)
      missing.push({ path: `${at}.suspend.wakeOn`, code: 'repair.wake_date_required', word: 'wakeOn' })
  }
  return missing
}

/** What one device of the visit still lacks, in the order of the page. */
export function missingOfItem(item: ItemForm, index: number, demands: Demands): Missing[] {
  const at = `items.${index}`
  return [...ofDevice(item, at, demands), ...ofVisit(item, at, demands)].map((one) => ({
    ...one,
    item: index,
  }))
}

function missingOfVisit(form: IntakeForm): Missing[] {
  const missing: Missing[] = []
  if (form.customer.mode === 'new' && form.customer.new.name.trim() === '') {
    missing.push({ path: 'customer.new.name', code: 'field.required', word: 'customer' })
  }
  if (form.signatureUid === null && form.noSignatureReason === null) {
    missing.push({ path: 'signatureUid', code: 'repair.signature_required', word: 'signature' })
  } else if (form.noSignatureReason === 'other' && form.noSignatureNote.trim() === '') {
    missing.push({ path: 'noSignatureNote', code: 'field.required', word: 'noSignatureNote' })
  }
  return missing
}

/** Everything a visit lacks: devices first, then customer and signature. The host checks all of it again. */
export function missingOf(form: IntakeForm, demandsOf: (item: ItemForm) => Demands): Missing[] {
  return [
    ...form.items.flatMap((item, index) => missingOfItem(item, index, demandsOf(item))),
    ...missingOfVisit(form),
  ]
}
