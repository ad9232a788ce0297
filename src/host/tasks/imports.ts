import { AppError } from '#core/app.ts'
import type { TaskHandlers } from './tasks.ts'

const missing = async () => {
  throw new AppError('not_found', { entity: 'import' })
}
export const importTasks: Pick<
  TaskHandlers,
  'imports.inspect' | 'imports.start' | 'imports.cancel' | 'imports.rejectsFile' | 'dictionaries.importFile'
> = {
  'imports.inspect': missing,
  'imports.start': missing,
  'imports.cancel': missing,
  'imports.rejectsFile': missing,
  'dictionaries.importFile': missing,
}
