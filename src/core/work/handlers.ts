import type { HandlersOf } from '../context.ts'
import { recordFindings } from '../repairs/steps.ts'
import { addLabour, removeLabour, updateLabour } from './change-labour.ts'
import { labourCredits, testList, workOfRepair } from './queries.ts'
import { recordTest } from './record-test.ts'
import { sendOut, takeBack } from './send-out.ts'
import { startTimer, stopTimer } from './timers.ts'

export const workHandlers: HandlersOf<'work'> = {
  ofRepair: workOfRepair,
  testList,
  recordFindings,
  addLabour,
  updateLabour,
  removeLabour,
  startTimer,
  stopTimer,
  recordTest,
  sendOut,
  takeBack,
  credits: labourCredits,
}
