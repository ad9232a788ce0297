import { afterEach, beforeEach, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../kit/app.ts'

/* What a save of the shop's settings leaves as it was. */
let shop: TestApp
beforeEach(() => {
  shop = testApp()
})
afterEach(() => shop.close())

test('a setting that is named without a value stays as it is', () => {
  const { settings, version } = shop.call('settings.get', {})
  const input = {
    commandId: crypto.randomUUID(),
    version,
    settings: { receiptWidth: undefined, phone: '021-1' },
  }
  shop.app.dispatch('settings.update', input, { kind: 'host', actor: shop.people.owner })
  expect(shop.call('settings.get', {}).settings).toEqual({ ...settings, phone: '021-1' })
})
