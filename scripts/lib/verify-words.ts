import type { FileCheck } from '#contract/audit.ts'

interface Words {
  readonly checks: Readonly<Record<FileCheck, string>>
  readonly rules: Readonly<Record<string, string>>
  readonly fine: string
  readonly wrong: string
  readonly allFine: string
  readonly something: string
  readonly expected: string
  readonly found: string
  readonly noShop: string
  readonly failed: string
}

/** What the command line says; rules of the ledgers keep their names, as on Today. */
export const verifyWords: Readonly<Record<'zh-CN' | 'en', Words>> = {
  en: {
    checks: {
      chain: 'Audit log, rows chained',
      heads: 'Ends of the audit log kept outside',
      ledgers: 'Both ledgers, entries and moves',
      foreign_keys: 'Rows point at rows that are there',
      integrity: 'The file itself',
    },
    rules: {
      row_missing: 'this row is missing',
      no_hash: 'this row was not written by the program',
      no_begin: 'the chain does not begin here as it must',
      older_rows: 'one of the rows before this one, from before the chain, was changed',
      hash: 'this row or the one before it was changed',
      cut_off: 'this row and all behind it were cut off',
      rewritten: 'this row is another one than was noted',
      dangling: 'points at a row that is not there',
      row: 'a row and its index do not agree',
      unreadable: 'the file cannot be read',
    },
    fine: 'fine',
    wrong: 'WRONG',
    allFine: 'Everything holds.',
    something: 'Something is wrong. Do not work on with this file; keep it and bring back a backup.',
    expected: 'expected',
    found: 'found',
    noShop: 'There is no shop in',
    failed: 'The file could not be looked through:',
  },
  'zh-CN': {
    checks: {
      chain: '操作日志（逐行相扣）',
      heads: '另存的日志末尾',
      ledgers: '两本账（分录与出入库）',
      foreign_keys: '各行引用的记录都在',
      integrity: '数据文件本身',
    },
    rules: {
      row_missing: '缺少这一行',
      no_hash: '这一行不是本程序写入的',
      no_begin: '日志链没有从这里正确开始',
      older_rows: '这一行之前（启用日志链之前）的某行被改动',
      hash: '这一行或上一行被改动',
      cut_off: '这一行及其后的行被截去',
      rewritten: '这一行与当时另存的不同',
      dangling: '引用了不存在的记录',
      row: '某行与其索引不一致',
      unreadable: '数据文件无法读取',
    },
    fine: '正常',
    wrong: '有问题',
    allFine: '全部正常。',
    something: '有问题。请勿继续使用此数据文件；保留它，并恢复备份。',
    expected: '应为',
    found: '实为',
    noShop: '此文件夹中没有店铺数据：',
    failed: '无法检查数据文件：',
  },
}
