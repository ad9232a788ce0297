import { basename, dirname } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { startTestHost, testPassword, type RunningHost } from '../kit/host.ts'
import { expectAccessible } from '../kit/seat-page.ts'
import { shopToMove, type ShopToMove } from '../kit/shop-to-move.ts'

/* A new computer, and a shop that exists already: from the first page to signing in. */
let old: ShopToMove
test.beforeAll(async () => {
  old = await shopToMove()
})
test.afterAll(() => old.remove())

interface NewComputer {
  readonly host: RunningHost
  readonly page: Page
  readonly errors: readonly string[]
  close(): Promise<void>
}

/** The first page of an empty computer, where somebody says that the shop exists already. */
async function newComputer(browser: Browser, language: 'en' | 'zh-CN' = 'en'): Promise<NewComputer> {
  const host = await startTestHost()
  const window = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await window.addInitScript((spoken) => localStorage.setItem('benchside.language', spoken), language)
  const page = await window.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(host.url)
  await page
    .getByRole('button', { name: language === 'en' ? 'This shop exists already?' : '已有店铺数据？' })
    .click()
  return {
    host,
    page,
    errors,
    async close() {
      await window.close()
      await host.stop()
    },
  }
}

async function bring(page: Page, path: string, button = 'Choose the backup or the export'): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByText(button, { exact: true }).click()
  await (await choosing).setFiles(path)
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Login name').fill('owner')
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
}

test('a sealed copy from a stick and its pictures become the shop, and its people sign in', async ({
  browser,
}) => {
  const { page, errors, close } = await newComputer(browser)
  await bring(page, old.sealed)
  const passphrase = page.getByLabel('Passphrase')
  await passphrase.fill('rain and bicycle')
  await page.getByRole('button', { name: 'Open the backup' }).click()
  await expect(passphrase).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page)
  await passphrase.fill(old.passphrase)
  await page.getByRole('button', { name: 'Open the backup' }).click()
  await expect(page.getByRole('heading', { name: 'Backup of “Corner Repairs”' })).toBeVisible()
  await expect(page.getByText('One picture or document is missing')).toBeVisible()
  const choosing = page.waitForEvent('filechooser')
  await page.getByText('Choose the folder of the pictures').click()
  await (await choosing).setFiles(dirname(old.sealed))
  await expect(page.getByText('One picture or document is missing')).toBeHidden()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Bring it here' }).click()
  await expect(page.getByRole('heading', { name: '“Corner Repairs” is here' })).toBeVisible()
  await page.getByRole('button', { name: 'Go to sign-in' }).click()
  await signIn(page, testPassword)
  await page.goto(new URL(`/repairs?q=${old.number}`, page.url()).href)
  await expect(page.getByText(old.number).first()).toBeVisible()
  expect(errors).toEqual([])
  await close()
})

test('an export gives its owner a new password, which works', async ({ browser }) => {
  const { page, errors, close } = await newComputer(browser)
  await bring(page, old.zip)
  await expect(page.getByRole('heading', { name: 'Export of “Corner Repairs”' })).toBeVisible()
  const shown = page.locator('code')
  const password = await shown.innerText()
  await page.getByRole('button', { name: 'Bring it here' }).click()
  await expect(page.getByRole('heading', { name: '“Corner Repairs” is here' })).toBeVisible()
  await expect(shown).toHaveText(password)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Go to sign-in' }).click()
  await signIn(page, password)
  expect(errors).toEqual([])
  await close()
})

test('a file that is no shop says so in the reader’s language, and a new shop can still be set up', async ({
  browser,
}) => {
  const { page, errors, close } = await newComputer(browser, 'zh-CN')
  await bring(page, import.meta.filename, '选择备份或导出文件')
  await expect(page.getByText('该文件既不是 Benchside 的备份，也不是导出文件')).toBeVisible()
  await expect(page.getByText(basename(import.meta.filename))).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: '改为新开一家店' }).click()
  await expect(page.getByRole('textbox', { name: '店名' })).toBeVisible()
  expect(errors).toEqual([])
  await close()
})
