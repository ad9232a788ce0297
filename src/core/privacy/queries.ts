/** What other modules may ask of privacy. */
export { personalPaths } from './personal-inputs.ts'
