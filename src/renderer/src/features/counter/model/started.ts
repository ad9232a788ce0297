import type { IntakeForm } from './form.ts'

/** Intakes begun on the counter's page, on their way to their own page; from there on the draft keeps them. */
const started = new Map<string, IntakeForm>()

export function putStarted(uid: string, form: IntakeForm): void {
  started.set(uid, form)
}

/** The intake begun under this uid, handed out once. */
export function takeStarted(uid: string): IntakeForm | undefined {
  const form = started.get(uid)
  started.delete(uid)
  return form
}
