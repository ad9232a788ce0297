import type { IntakeSheetData } from '#host/documents/index.ts'
import { drawnLogo, drawnSignature } from './drawn-pictures.ts'

/** Repairs as a shop takes them in: an ordinary one in each language, an empty one, and one with far too much text. */

const termsZh = [
  '1. 本店按客户描述及现场检查结果受理设备，内部隐性故障以检测结果为准。',
  '2. 维修前请客户自行备份数据，本店不对存储数据的丢失承担责任，另有约定的除外。',
  '3. 超出费用上限的维修，须经客户同意后方可进行；客户不同意维修的，收取检测费。',
  '4. 更换的配件自交付之日起保修 90 天；进液、摔损及自行拆机不在保修范围内。',
  '5. 维修完成后请在 30 日内凭本单取机，逾期按日收取保管费。',
].join('\n')

const termsEn = [
  '1. The device is accepted on the customer’s description and the checks above; hidden faults are subject to diagnosis.',
  '2. Please back up your data. We are not liable for loss of stored data unless agreed otherwise in writing.',
  '3. Work beyond the agreed limit needs your consent; if you decline the repair, the diagnosis fee is due.',
  '4. Fitted parts carry a 90-day warranty from hand-over; liquid, impact and third-party damage are excluded.',
  '5. Please collect within 30 days of our notice, with this sheet; storage is charged per day after that.',
].join('\n')

/** 2023-10-27 10:05 in Shanghai. */
const receivedAt = Date.UTC(2023, 9, 27, 2, 5)
const link = 'http://192.168.1.20:8321/r/018b6f2a-3c4d-7abc-8def-0123456789ab'

export const chineseRepair: IntakeSheetData = {
  language: 'zh-CN',
  shop: {
    name: '诚信数码维修中心',
    address: '上海市徐汇区漕溪北路 398 号汇智大厦 1 楼 106 室',
    phone: '021-6468 1234',
    terms: termsZh,
    logo: drawnLogo(),
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
  },
  repair: {
    number: '20231027001',
    link,
    receivedAt,
    promisedOn: '2023-10-30',
    requestedOn: '2023-10-28',
    faultText: '昨天掉到水池里，捞出来后还能开机，今早触摸失灵，充电时屏幕闪烁，听筒声音很小。',
    faultUnknown: false,
    problemType: '触摸失灵',
    faultSince: '昨晚八点左右',
    dropped: true,
    liquid: true,
    intermittent: true,
    backup: 'not_backed_up',
    priority: 'urgent',
    estimateMinor: 68000,
    ceilingMinor: 80000,
    benchFeeMinor: 5000,
    depositMinor: 10000,
    warrantyKind: 'statutory',
    dataLossWaiver: true,
    partsPolicy: 'new_only',
    oldPartBack: true,
    otherReference: 'JD-88231',
    mayCollect: '李娜（妻子），138 0013 8001',
    reworkOfNumber: '20230915004',
    bin: 'A-12',
    clerk: '陈晓',
  },
  customer: {
    kind: 'person',
    name: '王建国',
    phones: [
      { number: '138 0013 8000', label: '本人' },
      { number: '021-5555 0199', label: '家' },
    ],
    email: 'wangjg@example.cn',
    address: '上海市浦东新区世纪大道 100 号 8 楼',
    channel: 'wechat',
    consentToContact: true,
  },
  device: {
    category: '手机',
    brand: '华为',
    model: 'Mate 40 Pro',
    colour: '秘银色',
    serial: '7BX0123456789',
    imei1: '490154203237518',
    imei2: '356938035643809',
    purchasedOn: '2021-03-15',
    purchaseProof: 'both',
    seller: '京东自营',
    knownDefects: ['后盖左下角裂纹', '音量键松动'],
    accountLocked: true,
  },
  checks: [
    { label: '开机', result: 'works' },
    { label: '屏幕显示', result: 'works' },
    { label: '触摸', result: 'faulty', note: '上半部无反应' },
    { label: '听筒', result: 'faulty', note: '声音小' },
    { label: '扬声器', result: 'works' },
    { label: '前后摄像头', result: 'works' },
    { label: '充电', result: 'works' },
    { label: '面容识别', result: 'untestable' },
    { label: '按键', result: 'works' },
    { label: '无线网络', result: 'works' },
  ],
  accessories: [{ name: '充电器', serial: 'HW-100400C00' }, { name: '保护壳' }, { name: 'SIM 卡' }],
  signature: drawnSignature(),
  noSignatureReason: null,
  termsVersion: 3,
}

