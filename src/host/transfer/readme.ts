import type { TransferColumn, TransferTable } from '#core/db/transfer.ts'
import { tableWords, type TableWords } from './table-words.ts'

/** What a column's name says of its values; the first that fits. */
const conventions: readonly (readonly [RegExp, TableWords])[] = [
  [/^id$/, { zh: '行号', en: 'number of the row' }],
  [/(^|_)uid$/, { zh: '全局唯一标识（UUID）', en: 'unique identifier (UUID)' }],
  [/(^|_)at$|_since$|_until$|_after$/, { zh: '时刻：UTC 毫秒', en: 'moment: UTC milliseconds since 1970' }],
  [
    /(^|_)(on|day|from|to)$|_on_day$/,
    { zh: '日期：年-月-日（店铺时区）', en: "day: YYYY-MM-DD in the shop's zone" },
  ],
  [/_minor$/, { zh: '金额：最小货币单位（如分）', en: 'money in minor units (cents)' }],
  [/_bp$/, { zh: '万分之一', en: 'in ten-thousandths' }],
  [
    /(^|_)quantity$|^on_hand$|^reserved$|^minimum$|^maximum$/,
    { zh: '数量的千分之一', en: 'in thousandths of a unit' },
  ],
  [/_minutes$/, { zh: '分钟', en: 'minutes' }],
  [/_months$/, { zh: '月', en: 'months' }],
  [/^version$/, { zh: '修改次数', en: 'rises with each change' }],
]

const moments = /(^|_)at$/

/** A column in one language: its type, whether it may be empty, and what is known of its values. */
function columnLine(column: TransferColumn, word: (words: TableWords) => string): string {
  const facts: string[] = [column.type]
  if (!column.required) facts.push(word({ zh: '可空', en: 'may be NULL' }))
  if (column.withheld) facts.push(word({ zh: '不导出', en: 'not exported' }))
  if (column.refersTo !== null) facts.push(`→ ${column.refersTo}`)
  const convention = conventions.find(([pattern]) => pattern.test(column.name))
  // `from_at` of an INTEGER is a moment, `valid_from` of a TEXT is a day; names of texts are no numbers.
  const fits = convention && (column.type === 'INTEGER' || !moments.test(column.name))
  if (fits && column.refersTo === null) facts.push(word(convention[1]))
  return `    ${column.name}: ${facts.join(', ')}`
}

function tablesIn(tables: readonly TransferTable[], word: (words: TableWords) => string): string[] {
  return tables.flatMap((table) => {
    const words = tableWords[table.name]
    return [
      '',
      `tables/${table.name}.csv${words ? `: ${word(words)}` : ''}`,
      ...table.columns.map((column) => columnLine(column, word)),
    ]
  })
}

const introEn = `This folder holds everything one shop has in Benchside, as it was at one moment.

  manifest.json  what there is, with the number of rows, bytes and the SHA-256 of every table
  tables/        one CSV file per table
  attachments/   photos and signatures, named by the SHA-256 of their bytes

It goes back into an empty folder with:  npm run import-all -- THIS-FOLDER --data EMPTY-FOLDER
That makes new keys, and a new password for the owner, which is shown once. Everybody else gets a password from the
owner. Not in here: passwords and PINs, sign-ins, passcodes of devices, the password of the mail server.

The CSV files are UTF-8 and follow RFC 4180, with a heading. Their values are exact, and are not meant for a
spreadsheet: texts stand in quotes as they were typed, even when a spreadsheet would take one for a formula
(beginning with = + - @). Import them there as text. Numbers stand without quotes, bytes are base64 in quotes, and
a field with nothing in it at all is NULL, where "" is an empty text. It holds personal data: keep it as safe as the shop's own computer.`

const introZh = `本文件夹是一家门店在 Benchside 中的全部数据，取自同一时刻。

  manifest.json  清单：每张表的行数、字节数和 SHA-256
  tables/        每张表一个 CSV 文件
  attachments/   照片和签名，以内容的 SHA-256 为文件名

导入空文件夹的命令：  npm run import-all -- 本文件夹 --data 空文件夹
导入会生成新的密钥，并给店主一个新密码（只显示一次），其他员工的密码由店主重新设置。
未包含：登录密码和 PIN、登录会话、设备密码、邮箱密码。

CSV 为 UTF-8 编码，遵循 RFC 4180，首行为列名。值与数据库完全一致，不是为电子表格准备的：文字原样放在引号里，
即使以 = + - @ 开头、会被电子表格当成公式。用电子表格打开时请按文本导入。数字不加引号；二进制为引号内的 base64；
完全空白为 NULL，"" 为空文字。内含个人信息，请像保管店里的电脑一样保管它。`

/** README.txt of an export, Chinese and English, made from the tables that are in it. */
export function readmeText(tables: readonly TransferTable[]): string {
  return [
    'BENCHSIDE',
    '',
    introZh,
    ...tablesIn(tables, (words) => words.zh),
    '',
    '----------------------------------------------------------------',
    '',
    introEn,
    ...tablesIn(tables, (words) => words.en),
    '',
  ].join('\r\n')
}
