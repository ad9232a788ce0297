export { default as EngineerSelect } from './EngineerSelect.vue'
export { default as IdleTime } from './IdleTime.vue'
export { default as RepairActionButtons } from './RepairActionButtons.vue'
export { default as RepairCardView } from './RepairCardView.vue'
export { default as RepairDialogs } from './RepairDialogs.vue'
export { deviceName } from '../device-name.ts'
export {
  actLabel,
  menuItem,
  refusalText,
  useActingPerson,
  useRepairActions,
  useRepairDialogs,
  type RepairActions,
} from './dialogs.ts'
export {
  stepIcon,
  stepLabel,
  useNextStep,
  useWorkDone,
  workStepLabel,
  type NextStepOf,
} from './bench-work.ts'
export { changesOf, factsOf, fieldLabel, lineTitle, type NameOf } from './history.ts'
export {
  bulkOffers,
  inMenuOrder,
  offerInfo,
  offersFor,
  offerTo,
  onwardOffers,
  primaryOffer,
  transitionsOpenTo,
  type ActKey,
  type ActingPerson,
  type OfferKey,
} from './offers.ts'
export { default as CodesSelect } from './CodesSelect.vue'
export { keptOf, useKeptForm, type KeptForm } from './kept-form.ts'
export {
  nextStepFor,
  proposedStep,
  testStands,
  workSteps,
  type NextStep,
  type WorkDone,
  type WorkStep,
} from './next-step.ts'
export { default as TestItem } from './TestItem.vue'
export { lookOf, type TestResult } from './test-results.ts'
export { minutesSince, minutesText, timeSince } from './minutes.ts'
export { isRepairPlace, placeOfCode, repairAt, repairPlaces, type RepairPlace } from './places.ts'
