export { getRepair, repairTimeline } from './views-page.ts'
export { listRepairs } from './views-list.ts'
export { myJobs, openRepairsByEngineer, repairBoard, repairToday } from './views-today.ts'
