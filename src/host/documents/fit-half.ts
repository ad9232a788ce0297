import type { Engine } from './engine.ts'
import { definitionOf, layHalf, margin, room, width } from './half-sheet.ts'
import type { Codes, LongTexts } from './half-sheet.ts'
import type { Sheet } from './sheet.ts'
import { heightOfLine } from './sheet-parts.ts'
import type { Pen, Setting } from './sheet-parts.ts'
import { firstLines, wrap } from './text.ts'

/** Finds the setting in which a copy fills its half of the page and no more. */

const ink = { label: '#555555', rule: '#888888' }
/* From roomy to tight. The first three cut nothing but fault and terms; the last two also cut long facts. */
const settings: readonly Setting[] = [
  { width, columns: 2, size: 8, small: 6.8, factLines: 3, listLines: 8, ink },
  { width, columns: 2, size: 7.2, small: 6.2, factLines: 3, listLines: 8, ink },
  { width, columns: 2, size: 6.5, small: 5.6, factLines: 4, listLines: 10, ink },
  { width, columns: 2, size: 6.3, small: 5.4, factLines: 2, listLines: 4, ink },
  { width, columns: 2, size: 6.2, small: 5.4, factLines: 1, listLines: 2, ink },
]
/** The last setting that cuts no facts. */
const tightestWhole = 2
/** Lines that fault and terms must at least have together before facts are cut for them. */
const leastLines = 6
/** More lines than a half can hold in the smallest size. */
const mostLines = 90

/** Shares free height between fault and terms: each may have half, and what the other leaves. */
function share(free: number, fault: number, terms: number): { fault: number; terms: number } {
  if (fault + terms <= free) return { fault, terms }
  const forTerms = Math.min(terms, Math.max(free / 2, free - fault))
  return { fault: Math.min(fault, free - forTerms), terms: forTerms }
}

/** A copy laid out with one line of fault and of terms, to see how much room there is for the rest. */
interface Trial {
  pen: Pen
  fault: string[]
  terms: string[]
  /** Height of what is still to be printed, and the height left for it. */
  wanted: { fault: number; terms: number }
  free: number
}

async function tryOut(engine: Engine, sheet: Sheet, codes: Codes, setting: Setting): Promise<Trial> {
  const pen: Pen = { ruler: engine.rulerFor(sheet.language), setting, cutShort: false }
  const { size, small } = setting
  const fault = wrap(sheet.fault, width, (text) => pen.ruler(text, size), mostLines)
  const terms = wrap(sheet.terms, width, (text) => pen.ruler(text, small), mostLines)
  const long = { fault: fault.slice(0, 1), terms: terms.slice(0, 1) }
  const trial = layHalf(pen, sheet, codes, { copy: 'shop', long, space: 0, withPictures: false })
  const used = (await engine.heightOf(definitionOf(trial, Infinity))) - margin.top - margin.bottom
  const wanted = {
    fault: Math.max(0, fault.length - 1) * heightOfLine(size),
    terms: Math.max(0, terms.length - 1) * heightOfLine(small),
  }
  return { pen, fault, terms, wanted, free: room - used }
}

/** A setting, the texts that go into it, and the space left. */
export interface Fit {
  pen: Pen
  long: LongTexts
  space: number
}

/** Gives fault and terms the lines there is room for. */
function settle(trial: Trial, sheet: Sheet): Fit {
  const { pen, fault, terms, wanted } = trial
  const { size, small } = pen.setting
  const free = Math.max(0, trial.free)
  const shared = share(free, wanted.fault, wanted.terms)
  const more = {
    fault: Math.floor(shared.fault / heightOfLine(size) + 1e-6),
    terms: Math.floor(shared.terms / heightOfLine(small) + 1e-6),
  }
  const long = {
    fault: firstLines(
      fault,
      1 + more.fault,
      width,
      (text) => pen.ruler(text, size),
      sheet.texts['fault.continued'],
    ),
    terms: firstLines(
      terms,
      1 + more.terms,
      width,
      (text) => pen.ruler(text, small),
      sheet.texts['terms.continued'],
    ),
  }
  const filled = more.fault * heightOfLine(size) + more.terms * heightOfLine(small)
  return { pen, long, space: Math.max(0, free - filled - 1) }
}

/**
 * The first setting in which everything fits. If there is none, fault and terms are cut; and if even that leaves
 * them next to nothing, so are the other texts.
 */
export async function fitToHalf(engine: Engine, sheet: Sheet, codes: Codes): Promise<Fit> {
  let best: Trial | undefined
  for (const [index, setting] of settings.entries()) {
    const trial = await tryOut(engine, sheet, codes, setting)
    best = trial
    const { free, wanted, pen } = trial
    const all = wanted.fault + wanted.terms
    if (free >= all && !pen.cutShort) break
    const least = Math.min(all, leastLines * heightOfLine(setting.size))
    if (index >= tightestWhole && free >= least && (index > tightestWhole || !pen.cutShort)) break
  }
  if (!best) throw new Error('a sheet has at least one setting')
  return settle(best, sheet)
}
