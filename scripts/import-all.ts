import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./lib/import-all-command.ts')
