import { enableCompileCache } from 'node:module'

// Loading the program's sources takes as long as importing some thousand rows; what Node has compiled once it keeps.
enableCompileCache()
await import('./lib/import-command.ts')
