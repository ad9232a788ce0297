import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { repairLink } from '#host/documents/link.ts'
import { linkIn, pathOfLink } from '../../src/main/follow.ts'
import { homeOf, originOf } from '../../src/main/home.ts'
import { setAside, shopKeyOf, type KeyStore } from '../../src/main/key-store.ts'
import { printOptions, sizeOf, useOf } from '../../src/main/paper.ts'
import { isUpdateAddress, openSettings, readSettings } from '../../src/main/settings-file.ts'
import { placeOn } from '../../src/main/window-place.ts'
import { menuOf } from '../../src/main/menu.ts'
import { removeFolders, temporaryFolder } from './shell-process.ts'

afterAll(removeFolders)

const uid = '0192f3c4-5b6a-7c8d-9e0f-112233445566'

describe('a link from a scanned code', () => {
  test.each([
    [`benchside://repairs/${uid}`, `/repairs/${uid}`],
    [`benchside://repairs/${uid.toUpperCase()}/`, `/repairs/${uid}`],
    [`benchside://r/${uid}`, `/repairs/${uid}`],
    [repairLink(uid), `/repairs/${uid}`],
    [`benchside://invoices/${uid}`, `/billing/invoices/${uid}`],
    ['benchside://my-jobs', '/bench/mine'],
    ['benchside://today', '/'],
    ['benchside://', '/'],
  ])('%s leads to its page', (link, path) => expect(pathOfLink(link)).toBe(path))

  test.each([
    'https://example.org/',
    'benchside://settings/people',
    `benchside://constructor/${uid}`,
    'benchside://repairs/../settings',
    'benchside://repairs/%2e%2e/settings',
    `benchside://repairs/${uid}?next=//example.org`,
    `benchside://repairs/${uid}#x`,
    `benchside://user:password@repairs/${uid}`,
    `benchside://repairs:80/${uid}`,
    'benchside:javascript:alert(1)',
    `benchside://${'x'.repeat(300)}`,
    'benchside',
    '',
  ])('%s leads nowhere', (link) => expect(pathOfLink(link)).toBeUndefined())

  test('is the last word of its kind on the command line', () => {
    expect(linkIn(['benchside', '--data=x', 'benchside://today'])).toBe('benchside://today')
    expect(linkIn(['benchside', '--data=x'])).toBeUndefined()
  })
})

describe('the pages of the window', () => {
  const other = homeOf({ kind: 'other', origin: 'https://192.168.1.20:8781', certificate: null })

  test('of this computer’s host are the shell’s own', () => {
    const own = homeOf({ kind: 'own' })
    expect(own.start).toBe('app://benchside/')
    expect(own.isPage('https://192.168.1.20:8781/')).toBe(false)
    expect(own.isContent('blob:app://benchside/x')).toBe(true)
  })

  test('of another seat’s host are those of exactly its origin, and the shell’s own', () => {
    expect(
      ['https://192.168.1.20:8781/', 'https://192.168.1.20:8781/repairs/1', 'app://benchside/connect'].every(
        other.isPage,
      ),
    ).toBe(true)
    const foreign = [
      'http://192.168.1.20:8781/',
      'https://192.168.1.20/',
      'https://192.168.1.20:8782/',
      'https://192.168.1.20:8781.example.org/',
      'https://someone@192.168.1.20:8781/',
      'https://192.168.1.21:8781/',
      'blob:https://192.168.1.20:8781/x',
      'file:///etc/passwd',
      'not an address',
    ]
    expect(foreign.filter(other.isPage)).toEqual([])
    expect(other.isContent('blob:https://192.168.1.20:8781/x')).toBe(true)
    expect(other.isContent('blob:https://192.168.1.21:8781/x')).toBe(false)
  })

  test.each([
    ['192.168.1.20:8780', 'http://192.168.1.20:8780'],
    [' https://Counter-1.local:8781/today ', 'https://counter-1.local:8781'],
    ['[fd00::20]:8780', 'http://[fd00::20]:8780'],
    ['ftp://192.168.1.20', undefined],
    ['javascript:alert(1)', undefined],
    ['http://me:secret@192.168.1.20', undefined],
    ['two words', undefined],
    ['', undefined],
  ])('an address typed as "%s" means %s', (typed, origin) => expect(originOf(typed)).toBe(origin))
})

