import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { signIn, startTestHost, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { openTestShop } from '../kit/shop.ts'
import { slowerAndSlower, slowImports } from '../kit/slow-imports.ts'
import { xlsxFile } from '../kit/tabular-fixtures.ts'
import {
  choose,
  counts,
  give,
  importPath,
  largeHistory,
  ownList,
  press,
  rejectRows,
  textOf,
} from './kit/import-page.ts'

let host: RunningHost
test.beforeAll(async () => {
  ;({ host } = await openTestShop('zh-CN'))
})
test.afterAll(async () => {
  await host.stop()
})

test('a list with headings of its own is mapped by hand, tried, imported, and known the next time', async ({
  browser,
}) => {
  const seat = await openSeat(browser, host, 'owner', importPath, { language: 'zh-CN' })
  const { page } = seat
  await expectAccessible(page)

  await give(page, ownList())
  await expect(page.getByRole('heading', { name: '顾客.csv' })).toBeVisible()
  await expect(page.getByRole('cell', { name: '上海通联贸易有限公司' })).toBeVisible()
  await expect(page.locator('main').getByText('GB18030')).toBeVisible()
  await page.getByRole('group', { name: '导入为' }).getByText('客户').click()
  await expect(page.getByRole('radio', { name: '客户' })).toBeChecked()
  await expect(page.getByRole('button', { name: '下一步' })).toBeEnabled()
  await expectAccessible(page)
  await press(page, '下一步')

  await choose(page, '“姓名”取自哪一列', '尊称')
  await choose(page, '“电话”取自哪一列', '联络号码')
  await choose(page, '“客户类型”取自哪一列', '身份')
  await choose(page, '“会员等级”取自哪一列', '卡种')
  await choose(page, '“地址”取自哪一列', '住哪儿')
  await choose(page, '用哪些列识别同一条记录', '顾客编码')
  const tier = page.getByRole('row', { name: /^会员等级/ })
  // The live example: what the first row says, and what it becomes.
  await expect(tier).toContainText('金卡')
  await expect(tier).toContainText('金牌')
  await expect(tier).toContainText('不认识“银卡”')
  await tier.getByRole('button', { name: /用词对应/ }).click()
  const words = page.getByRole('dialog', { name: '“会员等级”一列的用词' })
  await expect(words.getByRole('row', { name: /银卡/ })).toContainText('2')
  await choose(page, '“银卡”的含义', '普通')
  await expectAccessible(page)
  await words.getByRole('button', { name: '完成' }).click()
  await expect(tier).not.toContainText('银卡')
  await page.getByLabel('方案名称').fill('老系统客户表')
  await expectAccessible(page)
  await press(page, '试运行')

  await expect(page.getByRole('heading', { name: '试运行结果' })).toBeVisible()
  expect(await counts(page)).toEqual([4, 0, 0, 2])
  await expect(page.getByRole('table', { name: '导入后的前几行' })).toContainText('金牌')
  const rejects = rejectRows(page, '不能导入的行及原因')
  await expect(rejects.first()).toContainText('电话号码需有 3 到 20 位数字')
  await expect(rejects.last()).toContainText('本文件第 2 行已有相同的标识')
  await expectAccessible(page)
  const owner = await signIn(host, 'owner')
  expect((await owner.client.customers.list({})).rows).toEqual([])

  await press(page, '导入 4 行')
  await expect(page.getByText('共 6 行')).toBeVisible()
  await expect(page.getByText('已完成，有 2 行没有导入')).toBeVisible()
  expect(await counts(page)).toEqual([4, 0, 0, 2])
  const download = page.waitForEvent('download')
  await press(page, '下载全部不能导入的行')
  const file = await download
  expect(file.suggestedFilename()).toBe('顾客.csv.rejects.csv')
  const [head, first] = (await textOf(file)).replace('\ufeff', '').split('\r\n')
  expect(head).toBe('行号,字段,代码,数值,原因,顾客编码,尊称,联络号码,身份,卡种,住哪儿,随手记')
  expect(first).toContain('电话号码需有 3 到 20 位数字。,K004,赵六,没有电话')
  await page.getByRole('link', { name: '查看客户' }).click()
  await expect(page.getByRole('link', { name: '上海通联贸易有限公司' })).toBeVisible()
  await expect(page.getByRole('link', { name: '孙悦' })).toBeVisible()

  await page.goto(new URL(importPath, host.url).href)
  await expect(page.getByRole('row', { name: /顾客\.csv/ })).toContainText('老系统客户表')
  await give(page, ownList())
  await expect(page.getByText('识别出了这种文件')).toBeVisible()
  await press(page, '下一步')
  await press(page, '试运行')
  await expect(page.getByRole('heading', { name: '试运行结果' })).toBeVisible()
  expect(await counts(page)).toEqual([0, 0, 4, 2])
  // Nothing would change, so there is nothing to press.
  await expect(page.getByRole('button', { name: /^导入/ })).toHaveCount(0)
  expect(seat.errors).toEqual([])
  await seat.close()
})

test('a file that is no list says what it is, and nothing is kept of it', async ({ browser }) => {
  const seat = await openSeat(browser, host, 'owner', importPath, { theme: 'dark' })
  const { page } = seat
  const owner = await signIn(host, 'owner')
  const runs = await owner.client.imports.runs({})
  const kept = readdirSync(join(host.data, 'imports'))
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  await give(page, { name: 'screen.csv', mimeType: 'text/csv', buffer: png })
  const told = page.getByRole('alert')
  await expect(told).toContainText('screen.csv')
  await expect(told).toContainText('It is a picture.')
  const whole = xlsxFile([{ name: 'Customers', rows: [['name'], ['Anna']] }])
  await give(page, { name: 'half.xlsx', mimeType: '', buffer: whole.subarray(0, 700) })
  await expect(told).toContainText('half.xlsx')
  await expect(told).toContainText('The workbook is damaged or was not copied completely.')
  await expect(told).not.toContainText('not a CSV or XLSX table')
  await expectAccessible(page)
  expect(readdirSync(join(host.data, 'imports'))).toEqual(kept)
  expect(await owner.client.imports.runs({})).toEqual(runs)
  const western = Buffer.from('name,city\nJ\xfcrgen,K\xf6ln\n', 'latin1')
  await give(page, { name: 'kunden.csv', mimeType: 'text/csv', buffer: western })
  await expect(page.getByText('The program cannot tell how this file is encoded')).toBeVisible()
  await expectAccessible(page)
  await choose(page, 'Encoding', 'Windows-1252')
  await expect(page.getByRole('cell', { name: 'Jürgen' })).toBeVisible()
  await expectAccessible(page)
  await press(page, 'Start over')
  await expect(page.getByText('Choose or drop a CSV or XLSX file')).toBeVisible()
  // Chrome's own line for each refused file; the window itself has nothing to complain of.
  expect(seat.errors.filter((line) => !line.startsWith('Failed to load resource'))).toEqual([])
  await seat.close()
})

test('an empty template carries our own headings in the window’s language', async ({ browser }) => {
  const seat = await openSeat(browser, host, 'owner', importPath, { language: 'zh-CN' })
  const { page } = seat
  await press(page, '下载模板')
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: '设备' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('设备导入模板.csv')
  const buffer = Buffer.from(
    `${await textOf(file)}D1,手机,华为,P40,SN-77,,,黑色,2024-01-05,王伟,13800138000,\r\n`,
  )
  await give(page, { name: '设备.csv', mimeType: 'text/csv', buffer })
  await expect(page.getByRole('radio', { name: '设备' })).toBeChecked()
  await press(page, '下一步')
  await expect(page.getByText('未使用的列')).toHaveCount(0)
  await press(page, '试运行')
  await expect(page.getByRole('heading', { name: '试运行结果' })).toBeVisible()
  expect(await counts(page)).toEqual([1, 0, 0, 0])
  expect(seat.errors).toEqual([])
  await seat.close()
})

test('a large file shows how far it has come, can be stopped, and goes on after a power cut', async ({
  browser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'benchside-import-e2e-'))
  let { host: shop } = await openTestShop('en', { data })
  const hurry = slowImports(data, slowerAndSlower)
  const first = await openSeat(browser, shop, 'owner', importPath)
  let { page } = first
  const begin = async () => {
    await give(page, largeHistory(12_000))
    await expect(page.getByText('This kind of file is known')).toBeVisible()
    await press(page, 'Next')
    await press(page, 'Check')
    await press(page, /^Import [\d,]+ rows$/)
    await expect(page.getByRole('progressbar', { name: 'Importing' })).toBeVisible()
    await expect(page.getByText(/^[1-9][\d,]* rows done$/)).toBeVisible()
    // What the window shows of it holds still while it is looked at.
    shop.process.kill('SIGSTOP')
  }
  await begin()
  await expectAccessible(page)
  await press(page, 'Cancel')
  shop.process.kill('SIGCONT')
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible()
  const [cancelled = 0] = await counts(page)
  expect(cancelled).toBeGreaterThan(0)
  expect(cancelled).toBeLessThan(12_000)
  await press(page, 'Import another file')
  await begin()
  await shop.stop('SIGKILL')
  hurry()
  await first.close()

  shop = await startTestHost({ data })
  const second = await openSeat(browser, shop, 'owner', importPath)
  ;({ page } = second)
  const broken = page.getByRole('row', { name: /Broken off/ })
  await expect(broken).toBeVisible()
  await expectAccessible(page)
  await broken.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('row', { name: /Broken off/ })).toHaveCount(0)
  await expect(page.getByRole('row', { name: /Under way/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'history.csv' }).first().click()
  const [added = 0, , unchanged = 0, rejected] = await counts(page)
  expect([added + cancelled, unchanged, rejected]).toEqual([12_000, cancelled, 0])
  expect(second.errors).toEqual([])
  await second.close()
  await shop.stop()
  rmSync(data, { recursive: true, force: true })
})
