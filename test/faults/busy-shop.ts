import { randomUUID } from 'node:crypto'
import { defaultRolePermissions } from '#contract/permissions.ts'
import { manualClock, type Actor } from '#core/app.ts'
import { makeDemoShop } from '#host/demo/demo-shop.ts'
import { hostOn, newFolder, root } from './shop-folder.ts'

const letter = {
  kind: 'ready',
  channel: 'email',
  language: 'en',
  address: 'a@b.example',
  subject: 'Ready',
  body: 'Your device is ready.',
} as const

const profile = {
  id: 'history',
  name: { zh: '历史', en: 'History' },
  target: 'repairs' as const,
  sourceKey: ['key'],
  columns: [{ column: 'day', field: 'receivedOn' }],
}

const line = {
  kind: 'fee',
  serviceId: null,
  partId: null,
  description: 'Cleaning',
  quantity: 1000,
  unitMinor: 5000,
  discountMinor: 0,
  shares: [{ payer: 'customer', customerId: null, shareBp: 10_000 }],
  standardMinutes: 0,
  warrantyMonths: 0,
} as const

/** An invoice that was paid and taken back, one that is open, and a deposit: money that can be put against another. */
function keepAccounts({ app }: ReturnType<typeof hostOn>, owner: Actor, repairId: number): void {
  const [tax] = app.run('prices.taxCodes', {}, owner)
  const issue = (): number => {
    const charge = { ...line, shares: [...line.shares], taxCodeId: tax?.id ?? 0 }
    app.run('charges.add', { commandId: randomUUID(), repairId, line: charge }, owner)
    const about = { payer: 'customer', customerId: null, cashRounding: false, dueOn: null, note: '' } as const
    const given = { commandId: randomUUID(), repairIds: [repairId], ...about, expectedGrossMinor: null }
    return app.run('invoices.issue', given, owner).id
  }
  const money = { method: 'card', amountMinor: 5000, tenderedMinor: null, reference: '', note: '' } as const
  const invoiceId = issue()
  const allocations = [{ invoiceId, amountMinor: money.amountMinor }]
  app.run('payments.take', { commandId: randomUUID(), ...money, allocations }, owner)
  app.run('invoices.credit', { commandId: randomUUID(), invoiceId, lines: null, reason: 'x' }, owner)
  issue()
  app.run('payments.takeDeposit', { commandId: randomUUID(), ...money, repairId }, owner)
}

/** The demonstration shop's month of work, and beside it what it has nothing of. Answers its folder, closed. */
export async function busyShop(now: number): Promise<{ data: string; owner: Actor }> {
  const data = newFolder()
  await makeDemoShop({ data, root, version: '0.0.0-test', language: 'en', now })
  const clock = manualClock(now)
  const host = hostOn(data, { clock })
  const { app } = host
  const permissions = new Set(defaultRolePermissions.owner)
  const commandId = () => randomUUID()
  for (const seatName of ['Counter 1', 'Bench 2']) {
    const session = {
      commandId: commandId(),
      userId: 1,
      tokenHash: randomUUID(),
      seatUid: null,
      seatName,
      by: 'password',
    } as const
    app.run('access.openSession', session)
  }
  const [seat] = app.run('seats.list', {}, { userId: 1, seatId: null, permissions })
  const owner: Actor = { userId: 1, seatId: seat?.id ?? null, permissions }
  const file = (kind: 'photo' | 'signature', draftUid: string | null, repairId: number | null) => {
    const sha256 = randomUUID().replaceAll('-', '').padEnd(64, '0')
    const about = { kind, draftUid, repairId, name: 'a.jpg', mime: 'image/jpeg', size: 10, sha256 }
    app.run('files.register', { commandId: commandId(), ...about }, owner)
  }
  for (const title of ['A', 'B', 'C']) {
    const uid = randomUUID()
    const content = { note: title }
    app.run('drafts.save', { commandId: commandId(), uid, version: 0, title, step: 'device', content }, owner)
    for (const kind of ['photo', 'photo', 'signature'] as const) file(kind, uid, null)
  }
  const storage = { graceDays: 1, perDayMinor: 500, capMinor: 20_000, reminderDays: [7], finalDays: 30 }
  const mail = { host: 'mail.shop.example', port: 465, secure: true, user: 'shop', from: 'shop@shop.example' }
  const { version } = app.run('settings.get', {}, owner)
  const settings = { storage: { ...storage, disposalDays: 60, taxCodeId: null }, mail }
  app.run('settings.update', { commandId: commandId(), version, settings }, owner)
  for (const repair of app.run('repairs.list', { states: ['assigned', 'diagnosing'] }, owner).rows)
    keepAccounts(host, owner, repair.id)
  // A message that the mail server would not take: not even after all its tries.
  const notice = app.run('notices.record', { commandId: commandId(), repairId: 1, ...letter }, owner)
  const tried = { noticeId: notice.id, problem: '550 no such person' }
  while (app.run('post.tried', { commandId: commandId(), ...tried }).state !== 'failed');
  app.run('imports.saveProfile', { commandId: commandId(), profile }, owner)
  const run = { fileName: 'a.csv', fileHash: 'f', columns: ['A'], dryRun: true, bytesTotal: 10 }
  app.run('runs.begin', { commandId: commandId(), profile, reading: {}, ...run }, owner)
  await host.close()
  return { data, owner }
}
