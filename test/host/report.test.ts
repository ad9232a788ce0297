import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningHost, type Seat } from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'
import { intakeOf } from '../kit/intake.ts'

/* The page behind the QR of a ticket (W13): a customer's own view, without a login. */
let host: RunningHost
let seat: Seat
let path: string
let repair: { id: number; uid: string; number: string }

beforeAll(async () => {
  ;({ host, owner: seat } = await openTestShop('en', { fromSource: true }))
  const intake = await intakeOf(seat)
  const [item] = intake.items
  Object.assign(item?.visit ?? {}, { faultText: '<b>屏幕</b> 不亮 & "hot"', internalNote: 'vip-secret-note' })
  const { repairs } = await seat.client.repairs.receive({ commandId: randomUUID(), ...intake })
  const [received] = repairs
  if (!received) throw new Error('a repair was received')
  repair = received
  ;({ path } = await seat.client.notices.reportLink({ commandId: randomUUID(), repairId: repair.id }))
})
afterAll(() => host.stop())

const get = (where: string) => fetch(new URL(where, host.url))

describe('the customer’s link', () => {
  test('shows how far the repair is to who has it, without a login and without being kept by the browser', async () => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
    const html = await answer.text()
    expect(html).toContain(repair.number)
    expect(html).toMatch(/等待安排工程师|Waiting for a technician/)
  })

  test('shows what was typed as text, never as a page of its own', async () => {
    const html = await (await get(path)).text()
    expect(html).toContain('&lt;b&gt;屏幕&lt;/b&gt; 不亮 &amp; &quot;hot&quot;')
    expect(html).not.toContain('<b>屏幕')
  })

  test('says nothing of who the customer is, and nothing the shop keeps to itself', async () => {
    const html = await (await get(path)).text()
    const { customerName, customerPhone } = await seat.client.repairs.get({ uid: repair.uid })
    expect(customerName).toBeTruthy()
    for (const secret of [customerName, customerPhone, 'vip-secret-note']) expect(html).not.toContain(secret)
  })

  test('leads nowhere when the token is another one, or belongs to another repair', async () => {
    const [, , uid, token] = path.split('/')
    const other = randomUUID()
    for (const wrong of [
      `/r/${uid}/${'A'.repeat(22)}`,
      `/r/${other}/${token}`,
      `/r/${uid}/..%2f..`,
      `/r/${uid}/x'--`,
    ]) {
      const answer = await get(wrong)
      expect([wrong, answer.status]).toEqual([wrong, 404])
      expect(await answer.text()).not.toContain(repair.number)
    }
  })

  test('has no report to download before the work is done', async () => {
    expect((await get(`${path}/report.pdf`)).status).toBe(404)
    expect(await (await get(path)).text()).not.toContain('report.pdf')
  })

  test('leads nowhere once the shop has taken it back', async () => {
    await seat.client.notices.revokeLink({
      commandId: randomUUID(),
      repairId: repair.id,
      reason: '取机单遗失',
    })
    expect((await get(path)).status).toBe(404)
  })
})
