/** One frozen migration of the program (drizzle/NNNN_name.sql). */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** What a long act is at; `total` is 0 while it is not known. */
export interface Progress {
  readonly step: 'copy' | 'pack' | 'files' | 'check'
  readonly done: number
  readonly total: number
}
export type OnProgress = (progress: Progress) => void

export const silently: OnProgress = () => {}
