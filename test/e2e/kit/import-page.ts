import { readFileSync } from 'node:fs'
import { expect, type Download, type Locator, type Page } from '@playwright/test'
import { csvText, encodeText } from '../../kit/tabular-fixtures.ts'

/** What a person sees and does on the page that brings lists in, in either language. */
export const importPath = '/settings/import'

/** A customer list in GB18030 under headings nobody could guess, with two rows that cannot go. */
export function ownList(): { name: string; mimeType: string; buffer: Buffer } {
  const rows = [
    ['顾客编码', '尊称', '联络号码', '身份', '卡种', '住哪儿', '随手记'],
    ['K001', '王伟', '138 0013 8001', '个人', '金卡', '上海市静安区1号', ''],
    ['K002', '李娜', '021-62551239', '个人', '普通', '', '下午联系'],
    ['K003', '上海通联贸易有限公司', '021-55667788', '单位', '贵宾', '浦东大道100号', '含税开票'],
    ['K004', '赵六', '没有电话', '个人', '普通', '', ''],
    ['K001', '王维', '138 0013 8002', '个人', '银卡', '', ''],
    ['K006', '孙悦', '139 0000 0006', '个人', '银卡', '', ''],
  ]
  const buffer = encodeText(csvText(rows, { eol: '\r\n' }), 'gb18030')
  return { name: '顾客.csv', mimeType: 'text/csv', buffer }
}

/** A history large enough that one can look at it coming in. */
export function largeHistory(rows: number): { name: string; mimeType: string; buffer: Buffer } {
  const head = 'id,data_provider,country,product_category,brand,product_age,repair_status,event_date,problem'
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `e-${n},Test,CHN,Lamp,Maker ${n % 90},${n % 9},Fixed,2024-0${1 + (n % 9)}-11,"flickers, case ${n}"`,
  )
  return { name: 'history.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...lines].join('\n')) }
}

export async function give(
  page: Page,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.locator('main input[type=file]').setInputFiles(file)
}

/** Chooses an entry of a list field by keyboard: opens it, types, takes what fits first. */
export async function choose(page: Page, label: string, entry: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.focus()
  await page.keyboard.press('ArrowDown')
  const options = page.locator('.el-select-dropdown:visible .el-select-dropdown__item:visible')
  await expect(options.first()).toBeVisible()
  if (await field.isEditable()) {
    await field.fill(entry)
    // Enter takes what is marked.
    await expect(options.and(page.locator('.is-hovering'))).toContainText(entry)
    await page.keyboard.press('Enter')
  } else {
    await options.filter({ hasText: entry }).click()
  }
  // A list of several choices stays open for the next one until the field is left.
  await page.keyboard.press('Tab')
  await expect(page.locator('.el-select-dropdown:visible')).toHaveCount(0)
}

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()

/** The four counts of a check or an import, in the order they are shown. */
export async function counts(page: Page): Promise<number[]> {
  const shown = page.locator('[data-count] dd')
  await expect(shown).toHaveCount(4)
  return (await shown.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))
}

export function rejectRows(page: Page, caption: string): Locator {
  return page.getByRole('table', { name: caption }).locator('tbody tr')
}

export async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8')
}
