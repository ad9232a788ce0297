import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'
import type { Language } from '#contract/fields.ts'
import type { Actor, App } from '#core/app.ts'
import type { FileStore } from '../file-store.ts'
import type { DemoData } from './demo-data.ts'
import type { DemoStore } from './demo-store.ts'

/** The demonstration shop while it is made: who acts in it and what it knows so far. */
export interface DemoWorld {
  readonly app: App
  readonly files: FileStore
  readonly people: ReadonlyMap<string, Actor>
  readonly language: Language
  readonly data: DemoData
  readonly entries: readonly DictionaryEntry[]
  /** A dictionary entry by code or by either name. */
  find(kind: DictionaryKind, word: string): DictionaryEntry | undefined
  /** Customers received so far: index in the data → id. */
  readonly customers: Map<number, number>
  readonly store: DemoStore
}
