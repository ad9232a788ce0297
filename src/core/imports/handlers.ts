import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

const missing = () => {
  throw new AppError('not_found', { entity: 'import' })
}
export const importsHandlers: HandlersOf<'imports'> = {
  profiles: missing,
  saveProfile: missing,
  removeProfile: missing,
  runs: missing,
  run: missing,
}
export const runsHandlers: HandlersOf<'runs'> = {
  begin: missing,
  apply: missing,
  end: missing,
  stored: missing,
}
