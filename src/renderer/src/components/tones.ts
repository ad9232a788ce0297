import type { RepairStateInfo } from '#contract/repair-states.ts'

/** Colour families of tags and marks; the same ones the state table names. */
export type Tone = RepairStateInfo['tone']
