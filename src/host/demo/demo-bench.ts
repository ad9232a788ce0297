import { randomUUID } from 'node:crypto'
import type { Actor, App } from '#core/app.ts'

/** Goes through the whole test list of a repair, everything in order; answers the repair's version after it. */
export function testDevice(
  app: App,
  technician: Actor,
  target: { repairId: number; version: number },
): number {
  const { repairId, version } = target
  const list = app.run('work.testList', { repairId }, technician)
  if (list.length === 0) return version
  const results = list.map(({ itemId }) => ({ itemId, result: 'passed' as const, note: '' }))
  const test = { commandId: randomUUID(), repairId, version, results, note: '' }
  return app.run('work.recordTest', test, technician).version
}
