import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright'
import { chromiumArgs, findChromium } from '../kit/chromium.ts'

/**
 * `npm run screenshots [-- --out DIR]`: starts the built demonstration shop in each language and takes the
 * pictures of README and guide, in both themes. `--all` also takes tablet and phone sizes, for looking at;
 * `--only audit,trust` takes some.
 */
const root = join(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'docs', 'screenshots') },
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

interface Shot {
  readonly name: string
  readonly path: string
  readonly login?: string
  readonly size?: readonly [number, number]
  readonly only?: 'all'
  /** In both themes; the others only in the light one unless all are asked for. */
  readonly dark?: true
  /** Opens the first repair of a list, types into a field … before the picture. */
  readonly prepare?: (page: Page) => Promise<void>
}

const shots: readonly Shot[] = [
  { name: 'today', path: '/', dark: true },
  { name: 'counter', path: '/counter', login: 'counter' },
  { name: 'intake', path: '/counter/new', login: 'counter' },
  { name: 'board', path: '/bench', dark: true },
  { name: 'my-jobs', path: '/bench/mine', login: 'tech' },
  { name: 'repairs', path: '/repairs' },
  { name: 'repair', path: '/repairs', dark: true, prepare: repairIn('in_repair') },
  { name: 'quote', path: '/repairs', prepare: repairIn('awaiting_approval', 'quote') },
  { name: 'parts-used', path: '/repairs', login: 'tech', prepare: repairIn('in_repair', 'parts') },
  { name: 'money', path: '/repairs', login: 'counter', dark: true, prepare: repairIn('processed', 'money') },
  { name: 'parts', path: '/parts', login: 'store' },
  { name: 'billing', path: '/billing' },
  { name: 'customers', path: '/customers' },
  { name: 'import', path: '/settings/import', login: 'owner' },
  { name: 'settings', path: '/settings', login: 'owner' },
  { name: 'data', path: '/settings/data', login: 'owner', prepare: withBackup },
  { name: 'audit', path: '/settings/audit', login: 'owner' },
  { name: 'reviews', path: '/settings/reviews', login: 'owner', size: [1280, 640] },
  { name: 'export', path: '/settings/export', login: 'owner', only: 'all' },
  { name: 'privacy', path: '/settings/privacy', login: 'owner' },
  { name: 'seats', path: '/settings/seats', login: 'owner', prepare: withSharing },
  // After the picture of the seats, which switches the shop's network on.
  { name: 'trust', path: '/trust', login: 'owner', size: [820, 870], prepare: inLanguage },
  { name: 'today-phone', path: '/', size: [390, 844], only: 'all' },
  { name: 'my-jobs-tablet', path: '/bench/mine', login: 'tech', size: [1024, 768], only: 'all' },
  { name: 'intake-tablet', path: '/counter/new', login: 'counter', size: [1024, 768], only: 'all' },
  { name: 'repair-phone', path: '/repairs', size: [390, 844], only: 'all', prepare: repairIn('in_repair') },
]

/** Opens the first repair that stands in a state, at one of its tabs. */
function repairIn(state: string, tab = 'overview'): (page: Page) => Promise<void> {
  return async (page) => {
    const uid = await page.evaluate(async (wanted) => {
      const answer = await fetch('/rpc/repairs/board', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ json: {} }),
      })
      const { json } = (await answer.json()) as {
        json: { columns: { state: string; cards: { uid: string }[] }[] }
      }
      return json.columns.find((column) => column.state === wanted)?.cards[0]?.uid ?? ''
    }, state)
    await page.goto(new URL(`/repairs/${uid}?tab=${tab}`, page.url()).href)
    await settled(page)
  }
}

/** A new shop has no backup yet; the list is worth a picture with one. */
async function withBackup(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Back up now|立即备份)$/ }).click()
  await page.waitForTimeout(6000)
  // The folder of a demonstration is another one each time; a shop's is the usual one.
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      text.nodeValue = text.nodeValue?.replace(/\/\S*benchside-shots-\w+/, '/home/shop/benchside') ?? ''
  })
}

/** Switches the shop's network on, encrypted, so that addresses and codes are seen. */
async function withSharing(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ask = async (method: string, json: object): Promise<{ json: { version: number } }> => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`/rpc/${method}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ json }),
      })
      return await answer.json()
    }
    const { version } = (await ask('settings/get', {})).json
    const settings = { lanSharing: true, lanHttps: true }
    await ask('settings/update', { commandId: crypto.randomUUID(), version, settings })
  })
  await page.reload()
  await settled(page)
}

async function inLanguage(page: Page): Promise<void> {
  const language = await page.evaluate(() => navigator.language)
  await page.goto(new URL(`/trust?lang=${language === 'zh-CN' ? 'zh-CN' : 'en'}`, page.url()).href)
}

async function settled(page: Page): Promise<void> {
  // The event stream never ends, so the network is never idle: the page is given time to draw instead.
  await page.waitForLoadState('load')
  await page.waitForTimeout(1800)
}

async function startDemo(language: string): Promise<{ url: string; stop: () => void }> {
  const data = mkdtempSync(join(tmpdir(), 'benchside-shots-'))
  const host = spawn(
    process.execPath,
    [
      join(root, 'out', 'main', 'host.js'),
      '--serve',
      '--demo',
      '--lang',
      language,
      '--data',
      data,
      '--port',
      '0',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const url = await new Promise<string>((resolve, reject) => {
    host.stdout.on('data', (chunk: Buffer) => {
      const match = /^BENCHSIDE_READY (\{.*\})$/m.exec(chunk.toString())
      if (match?.[1]) resolve((JSON.parse(match[1]) as { url: string }).url)
    })
    host.once('exit', () => reject(new Error('the host ended; run `npm run build` first')))
  })
  return {
    url,
    stop() {
      host.kill('SIGTERM')
      host.once('exit', () => rmSync(data, { recursive: true, force: true }))
    },
  }
}

async function seat(
  browser: Browser,
  url: string,
  login: string,
  theme: 'light' | 'dark',
  size: readonly [number, number],
  language: string,
): Promise<Page> {
  const [width, height] = size
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    baseURL: url,
    locale: language,
  })
  const answer = await context.request.post('/rpc/session/login', {
    data: {
      json: { login, password: 'benchside-demo', seatName: language === 'en' ? 'Counter 1' : '前台 1' },
    },
  })
  if (!answer.ok()) throw new Error(`login as ${login}: ${await answer.text()}`)
  return await context.newPage()
}

function isWanted({ name, only, dark }: Shot, theme: 'light' | 'dark'): boolean {
  if (values.only !== undefined && !values.only.split(',').includes(name)) return false
  return values.all || (only !== 'all' && (theme === 'light' || dark === true))
}

async function main(): Promise<void> {
  mkdirSync(values.out, { recursive: true })
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumArgs] })
  for (const language of ['zh-CN', 'en']) {
    const demo = await startDemo(language)
    for (const theme of ['light', 'dark'] as const) {
      for (const shot of shots) {
        if (!isWanted(shot, theme)) continue
        const page = await seat(
          browser,
          demo.url,
          shot.login ?? 'manager',
          theme,
          shot.size ?? [1280, 800],
          language,
        )
        await page.goto(new URL(shot.path, demo.url).href)
        await settled(page)
        await shot.prepare?.(page)
        await page.screenshot({ path: join(values.out, `${shot.name}.${language}.${theme}.png`) })
        await page.context().close()
        console.log(`${shot.name}.${language}.${theme}.png`)
      }
    }
    demo.stop()
  }
  await browser.close()
}

await main()
