import type { DeviceInput } from '#contract/devices.ts'
import { serialKey } from '#contract/names.ts'
import { fieldError } from '../kernel/app-error.ts'

/** What a device is known by, besides its uid. */
export interface DeviceKeys {
  /** Comparable serial; null without one. */
  readonly serialKey: string | null
  readonly imeis: readonly string[]
}

/** Error: `field.duplicate` at imei2 when both IMEIs are the same. */
export function deviceKeys(input: Pick<DeviceInput, 'serial' | 'imei1' | 'imei2'>, path = ''): DeviceKeys {
  if (input.imei1 !== null && input.imei1 === input.imei2) throw fieldError(`${path}imei2`, 'field.duplicate')
  return {
    serialKey: serialKey(input.serial),
    imeis: [input.imei1, input.imei2].filter((imei) => imei !== null),
  }
}

/** A code scanned or typed at the counter as an IMEI, blanks and hyphens taken out; null when it cannot be one. */
export function imeiOf(code: string): string | null {
  const digits = code.replace(/[\s-]/g, '')
  return /^\d{15}$/.test(digits) ? digits : null
}

/** Makers and models are proper names: the international spelling, or the only one there is. */
export function properName(zh: string | null, en: string | null): string {
  return en || zh || ''
}
