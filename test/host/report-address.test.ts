import { describe, expect, test } from 'vitest'
import { composeSheet } from '../../src/host/documents/sheet.ts'
import { reportBase } from '../../src/host/transport/lan.ts'
import { repairShop } from '../core/repairs/kit.ts'
import { chineseRepair } from '../documents/samples.ts'

const lan = { lanInterface: '', lanPort: null, lanHttps: false }

describe('where a ticket’s QR leads the customer', () => {
  test('to the address the shop names, whatever is shared on its network', () => {
    const settings = { ...lan, reportAddress: 'https://status.example/shop/', lanSharing: true }
    expect(reportBase(settings, 4780)).toBe('https://status.example/shop')
  })

  test('nowhere outside while the shop neither names an address nor shares this computer', () => {
    expect(reportBase({ ...lan, reportAddress: '', lanSharing: false }, 4780)).toBeNull()
  })

  test('the shop’s own copy keeps the code that opens the repair in the program', () => {
    const sample = chineseRepair
    const customerLink = 'http://192.168.1.20:4780/r/x/y'
    const sheet = composeSheet({ ...sample, repair: { ...sample.repair, customerLink } })
    expect(sheet).toMatchObject({ link: sample.repair.link, customerLink })
    expect(composeSheet(sample).customerLink).toBe(sample.repair.link)
  })

  test.each(['javascript:alert(1)', 'ftp://shop.example', 'status.example', 'https://shop.example/?a=1'])(
    '%s is refused at the field',
    (reportAddress) => {
      const shop = repairShop()
      const { version, settings } = shop.call('settings.get', {})
      expect(() => shop.call('settings.update', { version, settings: { reportAddress } })).toThrow(
        expect.objectContaining({ fields: [expect.objectContaining({ path: 'settings.reportAddress' })] }),
      )
      expect(shop.call('settings.get', {}).settings).toEqual(settings)
      shop.close()
    },
  )
})
