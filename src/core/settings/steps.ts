import type { ShopSettings } from '#contract/settings.ts'
import type { CommandContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { defaultSettings, publicShop } from './settings.ts'
import { settingsStore } from './store.ts'

const shopKey = 'shop'
const kept = new WeakMap<object, { version: number; settings: ShopSettings }>()

/** The shop's settings; before set-up, the defaults. Parsed once per version and handle. */
export function currentSettings(db: ReadDb): ShopSettings {
  const version = settingsStore.version(db, shopKey)
  const last = kept.get(db)
  if (last && last.version === version) return last.settings
  const row = settingsStore.read(db, shopKey)
  const stored = row ? (JSON.parse(row.value) as Partial<ShopSettings>) : {}
  const settings: ShopSettings = { ...defaultSettings, ...stored }
  kept.set(db, { version, settings })
  return settings
}

const founded = new WeakSet<object>()

/** True once the wizard has created the shop; it never becomes false again, so it is asked only until then. */
export function shopIsSetUp(db: ReadDb): boolean {
  if (founded.has(db)) return true
  const setUp = settingsStore.version(db, shopKey) > 0
  // Within a transaction it may still be taken back.
  if (setUp && !db.$client.inTransaction) founded.add(db)
  return setUp
}

export { forgetMailPassword, mailPassword } from './set-mail-password.ts'
export { defaultSettings, publicShop, shopKey }

/** What the program notes for itself under a key, as JSON; undefined before the first time. */
export function keptNote(db: ReadDb, key: string): unknown {
  const row = settingsStore.read(db, key)
  return row && JSON.parse(row.value)
}

export function keepNote(ctx: CommandContext, key: string, note: object): void {
  settingsStore.write(ctx.db, key, JSON.stringify(note), settingsStore.version(ctx.db, key) + 1)
}

const demoKey = 'demo'

/** True for the demonstration shop, so that nobody takes it for their own. */
export function demoShop(db: ReadDb): boolean {
  return settingsStore.version(db, demoKey) > 0
}

/** Writes the shop's settings for the first time. */
export function foundShop(ctx: CommandContext, settings: ShopSettings, demo: boolean): void {
  settingsStore.write(ctx.db, shopKey, JSON.stringify(settings), 1)
  if (demo) settingsStore.write(ctx.db, demoKey, 'true', 1)
}
