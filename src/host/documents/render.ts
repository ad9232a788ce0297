import { createEngine } from './engine.ts'
import { layAccessoryLabels, layDeviceLabels } from './labels.ts'
import { layPaper } from './papers/paper.ts'
import { samplePaper } from './papers/samples.ts'
import { composeSheet } from './sheet.ts'
import { layRoll } from './sheet-80mm.ts'
import { layA4 } from './sheet-a4.ts'

/** All that needs the PDF and barcode libraries, behind one dynamic import. */
export const renderer = {
  createEngine,
  composeSheet,
  layA4,
  layRoll,
  layDeviceLabels,
  layAccessoryLabels,
  layPaper,
  samplePaper,
}
