export { ensureEntry } from './ensure-entry.ts'
export { countUse, requireEntry, type UsableEntry } from './require-entry.ts'
export { importEntries, type ImportedEntry, type EntryImport } from './import-entries.ts'
export { seedDictionaries } from './seed-dictionaries.ts'
