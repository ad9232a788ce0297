import { randomUUID } from 'node:crypto'
import type { App } from '#core/app.ts'
import { sendDueMail } from '../mail.ts'

const minute = 60_000

/**
 * Sends queued e-mails: soon after one is written, and every minute for those that have to be tried again. One round
 * at a time, so that a slow server never gets a letter twice. Answers the function that stops it.
 */
export function startMailRounds(app: App): () => void {
  let running = false
  let again = false
  const end = new AbortController()
  const { signal } = end
  const round = async () => {
    if (running) {
      again = true
      return
    }
    running = true
    try {
      do {
        again = false
        await sendDueMail(app, randomUUID)
      } while (again && !signal.aborted)
    } catch (error) {
      if (!signal.aborted && !(error instanceof Error && error.message === 'setup.required'))
        app.log.error({ err: error }, 'e-mails could not be sent')
    } finally {
      running = false
    }
  }
  const timer = setInterval(() => void round(), minute)
  timer.unref()
  const unsubscribe = app.subscribe((event) => {
    if (event.topic === 'notices' && !signal.aborted) void round()
  })
  void round()
  return () => {
    end.abort()
    clearInterval(timer)
    unsubscribe()
  }
}
