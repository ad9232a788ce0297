import { reactive } from 'vue'
import type { ImportProfile } from '#contract/import-profile.ts'
import type { InspectedFile } from '#contract/imports.ts'
import { isOwn, newProfileId, readsAlike, type Draft } from './profile.ts'

export type Step = 1 | 2 | 3 | 4

interface WizardState {
  /** Whose work it is: another person at the seat begins anew. */
  userId: number | null
  step: Step
  /** The file as it was chosen, so that it can be sent again to be read in another way. */
  upload: File | null
  inspected: InspectedFile | null
  /** The mapping chosen, as it is stored; null for one that is being made. */
  stored: ImportProfile | null
  draft: Draft | null
  /** What a new mapping will be called. */
  name: string
  /** The run that tries the mapping, and the one that imports. */
  dryRunId: number | null
  runId: number | null
}

function blank(userId: number | null): WizardState {
  return {
    userId,
    step: 1,
    upload: null,
    inspected: null,
    stored: null,
    draft: null,
    name: '',
    dryRunId: null,
    runId: null,
  }
}

// Outlives the page: whoever looks something up in the middle of a mapping finds it again.
export const state = reactive<WizardState>(blank(null))

export function startOver(userId: number | null): void {
  Object.assign(state, blank(userId))
}

/** The mapping the program proposes for the file, to be saved under the file's name. */
export function propose(file: InspectedFile): void {
  state.stored = null
  state.draft = { ...file.suggestion, id: newProfileId() }
  state.name = file.fileName.replace(/\.\w{1,5}$/, '').slice(0, 120)
}

export function choose(profile: ImportProfile): void {
  state.stored = profile
  state.draft = { ...profile }
  state.name = ''
}

/**
 * The mapping as it will be used. `save` is false when it is a stored one that was not changed. One that came with the
 * program is never changed: what was made of it is the shop's own, under a name of its own.
 */
export function mappingToUse(): { readonly profile: ImportProfile; readonly save: boolean } | undefined {
  const { draft, stored } = state
  if (!draft) return undefined
  if (stored && readsAlike(stored, draft)) return { profile: stored, save: false }
  if (stored && isOwn(stored)) return { profile: { ...draft, id: stored.id, name: stored.name }, save: true }
  const name = state.name.trim()
  const id = isOwn(draft) ? draft.id : newProfileId()
  return { profile: { ...draft, id, name: { zh: name, en: name } }, save: true }
}
