import { isMailSetUp, type Shop, type ShopSettings } from '#contract/settings.ts'

/** What a shop starts with; the wizard replaces the first seven. */
export const defaultSettings: ShopSettings = {
  name: '',
  code: 'S1',
  country: 'CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  languages: ['zh-CN', 'en'],
  defaultLanguage: 'zh-CN',
  address: '',
  phone: '',
  logoUid: null,
  numberWithStorePrefix: false,
  terms: {
    'zh-CN':
      '1. 请自行备份数据，维修过程中数据可能丢失，本店不承担数据损失责任。\n2. 检测后如需更换配件，将在征得您同意后进行。\n3. 请凭本单取机；自通知取机之日起逾期未取的，按店内公示规定处理。\n4. 更换下的旧件如需带走，请在接机时说明。',
    en: '1. Please back up your data: it may be lost during repair and the shop is not liable for it.\n2. Parts are replaced only after you have agreed to the price.\n3. Please bring this sheet to collect your device; devices not collected are handled by the rules on display.\n4. Tell us at drop-off if you want replaced parts back.',
  },
  termsVersion: 1,
  passcodePurgeDays: 7,
  followUpTries: 3,
  stuckAfterHours: 48,
  defaultDueDays: 3,
  reworkDays: 90,
  seatIdleMinutes: 0,
  sessionDays: 30,
  sessionIdleHours: 168,
  permissionReviewMonths: 6,
  lanSharing: false,
  lanInterface: '',
  lanPort: null,
  lanHttps: false,
  taxNumber: '',
  bankAccount: '',
  pricesIncludeTax: true,
  cashStepMinor: 1,
  invoicePrefix: '',
  invoiceTerms: { 'zh-CN': '', en: '' },
  quoteValidDays: 7,
  requoteBp: 1000,
  discountLimitBp: 1000,
  testRequired: true,
  feeRules: {
    repaired: 'charges',
    replaced_unit: 'charges',
    no_fault_found: 'bench_fee',
    beyond_economic_repair: 'bench_fee',
    not_repairable: 'nothing',
    declined: 'bench_fee',
    returned_unrepaired: 'bench_fee',
    unknown: 'charges',
  },
  receiptWidth: 80,
  reportAddress: '',
  storage: {
    graceDays: 7,
    perDayMinor: 0,
    capMinor: 0,
    reminderDays: [3, 14, 30],
    finalDays: 60,
    disposalDays: 90,
    taxCodeId: null,
  },
  mail: { host: '', port: 465, secure: true, user: '', from: '' },
  // Nothing is erased that the shop did not decide on, but what was refused or never finished is nobody's record.
  retention: {
    inactiveCustomerYears: 0,
    attachmentsYears: 0,
    messagesYears: 0,
    documentsYears: 10,
    draftsDays: 90,
    importRowsDays: 90,
  },
}

/** What every seat may know of the shop. */
export function publicShop(settings: ShopSettings): Shop {
  const { name, code, country, currency, timeZone, languages, defaultLanguage } = settings
  const { stuckAfterHours, defaultDueDays, followUpTries, seatIdleMinutes, termsVersion, terms } = settings
  const { pricesIncludeTax, cashStepMinor, quoteValidDays, discountLimitBp, testRequired } = settings
  return {
    name,
    code,
    country,
    currency,
    timeZone,
    languages,
    defaultLanguage,
    stuckAfterHours,
    defaultDueDays,
    followUpTries,
    seatIdleMinutes,
    termsVersion,
    terms,
    pricesIncludeTax,
    cashStepMinor,
    quoteValidDays,
    discountLimitBp,
    testRequired,
    mailReady: isMailSetUp(settings.mail),
  }
}
