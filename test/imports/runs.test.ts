import { randomUUID } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ImportProfile } from '#contract/import-profile.ts'
import { builtInRoles } from '#contract/permissions.ts'
import { importFiles } from '#host/jobs/import-files.ts'
import { importRunner } from '#host/jobs/import-runner.ts'
import { testApp } from '../kit/app.ts'
import { signIn, startTestHost, testPassword, type Seat } from '../kit/host.ts'
import { contentOf, countsOf, ended, inspect, look, take, useFolders, useShop } from './kit.ts'
import { openTestShop } from '../kit/shop.ts'
import { slowerAndSlower, slowImports } from '../kit/slow-imports.ts'

/* What a run does besides importing: it is tried, watched, stopped, broken off and taken up again. */
const shop = useShop()
const newFolder = useFolders()

const profile: ImportProfile = {
  id: 'tickets',
  name: { zh: '旧工单', en: 'Old tickets' },
  target: 'repairs',
  sourceKey: ['id'],
  columns: [
    { column: 'id', field: 'number' },
    { column: 'day', field: 'receivedOn' },
    { column: 'customer', field: 'customerName' },
    { column: 'phone', field: 'customerPhone' },
    { column: 'device', field: 'category' },
    { column: 'serial', field: 'serial' },
    { column: 'fault', field: 'faultText' },
  ],
}

/** A list of tickets; every customer comes several times. */
function tickets(rows: number, prefix = 'T'): string {
  const line = (index: number) =>
    [
      `${prefix}${index}`,
      `2024-0${1 + (index % 9)}-15`,
      `Customer ${index % 700}`,
      `1380013${String(index % 700).padStart(4, '0')}`,
      index % 2 ? 'Phone' : 'Tablet',
      `${prefix}-SN-${index}`,
      `screen flickers ${index}`,
    ].join(',')
  return [
    'id,day,customer,phone,device,serial,fault',
    ...Array.from({ length: rows }, (_, i) => line(i)),
  ].join('\n')
}

const wholeShop = new Set([
  'commands',
  'audit_log',
  'import_runs',
  'import_rejects',
  'sessions',
  'migrations',
])

test('a dry run says what an import would do and leaves the shop as it is', async () => {
  const seat = shop.seat()
  const first = await inspect(seat, 'a.csv', tickets(30, 'D'))
  await take(seat, first, profile)
  const lines = tickets(60, 'D').split('\n')
  // Rows that only the shop's own rules refuse, or that meet an earlier row, are found by a dry run too.
  lines.push('D90,2024-01-15,A,1,Phone,N-1,phone too short', 'D5,2024-01-15,B,,Phone,N-2,another ticket 5')
  lines[3] = lines[3]!.replace('flickers', 'is black')
  const content = `${lines.join('\n')}\nD91,2024-13-01,C,,Phone,,no such month\n`
  const file = await inspect(seat, 'b.csv', content)
  const before = contentOf(shop.host().data, wholeShop)
  const dry = await take(seat, file, profile, true)
  expect(contentOf(shop.host().data, wholeShop)).toEqual(before)
  expect(dry.run).toMatchObject({ dryRun: true, state: 'done' })
  expect(dry.preview.slice(0, 2)).toMatchObject([
    { line: 2, number: 'D0', receivedOn: '2024-01-15' },
    { line: 3, number: 'D1' },
  ])
  const real = await take(seat, file, profile)
  expect(countsOf(dry.run)).toEqual(countsOf(real.run))
  expect(countsOf(real.run)).toEqual({ imported: 30, updated: 1, unchanged: 29, rejected: 3, rows: 63 })
  expect(dry.rejects).toEqual(real.rejects)
  expect(real.rejects.map((reject) => [reject.line, reject.field, reject.code])).toEqual([
    [62, 'customerPhone', 'field.phone'],
    [63, 'sourceKey', 'import.key_duplicate'],
    [64, 'receivedOn', 'import.value_not_a_date'],
  ])
})

test('rejected rows are given back under their own headings with the reason in words', async () => {
  const seat = shop.seat()
  const content = 'id,day,customer,phone,device,serial,fault\nR1,soon,"Smith, J",,Phone,,=1+1\n'
  const { run } = await take(seat, await inspect(seat, 'c.csv', content), profile)
  const plain = await seat.client.imports.rejectsFile({ runId: run.id })
  expect(plain.name).toBe('c.csv.rejects.csv')
  const words = {
    headings: ['行', '栏', '代码', '值', '原因'],
    fields: { receivedOn: '接机日期' },
    reasons: { 'import.value_not_a_date': '“{value}”不是有效日期。' },
  }
  const told = await seat.client.imports.rejectsFile({ runId: run.id, words })
  const [head, row] = (await told.text()).replace('\ufeff', '').split('\r\n')
  expect(head).toBe('行,栏,代码,值,原因,id,day,customer,phone,device,serial,fault')
  expect(row).toBe(
    `2,接机日期,import.value_not_a_date,"{""value"":""soon""}",“soon”不是有效日期。,R1,soon,"Smith, J",,Phone,,'=1+1`,
  )
  // The mended file is imported as it is: headings of ours are nobody's columns.
  const mended = (await told.text()).replace(',soon,', ',2024-05-06,')
  const again = await take(seat, await inspect(seat, 'mended.csv', mended), profile)
  expect(countsOf(again.run)).toMatchObject({ imported: 1, rejected: 0 })
})

