import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { testPassword } from '../kit/host.ts'
import { shopToMove } from '../kit/shop-to-move.ts'
import { removeFolders, startShell, temporaryFolder } from '../shell/shell-process.ts'
import { openWindows } from './kit/desktop-windows.ts'

test.afterAll(() => removeFolders())

test('in the desktop program of a new computer a backup becomes the shop, and the window stays with its host', async () => {
  const old = await shopToMove()
  const { browser, debugging, close } = await openWindows()
  const opened = browser.waitForEvent('page')
  const data = join(temporaryFolder(), 'shop')
  const shell = startShell({ variant: 'built', data, browser: debugging, locale: 'en-GB' })
  const page = await opened
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.getByRole('button', { name: 'This shop exists already?' }).click()
  await page.locator('input[type=file]').setInputFiles(old.backup)
  await expect(page.getByRole('heading', { name: 'Backup of “Corner Repairs”' })).toBeVisible()
  await page.getByRole('button', { name: 'Bring it here' }).click()
  await expect(page.getByRole('heading', { name: '“Corner Repairs” is here' })).toBeVisible()
  await page.getByRole('button', { name: 'Go to sign-in' }).click()
  await page.getByRole('textbox', { name: 'Login' }).fill('owner')
  await page.getByRole('textbox', { name: 'Password' }).fill(testPassword)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
  expect((await shell.ask('facts')).hosts).toHaveLength(2)
  expect(errors).toEqual([])
  await shell.stop()
  await close()
  old.remove()
})
