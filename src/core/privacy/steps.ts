/** What other modules may do with privacy. */
export { applyRetention } from './retention.ts'
export { personData } from './person-data.ts'
