import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyMethod } from '#contract/index.ts'
import { isNoted, type TaskName } from '#host/tasks/noted.ts'
import { setUpShop, startTestHost, testPassword, type Seat } from '../kit/host.ts'

/* The audit log through the real program: what stands in it, and how it is checked from outside. */
const root = join(import.meta.dirname, '..', '..')
let data: string
let log: { method: string; result: string; input: string; userName: string | null }[]
let csv: string
let wrongAtSeat: { userName: string | null; seatName: string | null } | undefined
let tasks: Record<string, string[]>
let beside: ReturnType<typeof verify>

function verify(...more: string[]) {
  const args = [join(root, 'scripts', 'verify.ts'), '--data', data, ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, lines: `${stdout}${stderr}`.trim().split('\n') }
}

const words = {
  headings: ['#', 'When', 'Who', 'Seat', 'What', 'Method', 'Input', 'Result'],
  methods: {},
  results: {},
  personal: { given: 'not kept', same: 'not kept, as before', changed: 'not kept, changed' },
}

/** Rules of the program that come when they come. */
const byItself = /^(schedule|retention|post)\./

/** Lines an act leaves in the log: the method and its result. */
async function adds(owner: Seat, act: () => Promise<unknown>): Promise<string[]> {
  const { rows: before } = await owner.client.audit.list({ limit: 1 })
  await act().catch(() => undefined)
  const { rows } = await owner.client.audit.list({ limit: 50 })
  return rows
    .filter(({ id, method }) => id > (before[0]?.id ?? 0) && !byItself.test(method))
    .map(({ method, result }) => `${method} ${result}`)
    .toReversed()
}

const picture = (name: string) =>
  new File([Buffer.from([0xff, 0xd8, 0xff, ...Buffer.from('not much of a photo')])], name)

/** The name of an export of the shop that lies there whole; its end is told by the host's own news. */
async function exported({ client }: Seat): Promise<string> {
  const news = (await client.session.events({}))[Symbol.asyncIterator]()
  // The first tells that the others will be heard.
  await news.next()
  const { name } = await client.exports.start({ commandId: crypto.randomUUID() })
  const isThere = async () =>
    (await client.exports.list({})).exports.some((one) => one.name === name && one.state === 'done')
  while (!(await isThere())) await news.next()
  await news.return?.()
  return name
}

/** Tasks that change something through a command of core, those that are written down themselves, and refusals. */
async function tasksOf(owner: Seat): Promise<Record<string, string[]>> {
  const { client } = owner
  const commandId = () => crypto.randomUUID()
  const people = await client.users.list({})
  const userId = people.find(({ login }) => login === 'counter')?.id ?? 0
  const [role] = await client.users.roles({})
  const person = { name: 'x', language: null, roleIds: [role?.id ?? 0], password: 'new password 1' }
  const draftUid = crypto.randomUUID()
  const photo = { kind: 'photo', repairId: null, draftUid } as const
  const name = await exported(owner)
  const file = new File(['zh,en\n铁,Iron\n'], 'a.csv')
  const lines: Record<string, string[]> = {}
  const acts: [string, () => Promise<unknown>][] = [
    ['a PIN', () => client.users.setPin({ commandId: commandId(), userId, pin: '4711' })],
    ['a person', () => client.users.create({ ...person, commandId: commandId(), login: 'new' })],
    [
      'a login that is taken',
      () => client.users.create({ ...person, commandId: commandId(), login: 'owner' }),
    ],
    [
      'own password, wrong',
      () => client.users.changeOwn({ commandId: commandId(), password: 'no', pin: null }),
    ],
    [
      'a picture',
      () => client.attachments.upload({ ...photo, commandId: commandId(), file: picture('a.jpg') }),
    ],
    ['no picture', () => client.attachments.upload({ ...photo, commandId: commandId(), file })],
    ['a list', () => client.dictionaries.importFile({ commandId: commandId(), kind: 'brand', file })],
    [
      'a paper of nothing',
      () => client.documents.statement({ customerUid: draftUid, from: '2026-01-01', to: '2026-01-02' }),
    ],
    ['a person’s data', () => client.privacy.exportPerson({ customerUid: draftUid })],
    ['a backup that is not there', () => client.backups.check({ place: 'own', name: 'benchside-2020' })],
    ['a check', () => client.audit.check({})],
    ['a look', () => client.exports.list({})],
    // A ZIP without its first byte is as good as whole.
    ['an export without its first byte', () => client.exports.read({ name, offset: 1 })],
    ['the next piece of it', () => client.exports.read({ name, offset: 100 })],
    ['all of it', () => client.exports.read({ name, offset: 0 })],
  ]
  for (const [name, act] of acts) lines[name] = await adds(owner, act)
  return lines
}

/** The line of the newest wrong password, which was given at the owner's own seat. */
async function lastWrong({ client }: Seat) {
  const { session } = await client.session.state({})
  await client.seats.rename({
    commandId: crypto.randomUUID(),
    seatId: session?.seat.id ?? 0,
    name: 'Desk',
  })
  return (await client.audit.list({ method: 'access.recordFailure', limit: 1 })).rows[0]
}

