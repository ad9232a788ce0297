import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./lib/restore-command.ts')
