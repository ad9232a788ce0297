import { hash } from 'node:crypto'
import type { OutputOf } from '#contract/method-types.ts'
import { importProfile, type ImportProfile, type ImportTarget } from '#contract/import-profile.ts'
import type { ImportReading } from '#contract/imports.ts'
import type { ImportRow } from '#contract/internal.ts'
import type { RunRow } from './store.ts'

export type Values = ImportRow['values']

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

// What is stored as JSON was checked when it was written; a profile may be older than the fields of today.

export function readProfile(text: string): ImportProfile {
  return importProfile.parse(JSON.parse(text))
}

export function readColumns(run: RunRow): string[] {
  return JSON.parse(run.columns) as string[]
}

export function readReading(run: RunRow): ImportReading {
  return JSON.parse(run.reading) as ImportReading
}

export type RunState = OutputOf<'imports.runs'>[number]['state']

/** A run as the window sees it. */
export function runView(row: RunRow): OutputOf<'imports.runs'>[number] {
  const { profile: _p, fileHash: _h, columns: _c, reading: _r, lineDone: _l, preview: _v, ...shown } = row
  return { ...shown, target: row.target as ImportTarget, state: row.state as RunState }
}

/** Rows of the wizard's preview. */
export const previewRows = 20