async function useTheShop(owner: Seat, stranger: Seat): Promise<void> {
  const wrong = () => stranger.client.session.login({ login: 'owner', password: 'not this one' })
  for (let tries = 0; tries < 6; tries++)
    await expect(wrong()).rejects.toThrow(/session\.(wrong_password|locked_out)/)
  await owner.client.documents
    .statement({ customerUid: crypto.randomUUID(), from: '2026-01-01', to: '2026-01-02' })
    .catch(() => undefined)
  const file = await owner.client.audit.export({ refused: true, format: 'csv', words })
  csv = await file.text()
  log = (await owner.client.audit.list({ limit: 200 })).rows
}

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'benchside-test-'))
  const host = await startTestHost({ data, fromSource: true })
  try {
    const owner = await setUpShop(host)
    await useTheShop(owner, host.seat())
    tasks = await tasksOf(owner)
    wrongAtSeat = await lastWrong(owner)
    beside = verify()
  } finally {
    await host.stop()
  }
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

const results = (method: string) => log.filter((row) => row.method === method).map(({ result }) => result)

test('wrong passwords, the lock-out they lead to, papers and exports stand in the log with their result', () => {
  expect(results('access.recordFailure')).toContain('session.wrong_password')
  expect(results('session.login')).toContain('session.locked_out')
  expect(results('documents.statement')).toEqual(['not_found'])
  expect(results('audit.export')).toEqual(['ok'])
  expect(results('access.openSession')).toContain('ok')
})

test('a wrong password given at an open seat says at which, and of nobody that it was they', () => {
  expect(wrongAtSeat).toMatchObject({ userName: null, seatName: 'Desk' })
})

test('a task has one line, whether a command of its own writes it or the task does, and so has its refusal', () => {
  expect(tasks).toEqual({
    'a PIN': ['people.setSecrets ok'],
    'a person': ['people.insert ok'],
    'a login that is taken': ['users.create users.login_taken'],
    'own password, wrong': ['access.recordFailure session.wrong_password'],
    'a picture': ['files.register ok'],
    'no picture': ['attachments.upload attachment.not_an_image'],
    'a list': ['dictionaries.importRows ok'],
    'a paper of nothing': ['documents.statement not_found'],
    'a person’s data': ['privacy.exportPerson not_found'],
    'a backup that is not there': ['backups.check not_found'],
    'a check': ['trail.checked ok'],
    'a look': [],
    'an export without its first byte': ['exports.read ok'],
    'the next piece of it': [],
    'all of it': ['exports.read ok'],
  })
})

test('of all tasks only looks at what a seat shows anyway leave no line', () => {
  const names = Object.entries(everyMethod).flatMap(([module, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { kind }]) =>
      kind === 'task' ? [`${module}.${verb}` as TaskName] : [],
    ),
  )
  const silent = names.filter((name) => !isNoted(name, 'forbidden') && !isNoted(name, 'ok'))
  expect(silent.toSorted()).toEqual([
    'attachments.read',
    'backups.overview',
    'documents.sample',
    'exports.list',
    'imports.builtIn',
    'imports.inspect',
    'imports.proposeColumn',
    'imports.tryMapping',
    'seats.sharing',
    'takeover.drop',
    'takeover.piece',
    'takeover.standing',
  ])
})

test('no password is in the log', () => {
  expect(log.some(({ input }) => input.includes('not this one') || input.includes(testPassword))).toBe(false)
  expect(log.find(({ method }) => method === 'session.login')?.input).toContain('•••')
})

test('the log leaves the house as a table that says only what was asked for', () => {
  const [headings, ...rows] = parse(csv, { bom: true }) as string[][]
  expect(headings).toEqual(words.headings)
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => row[7] !== 'ok')).toBe(true)
})

test('the command line looks through the file beside the program, and afterwards', () => {
  expect(beside.lines.at(-1)).toBe('Everything holds.')
  expect(beside.status).toBe(0)
  expect(verify('--lang', 'zh-CN')).toMatchObject({ status: 0 })
  expect(readFileSync(join(data, 'audit.heads'), 'utf8')).toMatch(/^\d+ [0-9a-f]{64} \d+$/m)
})

test('a file that was changed with another program is named by the command line and by the next start', async () => {
  const file = new Database(join(data, 'shop.db'))
  const last = file.prepare('SELECT max(id) FROM audit_log').pluck().get() as number
  file.exec('DROP TRIGGER audit_log_no_delete')
  file.prepare('DELETE FROM audit_log WHERE id = ?').run(last)
  file.pragma('foreign_keys = OFF')
  file.exec('INSERT INTO user_roles (user_id, role_id) VALUES (9999, 1)')
  file.close()
  const { status, lines } = verify()
  expect(status).toBe(1)
  expect(lines).toContainEqual(
    expect.stringContaining(`audit_log #${last}: this line and all after it were cut off`),
  )
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {2}user_roles #\d+: points at a record that is not there/),
  )

  const host = await startTestHost({ data, fromSource: true })
  try {
    const beside = new Database(join(data, 'shop.db'), { readonly: true })
    const note = beside
      .prepare("SELECT value FROM settings WHERE key = 'audit.brief'")
      .pluck()
      .get() as string
    beside.close()
    expect(JSON.parse(note)).toMatchObject({
      faults: [{ check: 'heads', rule: 'cut_off', row: String(last) }],
    })
  } finally {
    await host.stop()
  }
})
