import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { intakeOf } from '../../kit/intake.ts'
import { openTestShop } from '../../kit/shop.ts'
import { signIn, type HostOptions, type RunningHost, type Seat } from '../../kit/host.ts'

export interface IntakeShop {
  readonly host: RunningHost
  readonly owner: Seat
  /** Ids of device categories by code. */
  readonly categories: ReadonlyMap<string, number>
}

const terms = {
  en: 'Please back up your data before the repair.\nDevices not collected within 30 days are treated as unclaimed.',
  'zh-CN': '维修前请自行备份数据。\n通知取机后 30 天未取，按无人认领处理。',
}

/** A shop with its people and its terms. */
export async function openShop(
  language: 'en' | 'zh-CN' = 'en',
  options: HostOptions = {},
): Promise<IntakeShop> {
  const { host, owner } = await openTestShop(language, options)
  const { version } = await owner.client.settings.get({})
  await owner.client.settings.update({ commandId: randomUUID(), version, settings: { terms } })
  const entries = await owner.client.dictionaries.list({ kinds: ['device_category'] })
  return { host, owner, categories: new Map(entries.map((entry) => [entry.code, entry.id])) }
}

export interface OpenSeat {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of the page's console and scripts so far; refusals of the host are told apart by their status. */
  readonly errors: string[]
}

export interface SeatOptions {
  readonly login?: string
  readonly language?: 'en' | 'zh-CN'
  readonly theme?: 'light' | 'dark'
  readonly viewport?: { width: number; height: number }
  /** The test provokes refusals or a lost host: the browser's own lines about failed requests are no mistake. */
  readonly failsOnPurpose?: boolean
}

/** A browser seat signed in as somebody, on an empty page. Its printer does nothing. */
export async function openSeat(
  browser: Browser,
  host: RunningHost,
  options: SeatOptions = {},
): Promise<OpenSeat> {
  const {
    login = 'counter',
    language = 'en',
    theme = 'light',
    viewport = { width: 1280, height: 800 },
  } = options
  const context = await browser.newContext({ viewport, locale: language })
  const seat = await signIn(host, login)
  await context.addCookies(seat.cookies().map((cookie) => ({ ...cookie, url: host.url })))
  await context.addInitScript(
    ([spoken, look]) => {
      // The browser of the tests has no printer, and its PDF viewer does not survive being asked for one.
      window.print = () => undefined
      // The frame of a PDF keeps nothing.
      if (window.top !== window.self) return
      window.localStorage.setItem('benchside.language', spoken)
      window.localStorage.setItem('benchside.theme', look)
    },
    [language, theme] as const,
  )
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    if (options.failsOnPurpose && message.text().startsWith('Failed to load resource')) return
    errors.push(message.text())
  })
  // File choosers are only told of from the first listener on.
  page.on('filechooser', () => undefined)
  return { context, page, errors }
}

/** Ends a seat; an error on its console fails the test. */
export async function closeSeat(seat: OpenSeat): Promise<void> {
  await seat.context.close()
  expect(seat.errors).toEqual([])
}

/** A customer with a device of theirs on file. Answers the device's serial. */
export async function returningCustomer(
  shop: IntakeShop,
  name = 'Maria Lopez',
  category = 'phone',
): Promise<string> {
  const { client } = shop.owner
  const serial = `RET${randomUUID().slice(0, 8).toUpperCase()}`
  const customer = await client.customers.create({
    commandId: randomUUID(),
    kind: 'person',
    name,
    phones: [{ number: `139${String(10_000_000 + Math.floor(Math.random() * 89_999_999))}`, label: '' }],
    email: null,
    contacts: [],
    address: '',
    taxNumber: '',
    language: null,
    tier: 'gold',
    channel: 'phone',
    consentToContact: true,
    notes: '',
    onAccount: false,
    paymentDays: 0,
  })
  await client.devices.create({
    commandId: randomUUID(),
    ownerId: customer.id,
    categoryId: shop.categories.get(category) ?? 0,
    brandId: null,
    modelId: null,
    modelText: 'Pear 12',
    colour: 'black',
    serial,
    imei1: null,
    imei2: null,
    purchasedOn: null,
    purchaseProof: 'none',
    seller: '',
    accountLocked: null,
    notes: '',
  })
  return serial
}

/** Receives a device on file through the host's own methods. Answers the repair's number. */
export async function alreadyReceived(shop: IntakeShop, serial: string): Promise<string> {
  const { client } = shop.owner
  const visit = await client.devices.visit({ code: serial })
  const intake = await intakeOf(shop.owner)
  const [item] = intake.items
  if (!visit?.device.owner || !item) throw new Error(`no device with serial ${serial}`)
  const { repairs } = await client.repairs.receive({
    commandId: randomUUID(),
    ...intake,
    customer: { id: visit.device.owner.id },
    items: [{ ...item, device: { id: visit.device.id } }],
  })
  return repairs[0]?.number ?? ''
}
