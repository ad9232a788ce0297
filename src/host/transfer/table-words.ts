/** What a table holds, for people who open an export without the program. */
export interface TableWords {
  readonly zh: string
  readonly en: string
}

const people: Record<string, TableWords> = {
  customer_contacts: {
    zh: '客户（多为单位）的联系人',
    en: 'Contact persons of customers, mostly of companies',
  },
  customer_phones: { zh: '客户的电话号码', en: 'Phone numbers of customers' },
  customers: { zh: '客户', en: 'Customers' },
  device_defects: { zh: '设备的已知缺陷', en: 'Known defects of devices' },
  device_owners: { zh: '设备的历任主人', en: 'Who owned a device, and from when to when' },
  devices: { zh: '设备', en: 'Devices' },
  permission_reviews: { zh: '权限复核记录', en: 'Reviews of who may do what' },
  roles: { zh: '岗位及其权限', en: 'Roles and their permissions' },
  seats: { zh: '工位（柜台、工作台、手机等）', en: 'Seats: counters, benches, phones' },
  sessions: { zh: '登录会话（不导出）', en: 'Sign-ins (not exported)' },
  user_roles: { zh: '员工担任的岗位', en: 'Which roles a person has' },
  users: { zh: '员工账号（密码和 PIN 不导出）', en: 'Staff accounts (without passwords and PINs)' },
}

const repairs: Record<string, TableWords> = {
  attachments: {
    zh: '照片和签名；文件在 attachments/ 下，以 SHA-256 为名',
    en: 'Photos and signatures; the files lie under attachments/, named by their SHA-256',
  },
  disposals: { zh: '无人取走设备的处置', en: 'What became of devices nobody collected' },
  drafts: { zh: '未完成的接机单', en: 'Unfinished intakes' },
  external_jobs: { zh: '外送（厂家或外协）', en: 'Devices sent to vendors and factories' },
  labour_credits: { zh: '工时的分摊', en: 'Who did a piece of work, in shares of 10,000' },
  labour_lines: { zh: '维修单上的工时', en: 'Work on repairs' },
  loaners: { zh: '备用机', en: 'Loaner devices' },
  loans: { zh: '备用机的借出与归还', en: 'Loaners lent and returned' },
  notices: { zh: '给客户的通知', en: 'What customers were told' },
  quote_lines: { zh: '报价方案的明细', en: 'Lines of the options of quotes' },
  quote_options: { zh: '报价的方案', en: 'Options of quotes' },
  quotes: { zh: '报价及客户的答复', en: 'Quotes and what the customer said' },
  repair_accessories: { zh: '随机附件', en: 'Accessories left with a device' },
  repair_attempts: {
    zh: '维修尝试（派工、检修、结果）',
    en: 'Attempts: who was assigned, what was found, how it ended',
  },
  repair_checks: { zh: '接机检查项', en: 'Condition checks at intake' },
  repair_log: { zh: '维修单的历史（只增不改）', en: 'The history of repairs (append-only)' },
  repair_parts: { zh: '维修单上的配件', en: 'Parts of repairs' },
  repair_passcodes: { zh: '设备密码（不导出）', en: 'Passcodes of devices (not exported)' },
  repairs: { zh: '维修单', en: 'Repairs' },
  report_links: { zh: '客户查看维修报告的链接', en: "Links to customers' service reports" },
  test_run_items: { zh: '测试的各项结果', en: 'Results of a test, item by item' },
  test_runs: { zh: '维修后的测试', en: 'Tests after repair' },
}

const money: Record<string, TableWords> = {
  charge_lines: { zh: '维修单的费用明细', en: 'Charges of repairs before they are invoiced' },
  invoice_lines: { zh: '结算单和红字单的明细', en: 'Lines of invoices and credit notes' },
  invoice_voids: { zh: '结算单的作废', en: 'Invoices taken back' },
  invoices: { zh: '结算单和红字单（开出后不改）', en: 'Invoices and credit notes (never changed)' },
  money_balances: { zh: '各账户余额（由分录得出）', en: 'Balances of accounts (follow from the entries)' },
  money_entries: { zh: '资金账的分录（只增不改）', en: 'Entries of the money ledger (append-only)' },
  money_transactions: {
    zh: '资金账的交易（只增不改）',
    en: 'Transactions of the money ledger (append-only)',
  },
  payment_allocations: { zh: '收款冲抵的结算单', en: 'Which invoice took how much of a payment' },
  payments: { zh: '收款与退款（开出后不改）', en: 'Receipts and refunds (never changed)' },
  price_list_items: { zh: '价目表的项目', en: 'Items of price lists' },
  price_lists: { zh: '价目表', en: 'Price lists' },
  services: { zh: '维修项目', en: 'Services: labour items with time and price' },
  shifts: { zh: '收银班次', en: 'Shifts of the cash drawer' },
  tax_codes: { zh: '税种', en: 'Tax codes' },
  tax_rates: { zh: '税率及其生效日', en: 'Tax rates and the day they begin' },
}

const stock: Record<string, TableWords> = {
  goods_moves: { zh: '实物账（只增不改）', en: 'The goods ledger (append-only)' },
  part_serials: { zh: '有序列号的配件现在何处', en: 'Where each serialised part is' },
  parts: { zh: '配件', en: 'Parts' },
  places: { zh: '库位与其他地点', en: 'Shelves and other places' },
  stock_balances: { zh: '库存（由实物账得出）', en: 'Stock on hand (follows from the ledger)' },
}

const program: Record<string, TableWords> = {
  audit_log: {
    zh: '操作日志（只增不改，逐行相扣）',
    en: 'The audit log (append-only, each row sealed by the next)',
  },
  commands: { zh: '近期已执行的操作，防止重复', en: 'Commands of late, so that none is done twice' },
  day_counts: { zh: '每日数量', en: 'Counts per day' },
  dictionary_entries: {
    zh: '字典（类别、品牌、型号、故障等）',
    en: 'Code lists: categories, brands, models, faults',
  },
  import_keys: {
    zh: '导入过的记录在原系统中的编号',
    en: 'Keys of imported records in the system they came from',
  },
  import_profiles: { zh: '导入方案', en: 'How files are imported' },
  import_rejects: { zh: '导入时被拒绝的行', en: 'Rows an import refused' },
  import_runs: { zh: '历次导入', en: 'Imports' },
  number_series: { zh: '编号的最后一个号', en: 'The last number of each series' },
  outbox: { zh: '给总部的变更（只增不改）', en: 'Changes for headquarters (append-only)' },
  repair_counts: { zh: '各状态的维修单数', en: 'Repairs per state' },
  search_keys: { zh: '查找用的键', en: 'Keys of the search' },
  search_words: { zh: '查找用的词', en: 'Words of the search' },
  settings: { zh: '设置（邮箱密码等不导出）', en: 'Settings (without passwords)' },
}

export const tableWords: Readonly<Record<string, TableWords>> = {
  ...people,
  ...repairs,
  ...money,
  ...stock,
  ...program,
}
