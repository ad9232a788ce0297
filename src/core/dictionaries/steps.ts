export { ensureEntry } from './ensure-entry.ts'
export { countUse, countUses, requireEntry, type UsableEntry } from './require-entry.ts'
export { seedDictionaries } from './seed-dictionaries.ts'