export const englishRepair: IntakeSheetData = {
  ...chineseRepair,
  language: 'en',
  shop: {
    ...chineseRepair.shop,
    name: 'Bridge Street Device Repair',
    address: '14 Bridge Street, Bristol BS1 2AN',
    phone: '0117 496 0123',
    terms: termsEn,
    timeZone: 'Europe/London',
    currency: 'GBP',
  },
  repair: {
    ...chineseRepair.repair,
    number: 'BS20231027001',
    faultText:
      'Fell into the sink last night. It still starts, but since this morning the touch screen does not react, the screen flickers while charging and the earpiece is very quiet.',
    problemType: 'Touch not responding',
    faultSince: 'last night, about eight',
    otherReference: 'PO 88231',
    mayCollect: 'Jane Carter (wife), 07700 900124',
    clerk: 'Tom Baker',
  },
  customer: {
    kind: 'company',
    name: 'Carter & Sons Ltd',
    phones: [{ number: '07700 900123', label: 'mobile' }, { number: '0117 496 0777' }],
    email: 'office@carter.example',
    address: '2 Harbour Way, Bristol BS1 5AA',
    taxNumber: 'GB 123 4567 89',
    contacts: [{ name: 'Mary Carter', role: 'office', phone: '07700 900125' }],
    channel: 'email',
    consentToContact: true,
  },
  device: {
    ...chineseRepair.device,
    category: 'Phone',
    brand: 'Huawei',
    colour: 'silver',
    seller: 'Currys Bristol',
    knownDefects: ['back cover cracked at the lower left', 'loose volume key'],
  },
  checks: [
    { label: 'Starts', result: 'works' },
    { label: 'Display', result: 'works' },
    { label: 'Touch', result: 'faulty', note: 'no reaction in the upper half' },
    { label: 'Earpiece', result: 'faulty', note: 'quiet' },
    { label: 'Speaker', result: 'works' },
    { label: 'Cameras', result: 'works' },
    { label: 'Charging', result: 'works' },
    { label: 'Face unlock', result: 'untestable' },
    { label: 'Keys', result: 'works' },
    { label: 'Wi-Fi', result: 'works' },
  ],
  accessories: [{ name: 'Charger', serial: 'HW-100400C00' }, { name: 'Case' }, { name: 'SIM card' }],
}

/** As little as the rules of intake allow. */
export function emptyRepair(language: IntakeSheetData['language']): IntakeSheetData {
  return {
    language,
    shop: {
      name: language === 'en' ? 'Shop' : '维修店',
      terms: '',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
    },
    repair: {
      number: '20231027001',
      link,
      receivedAt,
      faultText: '',
      faultUnknown: true,
      dropped: false,
      liquid: false,
      intermittent: false,
      backup: 'unknown',
      priority: 'normal',
      warrantyKind: 'none',
      dataLossWaiver: false,
      partsPolicy: 'any',
      oldPartBack: false,
    },
    customer: null,
    device: { category: language === 'en' ? 'Phone' : '手机', brand: '', model: '', knownDefects: [] },
    checks: [],
    accessories: [],
  }
}

/** `text` repeated up to exactly `length` characters. */
export function longText(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length)
}

/** An ordinary repair with a fault text of 3,040 characters and twelve accessories. */
export function longRepair(base: IntakeSheetData): IntakeSheetData {
  const english = base.language === 'en'
  return {
    ...base,
    repair: { ...base.repair, faultText: longText(`${base.repair.faultText} `, 3040) },
    accessories: Array.from({ length: 12 }, (_, i) => ({
      name: english ? `Accessory number ${i + 1}` : `第 ${i + 1} 件附件`,
      serial: i % 2 === 0 ? `SN-2023-${1000 + i}` : null,
    })),
  }
}

/** Every field as long as the contract allows, or nearly. */
export function overfullRepair(base: IntakeSheetData): IntakeSheetData {
  const english = base.language === 'en'
  const long = (length: number) =>
    longText(english ? 'Extraordinarily long entry, really. ' : '非常非常长的一段内容，写也写不完。', length)
  return {
    ...base,
    shop: { ...base.shop, name: long(120), address: long(400), terms: long(4000) },
    repair: {
      ...base.repair,
      number: 'SHOPCODE20231027001',
      faultText: long(4000),
      problemType: long(80),
      faultSince: long(120),
      otherReference: long(80),
      mayCollect: long(200),
      bin: long(30),
      clerk: long(80),
    },
    customer: {
      kind: 'company',
      name: long(120),
      phones: Array.from({ length: 10 }, (_, i) => ({ number: `+86 138 0013 80${10 + i}`, label: long(30) })),
      email: `${'a'.repeat(200)}@example.com`,
      address: long(400),
      taxNumber: '9'.repeat(40),
      contacts: [
        { name: long(80), role: long(60), phone: '+86 138 0013 8000' },
        { name: long(80), role: long(60), phone: '+86 138 0013 8000' },
      ],
      channel: 'wechat',
      consentToContact: false,
    },
    device: {
      ...base.device,
      category: long(80),
      brand: long(80),
      model: long(120),
      colour: long(40),
      serial: 'S'.repeat(60),
      seller: long(120),
      knownDefects: Array.from({ length: 10 }, () => long(500)),
    },
    checks: Array.from({ length: 60 }, (_, i) => ({
      label: long(40),
      result: (['works', 'faulty', 'untestable'] as const)[i % 3] ?? 'works',
      note: long(200),
    })),
    accessories: Array.from({ length: 40 }, () => ({ name: long(80), serial: 'X'.repeat(60) })),
    signature: null,
    noSignatureReason: 'other',
    noSignatureNote: long(300),
  }
}
