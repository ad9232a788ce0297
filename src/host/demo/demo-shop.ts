import { randomUUID } from 'node:crypto'
import type { Language } from '#contract/fields.ts'
import type { DictionaryEntry } from '#contract/dictionaries.ts'
import { defaultRolePermissions } from '#contract/permissions.ts'
import { manualClock, type Actor } from '#core/app.ts'
import { hashPassword } from '../passwords.ts'
import { startHost, type Host } from '../start-host.ts'
import { readDemoData, type DemoData } from './demo-data.ts'
import { eventsOf } from './demo-events.ts'
import type { DemoWorld } from './demo-world.ts'
import { stockDemo } from './demo-store.ts'

export const demoPassword = 'benchside-demo'
export const demoPin = '2468'

const day = 86_400_000

/**
 * Fills an empty data folder with a believable shop: a month of work, played through the real commands in the
 * order it would have happened, so that histories, counters and clocks are what a real shop's are. A folder that
 * has a shop already is left alone.
 */
export async function makeDemoShop(options: {
  data: string
  root: string
  version: string
  language: Language
  now: number
  key?: Buffer | undefined
}): Promise<void> {
  const clock = manualClock(options.now - 40 * day)
  const { data: folder, root, version, key } = options
  const host = startHost({ data: folder, root, version, key, clock })
  try {
    if (host.app.run('session.state', {}).setUp) return
    const data = readDemoData(options.root)
    const world = await found(host, options.root, options.language, data)
    const events = data.repairs.flatMap((repair, index) => eventsOf(world, repair, index, options.now))
    events.sort((a, b) => a.at - b.at)
    let nextRules = options.now - 39 * day
    for (const event of events) {
      // The program's own rules ran every morning, as they would have.
      for (; nextRules < event.at; nextRules += day) {
        clock.set(nextRules)
        host.app.run('schedule.timeRules', { commandId: randomUUID(), limit: 1000 })
      }
      clock.set(event.at)
      await event.run()
    }
    clock.set(options.now)
    host.app.run('schedule.timeRules', { commandId: randomUUID(), limit: 1000 })
  } finally {
    await host.close()
  }
}

async function found(host: Host, root: string, language: Language, data: DemoData): Promise<DemoWorld> {
  const { app } = host
  const chinese = language === 'zh-CN'
  const passwordHash = await hashPassword(demoPassword)
  const pinHash = await hashPassword(demoPin)
  const name = (person: DemoData['people'][number]) => (chinese ? person.zh : person.en)
  const [first, ...others] = data.people
  if (!first) throw new Error('the demonstration has an owner')
  const { ownerId } = app.run('founding.commit', {
    commandId: randomUUID(),
    demo: true,
    shop: {
      name: chinese ? '街角维修中心（演示）' : 'Corner Repair Centre (demo)',
      code: 'DEMO',
      country: 'CN',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      languages: ['zh-CN', 'en'],
      defaultLanguage: language,
    },
    owner: { login: first.login, name: name(first), passwordHash, pinHash },
  })
  const owner: Actor = { userId: ownerId, seatId: null, permissions: new Set(defaultRolePermissions.owner) }
  const roles = app.run('users.roles', {}, owner)
  const people = new Map<string, Actor>([[first.login, owner]])
  for (const person of others) {
    const roleIds = roles.filter((role) => role.code === person.role).map((role) => role.id)
    const { userId } = app.run('people.insert', {
      commandId: randomUUID(),
      login: person.login,
      name: name(person),
      language: null,
      roleIds,
      passwordHash,
      pinHash,
    })
    people.set(person.login, {
      userId,
      seatId: null,
      permissions: new Set(defaultRolePermissions[person.role]),
    })
  }
  const { settings, version } = app.run('settings.get', {}, owner)
  app.run(
    'settings.update',
    {
      commandId: randomUUID(),
      version,
      settings: {
        address: chinese ? '上海市徐汇区漕溪北路 88 号' : '88 North Caoxi Road, Xuhui, Shanghai',
        phone: '021-6428 8888',
        defaultDueDays: settings.defaultDueDays,
      },
    },
    owner,
  )
  const entries = app.run('dictionaries.list', {}, owner)
  const storekeeper = people.get('store') ?? owner
  return {
    app,
    files: host.files,
    people,
    language,
    find: finder(entries),
    entries,
    data,
    customers: new Map(),
    store: stockDemo(app, root, language, storekeeper, owner),
  }
}

function finder(entries: readonly DictionaryEntry[]): DemoWorld['find'] {
  return (kind, word) =>
    entries.find(
      (entry) =>
        entry.kind === kind && (entry.code === word || entry.label.en === word || entry.label.zh === word),
    )
}
