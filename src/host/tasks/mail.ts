import { randomUUID } from 'node:crypto'
import { isMailSetUp } from '#contract/settings.ts'
import { AppError } from '#core/app.ts'
import { problemOf, sendLetter } from '../mail.ts'
import type { TaskHandler } from './tasks.ts'

/** Sends a message to the shop itself, at once and not through the queue. Errors: `mail.not_set_up`. */
export const testMail: TaskHandler<'notices.testMail'> = async (ctx, { to }) => {
  const server = ctx.app.run('post.server', {})
  if (!isMailSetUp(server)) throw new AppError('mail.not_set_up')
  const { shopName } = server
  try {
    await sendLetter(server, {
      uid: randomUUID(),
      address: to,
      subject: shopName,
      body: `Benchside · ${shopName}`,
    })
    return { ok: true, problem: '' }
  } catch (error) {
    return { ok: false, problem: problemOf(error) }
  }
}
