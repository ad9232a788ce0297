import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./lib/verify-command.ts')
