import type { Language } from '#contract/fields.ts'

import { benchWords } from './bench-words.ts'
import type { BenchKey } from './bench-words.ts'
import { disposalWords } from './disposal-words.ts'
import type { DisposalKey } from './disposal-words.ts'
import { moneyWords } from './money-words.ts'
import type { MoneyKey } from './money-words.ts'
import { repairWords } from './repair-words.ts'
import type { RepairKey } from './repair-words.ts'
import { messages } from '../messages.ts'
import type { Messages } from '../messages.ts'

export type PaperKey = RepairKey | BenchKey | DisposalKey | MoneyKey
/** The texts of one language: the papers' own and those of the intake sheet under `sheet`. */
export type PaperWords = Readonly<Record<PaperKey, string>> & { readonly sheet: Messages }

function together(language: Language): PaperWords {
  const own = {
    ...repairWords[language],
    ...benchWords[language],
    ...disposalWords[language],
    ...moneyWords[language],
  }
  return Object.assign(own, { sheet: messages[language] })
}

export const paperWords: Readonly<Record<Language, PaperWords>> = {
  'zh-CN': together('zh-CN'),
  en: together('en'),
}
