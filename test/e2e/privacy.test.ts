import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { plainCategory, walkIn } from '../kit/intake.ts'
import { signIn, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { openTestShop } from '../kit/shop.ts'

let host: RunningHost
let uid = ''
test.beforeAll(async () => {
  ;({ host } = await openTestShop())
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

/** Every picture the shop has on its disk, by hash. */
const onDisk = () =>
  readdirSync(join(host.data, 'attachments'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split('/').at(-1) ?? '')
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const jpeg = (about: string) => Buffer.from([0xff, 0xd8, 0xff, ...Buffer.from(about.padEnd(20))])

test('the photos and the signature of an erased person go from the disk, what another repair shows stays', async () => {
  const { client } = await signIn(host, 'owner')
  const categories = await client.dictionaries.list({ kinds: ['device_category'] })
  const theirs = [jpeg('their device'), jpeg('their signature')]
  const shared = jpeg('the label on both')

  /** A repair that came to nothing, with its pictures. */
  async function received(photos: Buffer[], signature: Buffer | null) {
    const draftUid = randomUUID()
    const upload = async (kind: 'photo' | 'signature', bytes: Buffer) => {
      const file = new File([new Uint8Array(bytes)], 'a.jpg', { type: 'image/jpeg' })
      const about = { commandId: randomUUID(), kind, repairId: null, draftUid }
      return (await client.attachments.upload({ ...about, file })).uid
    }
    const signatureUid = signature && (await upload('signature', signature))
    const photoUids = await Promise.all(photos.map((bytes) => upload('photo', bytes)))
    const walk = walkIn(plainCategory(categories))
    const items = walk.items.map((item) => ({ ...item, photoUids }))
    const signed = signatureUid ? { signatureUid, noSignatureReason: null, noSignatureNote: '' } : {}
    const asked = { ...walk, ...signed, draftUid, items, commandId: randomUUID() }
    const [repair] = (await client.repairs.receive(asked)).repairs
    const repairs = [{ repairId: repair?.id ?? 0 }]
    await client.repairs.cancel({ commandId: randomUUID(), repairs, reason: 'not worth it' })
    return (await client.repairs.get({ uid: repair?.uid ?? '' })).customerUid ?? ''
  }
  const customerUid = await received([theirs[0] ?? shared, shared], theirs[1] ?? shared)
  await received([shared], null)
  const before = onDisk()
  for (const bytes of [...theirs, shared]) expect(before).toContain(hashOf(bytes))
  const { customerId, version, pictures, blockers } = await client.privacy.erasePreview({ customerUid })
  expect([pictures, blockers]).toEqual([3, []])
  await client.privacy.erasePerson({ commandId: randomUUID(), customerId, version })
  await expect.poll(() => onDisk().filter((name) => theirs.map(hashOf).includes(name))).toEqual([])
  expect(onDisk()).toContain(hashOf(shared))
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
