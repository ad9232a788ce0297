import { randomUUID } from 'node:crypto'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onlyCustomer } from '#contract/charges.ts'
import type { ErrorData } from '#contract/errors.ts'
import { paperKinds, sizesOf } from '#contract/documents.ts'
import { readPdf, squeeze } from '../documents/read-pdf.ts'
import { signIn, type RunningHost, type Seat } from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'
import { intakeOf } from '../kit/intake.ts'

/* One repair from the counter to the cash desk on the real host, and every paper it leaves behind. */
let host: RunningHost
let owner: Seat
let repair: { id: number; uid: string; number: string }
let customerUid: string
const uids = { invoice: '', receipt: '', deposit: '', shift: '' }

const act = <T extends object>(input: T) => ({ commandId: randomUUID(), ...input })

async function read(file: File) {
  const { pages } = readPdf(new Uint8Array(await file.arrayBuffer()))
  return { name: file.name, pages, text: squeeze(pages.map((page) => page.text).join('\n')) }
}

async function refusal(call: Promise<unknown>): Promise<ErrorData> {
  const error: unknown = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  if (error instanceof ORPCError) return error.data as ErrorData
  throw new Error('the call was not refused', { cause: error })
}

async function prepareShop(): Promise<void> {
  const { version } = await owner.client.settings.get({})
  await owner.client.settings.update(
    act({
      version,
      settings: {
        taxNumber: '91310104MA1FR0XX0K',
        bankAccount: '工商银行 6222 0210',
        invoiceTerms: { 'zh-CN': '请在到期日前付款。', en: 'Please pay by the due date.' },
        receiptWidth: 58,
        pricesIncludeTax: true,
      },
    }),
  )
}

/** Receives a device, takes a deposit, quotes, has the quote approved, tests, issues the bill and takes cash. */
async function goThrough(): Promise<void> {
  const { client } = owner
  const intake = await intakeOf(owner)
  const received = await client.repairs.receive(act(intake))
  const [first] = received.repairs
  if (!first) throw new Error('a repair was received')
  repair = first
  const at = async () => await client.repairs.get({ uid: repair.uid })
  customerUid = (await at()).customerUid ?? ''
  const people = await client.users.list({})
  const engineerId = people.find((person) => person.login === 'technician')?.id ?? 0
  const repairs = [{ repairId: repair.id }]
  await client.repairs.assign(act({ repairs, engineerId }))
  const started = await client.repairs.work(act({ repairs, action: 'start' as const }))
  expect(started.refused).toEqual([])
  const shift = await client.shifts.open(act({ floatMinor: 10_000 }))
  uids.shift = shift.uid
  const money = { method: 'cash' as const, reference: '', note: '' }
  const deposit = await client.payments.takeDeposit(
    act({ ...money, repairId: repair.id, amountMinor: 5000, tenderedMinor: 10_000 }),
  )
  uids.deposit = deposit.uid
  await quoteAndApprove()
  const issued = await client.invoices.issue(
    act({
      repairIds: [repair.id],
      payer: 'customer' as const,
      customerId: null,
      cashRounding: false,
      dueOn: null,
      note: '',
      expectedGrossMinor: null,
    }),
  )
  uids.invoice = issued.uid
  const paid = await client.payments.take(
    act({
      ...money,
      amountMinor: 20_000,
      tenderedMinor: 20_000,
      allocations: [{ invoiceId: issued.id, amountMinor: 20_000 }],
    }),
  )
  uids.receipt = paid.uid
}

async function quoteAndApprove(): Promise<void> {
  const { client } = owner
  const [code] = await client.prices.taxCodes({})
  const line = {
    kind: 'labour' as const,
    serviceId: null,
    partId: null,
    description: 'Battery replacement',
    quantity: 1000,
    unitMinor: 40_000,
    discountMinor: 0,
    taxCodeId: code?.id ?? 0,
    shares: [...onlyCustomer],
    standardMinutes: 30,
    warrantyMonths: 3,
  }
  const { version } = await client.repairs.get({ uid: repair.uid })
  const cause = await client.dictionaries.add(
    act({ kind: 'cause' as const, zh: '电池鼓包', en: 'Swollen battery' }),
  )
  await client.work.recordFindings(
    act({ repairId: repair.id, version, findings: 'The battery is swollen.', codeIds: [cause.id] }),
  )
  const saved = await client.quotes.save(
    act({
      repairId: repair.id,
      draft: null,
      validUntil: '2099-01-31',
      note: '',
      benchFeeMinor: 3000,
      options: [{ title: 'Original battery', days: 2, quality: 'original', lines: [line] }],
    }),
  )
  const sent = await client.quotes.send(
    act({ quoteId: saved.id, version: saved.version, way: 'print' as const }),
  )
  const answer = { optionNo: 1, by: 'Anna', way: 'phone' as const, signatureUid: null, note: '' }
  await client.quotes.approve(act({ quoteId: saved.id, version: sent.version, ...answer }))
}

beforeAll(async () => {
  ;({ host, owner } = await openTestShop('en', { fromSource: true }))
  await prepareShop()
  await goThrough()
})

afterAll(async () => {
  await host.stop()
})

