import { randomUUID } from 'node:crypto'
import { statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { startTestHost, testPassword } from '../../kit/host.ts'
import { intakeOf } from '../../kit/intake.ts'

/**
 * A proved backup, two more repairs after it, and then the end of the shop's file is gone, as a disk that fails leaves
 * it. `data` is a shop's folder with nobody at work. Answers how long the file is now, in bytes.
 */
export async function cutAfterBackup(data: string): Promise<number> {
  const host = await startTestHost({ data })
  const owner = host.seat()
  await owner.client.session.login({ login: 'owner', password: testPassword, seatName: 'Office' })
  await owner.client.backups.make({})
  await expect.poll(async () => (await owner.client.backups.overview({})).running).toBeNull()
  for (let n = 0; n < 2; n++)
    await owner.client.repairs.receive({ commandId: randomUUID(), ...(await intakeOf(owner)) })
  await host.stop()
  const file = join(data, 'shop.db')
  // Within the last page, so that what came after the backup can still be counted.
  const length = statSync(file).size - 100
  truncateSync(file, length)
  return length
}
