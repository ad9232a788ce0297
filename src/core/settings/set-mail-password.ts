import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { settingsStore } from './store.ts'

const key = 'mail.password'

/** Keeps the password of the mail server sealed with the shop's key; null forgets it. */
export const setMailPassword: Handler<'settings.setMailPassword'> = (ctx, input) => {
  const sealed = input.password ? ctx.box.seal(input.password).toString('base64') : ''
  settingsStore.write(ctx.db, key, sealed, settingsStore.version(ctx.db, key) + 1)
  return { hasPassword: sealed !== '' }
}

/** Its key is lost, so the password says nothing any more. */
export function forgetMailPassword(ctx: CommandContext): void {
  settingsStore.write(ctx.db, key, '', settingsStore.version(ctx.db, key) + 1)
}

/** The password of the mail server, or null when the shop gave none. For the host's own sending only. */
export function mailPassword(ctx: QueryContext): string | null {
  const sealed = settingsStore.read(ctx.db, key)?.value ?? ''
  return sealed === '' ? null : ctx.box.open(Buffer.from(sealed, 'base64'))
}
