import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  setUpShop,
  signIn,
  startTestHost,
  testPassword,
  type RunningHost,
  type Seat,
} from '../../kit/host.ts'
import { intakeOf } from '../../kit/intake.ts'

/* Backups and restore of a real host, over its own methods. */
let host: RunningHost
let owner: Seat

beforeAll(async () => {
  host = await startTestHost({ fromSource: true })
  owner = await setUpShop(host)
})
afterAll(async () => {
  await host.stop()
})

const backups = () => owner.client.backups.overview({})

/** Waits until the act that was begun has ended; events tell the window, a test looks. */
async function ended(): Promise<Awaited<ReturnType<typeof backups>>> {
  for (;;) {
    const seen = await backups()
    if (!seen.running && seen.last) return seen
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const receive = async () =>
  await owner.client.repairs.receive({ commandId: randomUUID(), ...(await intakeOf(owner)) })

test('a backup made while repairs come in is proved, and the seats are served meanwhile', async () => {
  await receive()
  await owner.client.backups.make({})
  while ((await backups()).running) await receive()
  const { backups: rows, last } = await ended()
  expect(last?.problem).toBeNull()
  expect(rows).toMatchObject([{ place: 'own', kind: 'manual', state: 'good', encrypted: false }])
  expect(await owner.client.backups.standing({})).toMatchObject({ stale: false, problem: null })
})

test('a restore is rehearsed, replaces the shop, signs everybody out and can be undone', async () => {
  const [backup] = (await backups()).backups
  const { repairs } = await receive()
  const uid = repairs[0]?.uid ?? ''
  await owner.client.backups.rehearse({ place: 'own', name: backup?.name ?? '' })
  const { rehearsal } = await ended()
  expect(rehearsal).toMatchObject({ secretsLost: false, ledgerFaults: 0 })
  expect((rehearsal?.now?.repairs ?? 0) - (rehearsal?.after.repairs ?? 0)).toBeGreaterThan(0)
  const before = await owner.client.session.state({})
  await owner.client.backups.restore({ uid: rehearsal?.uid ?? '' })
  await backAgain()
  await expect(owner.client.repairs.get({ uid })).rejects.toMatchObject({ code: 'session.expired' })
  const { restoredAt } = await owner.client.session.state({})
  expect([before.restoredAt, restoredAt]).toEqual([null, expect.any(Number)])

  owner = await signIn(host, 'owner', testPassword)
  await expect(owner.client.repairs.get({ uid })).rejects.toMatchObject({ code: 'not_found' })
  const [replaced] = (await backups()).replaced
  expect(replaced).toMatchObject({ by: 'Olivia Owner', from: backup?.name })
  await owner.client.backups.undo({ name: replaced?.name ?? '' })
  await backAgain()
  owner = await signIn(host, 'owner', testPassword)
  expect((await owner.client.session.state({})).restoredAt).toBeGreaterThan(restoredAt ?? 0)
  expect(await owner.client.repairs.get({ uid })).toMatchObject({ uid })
  expect(readdirSync(host.data).filter((name) => name.startsWith('replaced-'))).toHaveLength(1)
})

test('a passphrase that was mistyped opens nothing, not even where the key is known', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'benchside-disk-'))
  await expect(owner.client.backups.setSecond({ path: '/proc/1' })).rejects.toMatchObject({
    code: 'backup.folder_missing',
  })
  await owner.client.backups.setPassphrase({ passphrase: 'rain and bicycles' })
  await owner.client.backups.setSecond({ path: disk })
  const copy = (await ended()).backups.find(({ place }) => place === 'second')
  expect(copy).toMatchObject({ encrypted: true, state: 'good' })
  const path = join(disk, copy?.name ?? '')
  const rehearse = async (passphrase: string) => {
    await owner.client.backups.rehearse({ path, passphrase })
    const { last, rehearsal } = await ended()
    return last?.problem?.code ?? rehearsal?.name
  }
  expect(await rehearse('rain and bicycle')).toBe('backup.wrong_passphrase')
  expect(await rehearse('rain and bicycles')).toBe(copy?.name)
  await owner.client.backups.dropRehearsal({})
  // The first backup knew of no second folder; bringing it back does not end the copies.
  const first = (await backups()).backups.at(-1)
  await owner.client.backups.rehearse({ place: 'own', name: first?.name ?? '' })
  await owner.client.backups.restore({ uid: (await ended()).rehearsal?.uid ?? '' })
  await backAgain()
  owner = await signIn(host, 'owner', testPassword)
  expect((await backups()).second).toMatchObject({ path: disk, encrypted: true })
  rmSync(disk, { recursive: true })
})

/** The host has closed and come back: what was decided is done. */
async function backAgain(): Promise<void> {
  while (existsSync(join(host.data, 'restore.json')) || !(await healthy()))
    await new Promise((resolve) => setTimeout(resolve, 20))
}

async function healthy(): Promise<boolean> {
  return await fetch(new URL('/health', host.url)).then(
    (answer) => answer.ok,
    () => false,
  )
}
