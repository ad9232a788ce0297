import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { setUpShop, signIn, startTestHost, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'

let host: RunningHost
let uid = ''
test.beforeAll(async () => {
  host = await startTestHost()
  await setUpShop(host)
  const owner = await signIn(host, 'owner')
  const customer = await owner.client.customers.create({
    commandId: randomUUID(),
    kind: 'person',
    name: 'Maria Lopez',
    phones: [{ number: '138 7264 5911', label: '' }],
    email: 'maria@example.org',
    contacts: [],
    address: '12 Elm Street',
    taxNumber: '',
    language: 'en',
    tier: 'normal',
    channel: 'phone',
    consentToContact: true,
    notes: '',
    onAccount: false,
    paymentDays: 0,
  })
  uid = customer.uid
})
test.afterAll(() => host.stop())

const quiet = (errors: readonly string[]) =>
  errors.filter((text) => !text.includes('Failed to load resource'))

test('a customer takes their data along, is erased, and is found no more', async ({ browser }) => {
  const { page, errors, close } = await openSeat(browser, host, 'owner', `/customers/${uid}`)
  const menu = page.getByRole('button', { name: 'Personal data' })
  await menu.click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Export this person’s data').or(page.getByText("Export this person's data")).click(),
  ])
  const zip = readFileSync(await file.path())
  expect(zip.includes('index.html')).toBe(true)
  expect(zip.includes('data.json')).toBe(true)

  await menu.click()
  await page.getByText('Erase personal data…').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Name, phones, e-mail, address')).toBeVisible()
  const act = dialog.getByRole('button', { name: 'Erase', exact: true })
  await expect(act).toBeDisabled()
  await dialog.getByRole('textbox').fill('Maria')
  await expect(act).toBeDisabled()
  await dialog.getByRole('textbox').fill('Maria Lopez')
  await expectAccessible(page)
  await act.click()
  await expect(page.getByText('Personal data erased on')).toBeVisible()
  await expect(page.getByText('Maria Lopez')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Edit' })).toBeHidden()

  const owner = await signIn(host, 'owner')
  for (const text of ['Maria', '13872645911', '5911']) {
    expect((await owner.client.search.find({ text })).customers).toEqual([])
  }
  expect(quiet(errors)).toEqual([])
  await close()
})

test('one button makes a file of everything, which can be fetched and thrown away', async ({ browser }) => {
  const { page, errors, close } = await openSeat(browser, host, 'owner', '/settings/export')
  await page.getByRole('button', { name: 'Export everything' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^benchside-.*\.zip$/)
  const zip = readFileSync(await file.path())
  for (const name of ['manifest.json', 'README.txt', 'tables/repairs.csv', 'tables/money_entries.csv'])
    expect([name, zip.includes(name)]).toEqual([name, true])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No export yet.')).toBeVisible()
  expect(quiet(errors)).toEqual([])
  await close()
})

test('Settings list what is kept about people and what would go today', async ({ browser }) => {
  const { page, errors, close } = await openSeat(browser, host, 'owner', '/settings/privacy')
  await expect(page.getByText('Nothing is due now.')).toBeVisible()
  await expect(page.getByRole('row', { name: /Invoices, credit notes and receipts/ })).toContainText(
    '10 years',
  )
  await page.getByLabel('Unfinished intakes').fill('30')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('row', { name: /Unfinished intakes/ })).toContainText('30 days')
  await expectAccessible(page)
  expect(quiet(errors)).toEqual([])
  await close()
})