describe('a paper', () => {
  const pdf = (box: string): Uint8Array =>
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Page /MediaBox [${box}] >>\nendobj\n`)

  test.each([
    ['0 0 595.28 841.89', 'a4', false],
    ['0 0 841.89 595.28', 'a4', true],
    ['0 0 419.53 595.28', 'a5', false],
    ['0 0 226.77 900', 'receipt_80', false],
    ['0 0 226.77 150', 'receipt_80', false],
    ['0 0 164.41 700', 'receipt_58', false],
    ['0 0 141.73 85.04', 'label', false],
  ] as const)('of %s points goes where %s is loaded', (box, use, lies) => {
    const size = sizeOf(pdf(box))
    if (!size) throw new Error('the size was not read')
    expect(useOf(size)).toBe(use)
    const options = printOptions(size, 'Printer')
    expect(options).toMatchObject({
      silent: true,
      deviceName: 'Printer',
      landscape: lies,
      margins: { marginType: 'none' },
    })
    expect(options.pageSize).toEqual(lies ? { width: size.height, height: size.width } : size)
  })

  test('that is no PDF has no size, so nothing is printed without a dialog', () => {
    expect(sizeOf(Buffer.from('<html>/MediaBox [0 0 595 842]'))).toBeUndefined()
    expect(sizeOf(Buffer.from('%PDF-1.7 nothing'))).toBeUndefined()
    expect(sizeOf(pdf('0 0 0 0'))).toBeUndefined()
  })
})

describe('the window opens', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 }
  const kept = { x: 100, y: 50, width: 1400, height: 900, maximized: true }

  test('where it stood', () => {
    const { maximized, ...bounds } = kept
    expect(placeOn(kept, [screen])).toEqual({ bounds, maximized })
  })

  test.each([
    ['on a screen that is gone', { ...kept, x: 2400 }],
    ['with its head above the screen', { ...kept, y: -300 }],
    ['with nothing left to take hold of', { ...kept, x: -1300 }],
  ])('in its usual size when it stood %s', (_where, place) => {
    expect(placeOn(place, [screen]).bounds).toEqual({ width: 1280, height: 800 })
  })

  test('no larger than the screen, and not smaller than its pages need', () => {
    expect(placeOn({ ...kept, width: 5000, height: 20 }, [screen]).bounds).toMatchObject({
      width: 1920,
      height: 640,
    })
  })
})

describe('this computer’s settings', () => {
  test('come back as they were kept', () => {
    const file = join(temporaryFolder(), 'deep', 'this-computer.json')
    openSettings(file).change({ printers: { a4: 'Office' }, keepInTray: true, zoom: 1 })
    expect(openSettings(file).get()).toMatchObject({ printers: { a4: 'Office' }, keepInTray: true, zoom: 1 })
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"home":{"kind":"other","origin":"ftp://x"},"zoom":"large","window":{"x":1}}',
  ])('that cannot be read are as if never set: %s', (text) => {
    expect(readSettings(text)).toMatchObject({
      home: { kind: 'own' },
      printers: {},
      zoom: 0,
      window: null,
      chosen: false,
    })
  })

  test('ask for updates only where the answer is known to be theirs', () => {
    expect(isUpdateAddress('https://updates.example.org/benchside/')).toBe(true)
    expect(isUpdateAddress('http://updates.example.org/')).toBe(false)
    const { updates } = readSettings('{"updates":{"check":true,"address":"http://example.org"}}')
    expect(updates).toEqual({ check: false, address: '' })
    expect(readSettings('{}').updates.check).toBe(false)
  })
})

describe('the shop’s key', () => {
  const store = (secret: string): KeyStore => ({
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text) => Buffer.from(`${secret}:${text}`),
    decryptString(sealed) {
      const [by, text = ''] = sealed.toString('utf8').split(':')
      if (by !== secret) throw new Error('another key store')
      return text
    },
  })
  const plainKey = Buffer.alloc(32, 9).toString('base64')

  test('that lay open in a file is taken over by the key store, and the file is gone', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'shop.key'), plainKey)
    expect(shopKeyOf(folder, store('a'), 'linux')).toEqual({ kind: 'key_store', key: plainKey })
    expect(readdirSync(folder)).toEqual(['shop.key.sealed'])
    expect(readFileSync(join(folder, 'shop.key.sealed'), 'utf8')).not.toContain(plainKey)
    expect(shopKeyOf(folder, store('a'), 'linux')).toEqual({ kind: 'key_store', key: plainKey })
  })

  test('put back by a restore counts before the sealed one', () => {
    const folder = temporaryFolder()
    shopKeyOf(folder, store('a'), 'linux')
    writeFileSync(join(folder, 'shop.key'), plainKey)
    expect(shopKeyOf(folder, store('a'), 'linux')).toEqual({ kind: 'key_store', key: plainKey })
  })

  test('stays in its file where there is no key store, or only a pretended one', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'shop.key'), plainKey)
    const none = { ...store('a'), isEncryptionAvailable: () => false }
    const pretended = { ...store('a'), getSelectedStorageBackend: () => 'basic_text' }
    expect(shopKeyOf(folder, none, 'win32')).toEqual({ kind: 'file' })
    expect(shopKeyOf(folder, pretended, 'linux')).toEqual({ kind: 'file' })
    expect(readFileSync(join(folder, 'shop.key'), 'utf8')).toBe(plainKey)
  })

  test('that the key store forgot is lost, never replaced without being asked, and never deleted', () => {
    const folder = temporaryFolder()
    shopKeyOf(folder, store('a'), 'linux')
    const sealed = readFileSync(join(folder, 'shop.key.sealed'), 'utf8')
    expect(shopKeyOf(folder, store('b'), 'linux')).toEqual({ kind: 'lost' })
    expect(readFileSync(join(folder, 'shop.key.sealed'), 'utf8')).toBe(sealed)
    setAside(folder, 7)
    expect(shopKeyOf(folder, store('b'), 'linux').kind).toBe('key_store')
    expect(readFileSync(join(folder, 'shop.key.sealed.lost-7'), 'utf8')).toBe(sealed)
  })

  test('that cannot be sealed and read back stays in its file', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'shop.key'), plainKey)
    const forgetful = { ...store('a'), decryptString: () => 'something else' }
    expect(shopKeyOf(folder, forgetful, 'darwin')).toEqual({ kind: 'file' })
    expect(existsSync(join(folder, 'shop.key'))).toBe(true)
  })
})

test.each(['darwin', 'win32', 'linux'] as const)(
  'the menu on %s speaks both languages and reloads nothing',
  (platform) => {
    const acts = { zoom() {}, showComputer() {}, chooseHost() {}, openReports() {} }
    const text = (language: 'zh-CN' | 'en') => JSON.stringify(menuOf(platform, language, acts))
    expect(text('zh-CN')).toContain('本机设置')
    expect(text('en')).toContain('This computer')
    expect(text('en')).not.toMatch(/[\u4e00-\u9fff]|reload/i)
  },
)

test('the host refuses a folder whose key only the key store has', () => {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'shop.key.sealed'), 'sealed')
  const host = join(import.meta.dirname, '../../src/host/index.ts')
  const run = (): string =>
    execFileSync(process.execPath, [host, '--serve', '--data', folder], { encoding: 'utf8', stdio: 'pipe' })
  expect(run).toThrow(expect.objectContaining({ stdout: expect.stringContaining('database.sealed') }))
})
