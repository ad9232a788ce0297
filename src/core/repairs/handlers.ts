import type { HandlersOf } from '../context.ts'
import { addAccessory } from './add-accessory.ts'
import { addNote } from './add-note.ts'
import { assignRepairs } from './assign-repair.ts'
import { cancelRepairs } from './cancel-repair.ts'
import { editRepair } from './edit-repair.ts'
import { failRepair } from './fail-repair.ts'
import { followUpRepair } from './follow-up-repair.ts'
import { handOverRepair } from './hand-over-repair.ts'
import { lockRepair } from './lock-repair.ts'
import { markUnclaimed } from './mark-unclaimed.ts'
import { getRepair, listRepairs, myJobs, repairBoard, repairTimeline, repairToday } from './queries.ts'
import { receiveRepairs } from './receive-repairs.ts'
import { setBin } from './set-bin.ts'
import { setReworkKind } from './set-rework-kind.ts'
import { setSubStatus } from './set-sub-status.ts'
import { solveRepair } from './solve-repair.ts'
import { resumeRepairs, suspendRepairs } from './suspend-repair.ts'
import { unlockRepair } from './unlock-repair.ts'
import { verifyRepairs } from './verify-repairs.ts'
import { viewPasscode } from './view-passcode.ts'
import { workOnRepairs } from './work-on-repair.ts'

export const repairsHandlers: HandlersOf<'repairs'> = {
  receive: receiveRepairs,
  get: getRepair,
  timeline: repairTimeline,
  list: listRepairs,
  board: repairBoard,
  today: repairToday,
  myJobs,
  edit: editRepair,
  addNote,
  setSubStatus,
  setReworkKind,
  setBin,
  addAccessory,
  assign: assignRepairs,
  work: workOnRepairs,
  solve: solveRepair,
  fail: failRepair,
  suspend: suspendRepairs,
  resume: resumeRepairs,
  lock: lockRepair,
  unlock: unlockRepair,
  cancel: cancelRepairs,
  handOver: handOverRepair,
  markUnclaimed,
  followUp: followUpRepair,
  verify: verifyRepairs,
  viewPasscode,
}
