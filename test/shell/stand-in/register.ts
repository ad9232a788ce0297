import { registerHooks } from 'node:module'

/* Loaded before the shell (node --import): `electron` is the stand-in, for the shell and for its preload. */
const standIn = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context)
    return { url: standIn, format: 'module-typescript', shortCircuit: true }
  },
})
