import { createApp, secretBox, systemClock, type Logger } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { program } from '../program.ts'
import type { Migration } from './types.ts'

const quiet: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/**
 * Opens a copy as the program opens a shop, brings it to the present schema and checks both ledgers; answers how many
 * rules do not hold. The copy is changed by it. Errors: `database.newer`, `database.damaged`.
 */
export function proveShop(path: string, migrations: readonly Migration[]): number {
  const database = openDatabase({ source: path, migrations })
  // Nothing is sealed or opened here, so any key will do.
  const app = createApp({ database, clock: systemClock, log: quiet, box: secretBox(Buffer.alloc(32)) })
  try {
    if (!app.run('session.state', {}).setUp) return 0
    return app.run('ledgers.verify', {}, program).faults.length
  } finally {
    app.close()
  }
}