describe('papers of a repair', () => {
  const paper = (kind: 'quote' | 'job_card' | 'service_report' | 'test_report' | 'loaner_agreement') =>
    owner.client.documents.ofRepair({ kind, uid: repair.uid, language: 'en' })

  test('the quote has the shop’s tax number, its terms and the answer that was given', async () => {
    const { name, text } = await read(await paper('quote'))
    expect(name).toBe(`quote-${repair.number}.pdf`)
    for (const said of [
      `${repair.number}-Q1`,
      '91310104MA1FR0XX0K',
      'Please pay by the due date.',
      'The battery is swollen.',
      'Original battery',
      'CN¥400.00',
      '31 Jan 2099',
      'by Anna (by phone)',
    ]) {
      expect(text).toContain(squeeze(said))
    }
  })

  test('the job card has the planned labour and no amount', async () => {
    const { text } = await read(await paper('job_card'))
    expect(text).toContain('Batteryreplacement')
    expect(text).not.toContain('400.00')
  })

  test('the service report has the findings and the warranty that the bill gives', async () => {
    const { text } = await read(await paper('service_report'))
    expect(text).toContain('Thebatteryisswollen.')
    expect(text).toContain('3monthsfromhand-over')
  })

  test.each(['test_report', 'loaner_agreement'] as const)(
    'there is no %s of a repair that was not tested and got no loaner',
    async (kind) => {
      expect((await refusal(paper(kind))).code).toBe('document.nothing_to_print')
    },
  )

  test('a quote of another repair is not printed under this one', async () => {
    const asked = { kind: 'quote' as const, uid: repair.uid, entryUid: randomUUID() }
    expect((await refusal(owner.client.documents.ofRepair(asked))).code).toBe('document.nothing_to_print')
  })
})

describe('papers of the cash desk', () => {
  test('the invoice shows deposit and payment taken off, and where to send the rest', async () => {
    for (const size of ['a4', 'a5'] as const) {
      const file = await owner.client.documents.money({
        kind: 'invoice',
        uid: uids.invoice,
        language: 'zh-CN',
        size,
      })
      const { pages, text } = await read(file)
      expect(pages[0]?.width).toBeCloseTo(size === 'a4' ? 595.28 : 419.53, 1)
      for (const said of ['价税合计¥400.00', '尚欠¥150.00', '工商银行6222 0210', '请在到期日前付款。']) {
        expect(text).toContain(squeeze(said))
      }
      expect(text).toContain('-50.00')
      expect(text).toContain('-200.00')
    }
  })

  test('the receipt comes on the shop’s roll and says what is still open', async () => {
    const file = await owner.client.documents.money({ kind: 'receipt', uid: uids.receipt, language: 'en' })
    const { pages, text } = await read(file)
    expect(pages[0]?.width).toBeCloseTo(164.41, 1)
    expect(text).toContain(squeeze('Paid CN¥200.00'))
    expect(text).toContain('CN¥150.00')
  })

  test('the deposit slip says what was tendered and given back', async () => {
    const file = await owner.client.documents.money({ kind: 'receipt', uid: uids.deposit, language: 'en' })
    const { text } = await read(file)
    expect(text).toContain('Depositreceipt')
    expect(text).toContain('Change50.00')
  })

  test('an open shift prints what it took so far', async () => {
    const file = await owner.client.documents.money({ kind: 'shift_report', uid: uids.shift, language: 'en' })
    const { text } = await read(file)
    expect(text).toContain('X-report')
    expect(text).toContain('250.00')
  })

  test('the statement runs to what the customer owes', async () => {
    const file = await owner.client.documents.statement({
      customerUid,
      from: '2020-01-01',
      to: '2099-12-31',
      language: 'en',
    })
    const { text } = await read(file)
    expect(text).toContain(squeeze('Balance on 31 Dec 2099 CN¥150.00'))
  })

  test('who may not see money prints no invoice, but a job card', async () => {
    const store = await signIn(host, 'storekeeper')
    const asked = store.client.documents.money({ kind: 'invoice', uid: uids.invoice })
    expect((await refusal(asked)).code).toBe('forbidden')
    const card = await store.client.documents.ofRepair({ kind: 'job_card', uid: repair.uid })
    expect(card.type).toBe('application/pdf')
  })
})

test('every paper has a sample under the shop’s own head in both languages, for who manages the settings', async () => {
  for (const kind of paperKinds) {
    for (const language of ['zh-CN', 'en'] as const) {
      const file = await owner.client.documents.sample({ kind, language, size: sizesOf[kind][0] })
      expect((await read(file)).text).toContain('CornerRepairs')
    }
  }
  const counter = await signIn(host, 'counter')
  const asked = counter.client.documents.sample({ kind: 'invoice', language: 'en' })
  expect((await refusal(asked)).code).toBe('forbidden')
})

test('the service report has a code for the customer once customers can reach the shop, not before', async () => {
  const { client } = owner
  const asked = { kind: 'service_report', uid: repair.uid, language: 'en' } as const
  expect((await read(await client.documents.ofRepair(asked))).text).not.toContain('Scantoopen')
  const { version } = await client.settings.get({})
  await client.settings.update(act({ version, settings: { reportAddress: 'https://repairs.example' } }))
  expect((await read(await client.documents.ofRepair(asked))).text).toContain('Scantoopen')
})
