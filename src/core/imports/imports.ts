import { hash } from 'node:crypto'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { importProfile, type ImportProfile } from '#contract/import-profile.ts'
import type { RunRow } from './store.ts'

export type MappedRow = InputOf<'runs.apply'>['rows'][number]
export type Values = MappedRow['values']

/** A mapped text, or null; numbers become text, because a model "3310" is one. */
export function textOf(values: Values, field: string): string | null {
  const value = values[field]
  return value === undefined || value === null || value === '' ? null : String(value)
}

/** A mapped number, or null. */
export function numberOf(values: Values, field: string): number | null {
  const value = values[field]
  return typeof value === 'number' ? value : null
}

/** Fingerprint of a row's values, in the profile's field order: equal means nothing to do. */
export function hashOfValues(values: Values): string {
  return hash('sha1', JSON.stringify(values), 'base64url')
}

/** A stored profile; what is in the file was checked when it was saved. */
export function readProfile(text: string): ImportProfile {
  return importProfile.parse(JSON.parse(text))
}

/** A run as the window sees it. */
export function runView(row: RunRow): OutputOf<'imports.runs'>[number] {
  const {
    profile: _profile,
    fileHash: _hash,
    lineDone: _line,
    preview: _preview,
    target,
    state,
    ...rest
  } = row
  return {
    ...rest,
    target: target as ImportProfile['target'],
    state: state as OutputOf<'imports.runs'>[number]['state'],
  }
}

/** Rows of the wizard's preview. */
export const previewRows = 20
