import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createApp, manualClock, secretBox } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { migrations } from '../kit/app.ts'
import { startTestHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { layShop } from '../kit/shop.ts'

test('books that do not add up are said first on Today, with rule and row, to whoever reads the bills', async ({
  browser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'benchside-test-'))
  await layShop(data)
  spoilBooks(join(data, 'shop.db'))

  const host = await startTestHost({ data })
  const owner = await openSeat(browser, host, 'owner', '/')
  const alert = owner.page.locator('main').getByRole('alert')
  await expect(alert).toContainText('The books do not add up.')
  await expect(alert).toContainText('A balance is not what its entries give (balance), row safe 0')
  await expectAccessible(owner.page)
  const store = await openSeat(browser, host, 'storekeeper', '/')
  await expect(store.page.locator('main h1')).toBeVisible()
  await expect(store.page.locator('main').getByText('The books do not add up.')).toHaveCount(0)
  await owner.close()
  await store.close()
  await host.stop()
  rmSync(data, { recursive: true, force: true })
})

/** Somebody changed the shop's file with another program, and the nightly check came by. */
function spoilBooks(file: string): void {
  const database = openDatabase({ source: file, migrations })
  const insert = "INSERT INTO money_balances (account, subject, amount_minor) VALUES ('safe', 0, 700)"
  database.write.$client.prepare(insert).run()
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const clock = manualClock(Date.now())
  const app = createApp({
    database,
    clock,
    log: quiet,
    box: secretBox(Buffer.alloc(32, 7)),
    checkOutputs: true,
  })
  app.run('schedule.purge', { commandId: randomUUID() })
  app.close()
}
