export { ensureEntry } from './ensure-entry.ts'
export { countUse, countUses, requireEntry, type UsableEntry } from './require-entry.ts'
export { seedDictionaries, seedTestItems } from './seed-dictionaries.ts'
