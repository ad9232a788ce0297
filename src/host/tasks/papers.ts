import { AppError } from '#core/app.ts'
import type { TaskHandlers } from './tasks.ts'

type PaperTasks = Pick<
  TaskHandlers,
  'documents.ofRepair' | 'documents.money' | 'documents.statement' | 'documents.sample'
>

/** The papers of repairs and of money, and their samples. */
export function createPaperTasks(): PaperTasks {
  const none = () => Promise.reject(new AppError('not_found', { entity: 'documents' }))
  return {
    'documents.ofRepair': none,
    'documents.money': none,
    'documents.statement': none,
    'documents.sample': none,
  }
}
