import type { ImportTarget } from '#contract/import-profile.ts'
import type { App } from '#core/app.ts'

/** Progress bars move a few times a second; lists that show imported records are reloaded much less often. */
const progressEveryMs = 300
const recordsEveryMs = 4000

/** What an import of each kind adds to. */
const topics: Readonly<Record<ImportTarget, readonly string[]>> = {
  repairs: ['repairs', 'devices', 'customers', 'dictionaries'],
  customers: ['customers'],
  devices: ['devices', 'customers', 'dictionaries'],
}

/**
 * Tells the seats how an import goes. Batches are many times faster than anybody can look, and each announcement makes
 * every seat ask again for what it shows, so they are told now and then, and once more at the end.
 */
export function announcer(
  app: App,
  runId: number,
  target: ImportTarget | null,
): { progress(): void; ended(): void } {
  let saidAt = performance.now()
  let recordsAt = saidAt
  const announceRecords = (): void => {
    if (target !== null) for (const topic of topics[target]) app.announce(topic, [])
  }
  return {
    progress() {
      const now = performance.now()
      if (now - saidAt >= progressEveryMs) {
        saidAt = now
        app.announce('imports', [runId])
      }
      if (now - recordsAt >= recordsEveryMs) {
        recordsAt = now
        announceRecords()
      }
    },
    ended: announceRecords,
  }
}
