import { AppError } from '#core/app.ts'
import type { TaskHandler } from './tasks.ts'

/** Sends a message to the shop itself. Errors: `mail.not_set_up`. */
export const testMail: TaskHandler<'notices.testMail'> = async () => {
  await Promise.resolve()
  throw new AppError('mail.not_set_up')
}
