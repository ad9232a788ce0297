import type { HandlersOf } from '../context.ts'
import { setMailPassword } from './set-mail-password.ts'
import { settingsStore } from './store.ts'
import { shopKey } from './steps.ts'
import { updateSettings } from './update-settings.ts'

export const settingsHandlers: HandlersOf<'settings'> = {
  get: (ctx) => ({ settings: ctx.settings, version: settingsStore.version(ctx.db, shopKey) }),
  update: updateSettings,
  setMailPassword,
}
