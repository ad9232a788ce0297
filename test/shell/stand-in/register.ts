import { registerHooks } from 'node:module'

/* Loaded before the shell (node --import): `electron` is the stand-in, for the shell and for its preload. */
const standIns = new Map(
  [
    ['electron', 'electron.ts'],
    ['electron-updater', 'updater.ts'],
  ].map(([name, file]) => [name, new URL(file ?? '', import.meta.url).href]),
)

registerHooks({
  resolve(specifier, context, next) {
    const url = standIns.get(specifier)
    if (url === undefined) return next(specifier, context)
    return { url, format: 'module-typescript', shortCircuit: true }
  },
})
