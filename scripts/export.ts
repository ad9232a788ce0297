import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./lib/export-command.ts')