/* Within the host, seats are served between two batches of an import; here it can be said exactly when. */
describe('while a run is under way', () => {
  const { app, people, sql } = testApp()
  const folder = newFolder()
  const runner = importRunner(app, importFiles(folder))
  const { owner, counter } = people
  const rowsOf = (runId: number) => app.run('imports.run', { runId }, owner).run.rows
  const turn = () => new Promise((next) => setImmediate(next))

  function asked(rows: number, prefix: string) {
    const path = join(folder, `${prefix}.csv`)
    writeFileSync(path, tickets(rows, prefix))
    return { path, fileName: `${prefix}.csv`, profile, reading: {}, dryRun: false, actor: owner }
  }

  async function over(runId: number) {
    for (;;) {
      const { run } = app.run('imports.run', { runId }, owner)
      if (run.state !== 'running') return run
      await turn()
    }
  }

  test('a second one is told to wait, and a resent start is the same one', async () => {
    const [commandId, request] = [randomUUID(), asked(1000, 'W')]
    const { id } = await runner.start(commandId, request)
    await expect(runner.start(randomUUID(), request)).rejects.toMatchObject({ code: 'import.running' })
    expect((await runner.start(commandId, request)).id).toBe(id)
    expect(await over(id)).toMatchObject({ state: 'done', imported: 1000 })
  })

  test('seats go on working', async () => {
    const { id } = await runner.start(randomUUID(), asked(3000, 'L'))
    const servedAt = new Set<number>()
    while (app.run('imports.run', { runId: id }, owner).run.state === 'running') {
      await turn()
      const found = app.dispatch('customers.list', { text: 'Customer 12' }, { kind: 'host', actor: counter })
      expect(found).toMatchObject({ rows: expect.any(Array) as unknown[] })
      servedAt.add(rowsOf(id))
    }
    // Between any two of its twelve batches.
    expect([...servedAt].filter((rows) => rows > 0 && rows < 3000)).toHaveLength(11)
  })

  test('cancelled, it leaves a sound file, and the same file completes it', async () => {
    const request = asked(3000, 'C')
    const { id } = await runner.start(randomUUID(), request)
    while (rowsOf(id) === 0) await turn()
    runner.cancel(id)
    const run = await over(id)
    expect(run).toMatchObject({ state: 'cancelled', errorCode: 'import.cancelled' })
    expect(run.imported).toBeGreaterThan(0)
    expect(run.imported).toBeLessThan(3000)
    expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
    const inFile = "SELECT count(*) FROM repairs WHERE source = 'tickets' AND source_key LIKE 'C%'"
    expect(sql.prepare(inFile).pluck().get()).toBe(run.imported)
    const again = await runner.start(randomUUID(), request)
    expect(countsOf(await over(again.id))).toEqual({
      imported: 3000 - run.imported,
      updated: 0,
      unchanged: run.imported,
      rejected: 0,
      rows: 3000,
    })
  })
})

describe('a run the host was killed in', () => {
  async function killed(signal: NodeJS.Signals) {
    const data = newFolder()
    const { host, owner: seat } = await openTestShop('en', { fromSource: true, data })
    const file = await inspect(seat, 'power.csv', tickets(6000, 'P'))
    const { fileUid, fileName, reading } = file
    const start = { commandId: randomUUID(), fileUid, fileName, reading, profile, dryRun: false }
    const hurry = slowImports(data, slowerAndSlower)
    const { id } = await seat.client.imports.start(start)
    while ((await seat.client.imports.run({ runId: id })).run.rows === 0);
    await host.stop(signal)
    hurry()
    return { data, id, start }
  }

  async function reopened(data: string): Promise<{ seat: Seat; stop: () => Promise<void> }> {
    const host = await startTestHost({ fromSource: true, data })
    const seat = host.seat()
    await seat.client.session.login({ login: 'owner', password: testPassword, seatName: 'office' })
    return { seat, stop: () => host.stop() }
  }

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'is shown as broken off and goes on from its kept file (%s)',
    async (signal) => {
      const { data, id, start } = await killed(signal)
      const { seat, stop } = await reopened(data)
      try {
        const [before] = await seat.client.imports.runs({})
        expect(before).toMatchObject({ id, state: 'interrupted' })
        expect(before!.rows).toBeLessThan(6000)
        const again = randomUUID()
        const resumed = await seat.client.imports.resume({ commandId: again, runId: id })
        expect(resumed.id).toBe(id)
        const { run } = await ended(seat, id)
        expect(run).toMatchObject({ state: 'done', imported: 6000, rejected: 0, rows: 6000 })
        expect(look(data, (db) => db.prepare('SELECT count(*) FROM repairs').pluck().get())).toBe(6000)
        // Its file is no longer needed; a seat that lost the answer, or asks once more, is told how it ended.
        const left = () => readdirSync(`${data}/imports`).filter((name) => name.startsWith('run-'))
        await expect.poll(left).toEqual([])
        for (const commandId of [again, randomUUID()]) {
          const told = await seat.client.imports.resume({ commandId, runId: id })
          expect(told).toMatchObject({ id, state: 'done', imported: 6000 })
        }
        // A seat that never saw the answer to its start sends it again: it is that run, and no second one.
        expect(await seat.client.imports.start(start)).toMatchObject({ id, state: 'done', imported: 6000 })
        expect(await seat.client.imports.runs({})).toHaveLength(1)
      } finally {
        await stop()
      }
    },
  )
})

test.each(builtInRoles)('who may import: %s', async (role) => {
  const seat = await signIn(shop.host(), role)
  const answer = await seat.client.imports.runs({}).then(
    () => 'lets in',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
  expect(answer).toBe(role === 'owner' || role === 'manager' ? 'lets in' : 'forbidden')
})
