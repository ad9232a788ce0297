import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { forgetFile, keepFile } from '../files/steps.ts'
import { stale } from '../system/views.ts'
import { shopKey } from './steps.ts'
import { settingsStore } from './store.ts'

/** The settings have no row uid of their own: this one names them in the outbox. */
const settingsUid = '00000000-0000-7000-8000-000000000001'

/** Changes some of the shop's settings. New terms raise the terms version that later intakes are signed under.
 * Errors: `stale`; `attachment.missing` or `attachment.not_a_logo` at `settings.logoUid`. */
export function updateSettings(
  ctx: CommandContext,
  input: InputOf<'settings.update'>,
): OutputOf<'settings.update'> {
  const version = settingsStore.version(ctx.db, shopKey)
  if (version !== input.version) throw stale(ctx.db, 'settings', settingsUid)
  // A field that is named without a value is left as it is: a shop without it could not be read any more.
  const given = Object.entries(input.settings).filter(([, value]) => value !== undefined)
  const next = { ...ctx.settings, ...Object.fromEntries(given) }
  takeLogo(ctx, ctx.settings.logoUid, next.logoUid)
  if (JSON.stringify(next.terms) !== JSON.stringify(ctx.settings.terms))
    next.termsVersion = ctx.settings.termsVersion + 1
  settingsStore.write(ctx.db, shopKey, JSON.stringify(next), version + 1)
  ctx.record({
    entity: 'settings',
    id: 1,
    uid: settingsUid,
    version: version + 1,
    type: 'settings.updated',
    payload: input.settings,
  })
  return { settings: next, version: version + 1 }
}

/** The new logo is the shop's own from now on, and the old one is forgotten. */
function takeLogo(ctx: CommandContext, before: string | null, after: string | null): void {
  if (before === after) return
  if (after !== null) keepFile(ctx, after, 'settings.logoUid')
  if (before !== null) forgetFile(ctx, before)
}
