/** The demonstration shop's people, customers and repairs; nothing in it is anybody's real data. */

export interface DemoPerson {
  readonly login: string
  readonly role: 'owner' | 'manager' | 'counter' | 'technician' | 'storekeeper' | 'claims_clerk'
  readonly zh: string
  readonly en: string
}

/** All have the password `benchside-demo` and the PIN 2468 (README). */
export const demoPeople: readonly DemoPerson[] = [
  { login: 'owner', role: 'owner', zh: '陈国栋', en: 'Grace Chen' },
  { login: 'manager', role: 'manager', zh: '林晓梅', en: 'Mary Lin' },
  { login: 'counter', role: 'counter', zh: '周倩', en: 'Quinn Zhou' },
  { login: 'tech', role: 'technician', zh: '刘强', en: 'Leo Strong' },
  { login: 'tech2', role: 'technician', zh: '孙丽', en: 'Lily Sun' },
  { login: 'store', role: 'storekeeper', zh: '马超', en: 'Martin Ma' },
  { login: 'claims', role: 'claims_clerk', zh: '何静', en: 'Jean He' },
]

export interface DemoCustomer {
  readonly zh: string
  readonly en: string
  readonly phone: string
  readonly tier?: 'gold' | 'vip'
  readonly company?: true
  /** Documents print in this language whatever the shop's is. */
  readonly language?: 'zh-CN' | 'en'
}

export const demoCustomers: readonly DemoCustomer[] = [
  { zh: '张伟', en: 'William Zhang', phone: '138 1234 5678', tier: 'gold' },
  { zh: '王芳', en: 'Fiona Wang', phone: '139-8765-4321' },
  { zh: '李娜', en: 'Nora Lee', phone: '13600112233' },
  { zh: '单晓东', en: 'Edward Stone', phone: '+86 158 0011 2299' },
  { zh: '曾雪梅', en: 'Shirley Tseng', phone: '186 2345 6789', tier: 'vip' },
  { zh: '欧阳明', en: 'Owen Young', phone: '15012340987' },
  { zh: '赵磊', en: 'Ray Archer', phone: '137 7788 9900' },
  { zh: '吴敏', en: 'Mina Woods', phone: '159 2020 3030' },
  { zh: '安娜·施密特', en: 'Anna Schmidt', phone: '+49 30 1234567', language: 'en' },
  { zh: '约翰·史密斯', en: 'John Smith', phone: '+1 415 555 0134', language: 'en' },
  {
    zh: '星河科技有限公司',
    en: 'Star River Technology Ltd.',
    phone: '021-6688 1234',
    company: true,
    tier: 'gold',
  },
  { zh: '阳光幼儿园', en: 'Sunshine Kindergarten', phone: '021-5566 7788', company: true },
  { zh: '黄志远', en: 'Hugo West', phone: '135 4545 6767' },
  { zh: '徐佳怡', en: 'Joy Summers', phone: '182 9090 1212', tier: 'vip' },
  { zh: '高俊', en: 'Glen High', phone: '13512349999' },
  { zh: '郑爽', en: 'Susan Frost', phone: '133 6767 8989' },
]

/** Where a repair of the demonstration stands today. */
export type DemoEnd =
  | 'waiting'
  | 'unassigned_lock'
  | 'suspended'
  | 'assigned'
  | 'diagnosing'
  | 'awaiting_approval'
  | 'awaiting_parts'
  | 'in_repair'
  | 'testing'
  | 'at_vendor'
  | 'failed_once'
  | 'failed_twice'
  | 'manual_lock'
  | 'processed'
  | 'collected'
  | 'unreached'
  | 'satisfied'
  | 'verified'
  | 'not_reached'
  | 'dissatisfied'
  | 'cancelled'
  | 'unclaimed'

export interface DemoRepair {
  readonly customer: number
  /** Seed codes. */
  readonly category: string
  readonly brand: string
  readonly model: string
  readonly serial: string
  readonly zh: string
  readonly en: string
  readonly daysAgo: number
  readonly end: DemoEnd
  readonly priority?: 'low' | 'high' | 'urgent'
  readonly engineer?: 'tech' | 'tech2'
  readonly bin?: string
  readonly accessories?: readonly string[]
  readonly passcode?: string
  readonly estimateMinor?: number
  readonly dueInDays?: number
}

const repair = (
  customer: number,
  product: readonly [category: string, brand: string, model: string, serial: string],
  words: readonly [zh: string, en: string],
  daysAgo: number,
  end: DemoEnd,
  rest: Partial<DemoRepair> = {},
): DemoRepair => {
  const [category, brand, model, serial] = product
  const [zh, en] = words
  return { customer, category, brand, model, serial, zh, en, daysAgo, end, ...rest }
}

export const demoRepairs: readonly DemoRepair[] = [
  repair(
    0,
    ['phone', 'Apple', 'iPhone 14', 'F2LLQ8ZZN1'],
    ['屏幕右下角碎裂，触摸时好时坏', 'Screen cracked at the lower right, touch works on and off'],
    0,
    'waiting',
    { priority: 'high', bin: 'A-03', accessories: ['case'], passcode: '258036', estimateMinor: 128000 },
  ),
  repair(
    1,
    ['laptop', 'Lenovo', 'ThinkPad X1 Carbon', 'PF3K9XY2'],
    ['开机黑屏，风扇转，键盘灯亮', 'Black screen when switched on; fan and keyboard light work'],
    0,
    'waiting',
    { bin: 'B-01', accessories: ['adapter', 'bag'] },
  ),
  repair(
    13,
    ['watch', 'Apple', 'Watch Series 9', 'GX7RV2M1K4'],
    ['表冠进水后按不动', 'Crown stuck after water got in'],
    1,
    'waiting',
    { bin: 'A-09', accessories: ['strap'] },
  ),
  repair(
    7,
    ['kettle', 'Midea', '', 'MK2024-118'],
    ['烧水时跳闸', 'Trips the fuse when heating'],
    6,
    'unassigned_lock',
    { priority: 'low' },
  ),
  repair(
    2,
    ['tablet', 'Huawei', 'MatePad 11', 'HWMP11-77120'],
    ['充不进电，插上没有反应', 'Does not charge, no reaction when plugged in'],
    4,
    'suspended',
    { bin: 'A-11', accessories: ['charger', 'cable'] },
  ),
  repair(
    8,
    ['camera', 'Canon', 'EOS R6', '032021004411'],
    ['对焦马达异响，无法合焦', 'Autofocus motor noisy and does not lock'],
    3,
    'suspended',
    { accessories: ['lens', 'battery'] },
  ),
  repair(
    3,
    ['phone', 'Xiaomi', 'Xiaomi 14', 'XM14-5501923'],
    ['电池鼓包，后盖顶起', 'Battery swollen, back cover lifted'],
    1,
    'assigned',
    { priority: 'urgent', engineer: 'tech', bin: 'A-05', passcode: '1470', estimateMinor: 29900 },
  ),
  repair(
    10,
    ['printer', 'HP', 'LaserJet M126', 'VNB3L12345'],
    ['卡纸，打印有黑线', 'Paper jams, black lines on prints'],
    1,
    'assigned',
    { engineer: 'tech2', bin: 'C-02', accessories: ['power_cord'] },
  ),
  repair(
    4,
    ['console', 'Sony', 'PlayStation 5', 'S01-9K33021X'],
    ['玩十分钟后自动关机', 'Switches itself off after ten minutes of play'],
    2,
    'assigned',
    { engineer: 'tech', accessories: ['controller', 'power_cord'] },
  ),
  repair(
    5,
    ['laptop', 'Apple', 'MacBook Air', 'C02ZL0AAJYWF'],
    ['键盘进咖啡，部分按键失灵', 'Coffee in the keyboard, some keys dead'],
    2,
    'diagnosing',
    { engineer: 'tech', priority: 'high', bin: 'B-04', accessories: ['adapter'], estimateMinor: 180000 },
  ),
  repair(
    6,
    ['robot_vacuum', 'Roborock', '', 'RRQ7-230098'],
    ['原地打转，提示雷达异常', 'Spins on the spot, reports a laser fault'],
    3,
    'diagnosing',
    { engineer: 'tech2', accessories: ['stand'] },
  ),
  repair(
    9,
    ['phone', 'Google', 'Pixel 8', 'GP8-41007XA'],
    ['后摄像头模糊，有水雾', 'Rear camera blurred, moisture behind the glass'],
    5,
    'awaiting_approval',
    { engineer: 'tech', passcode: 'L-pattern', estimateMinor: 89900 },
  ),
  repair(
    11,
    ['projector', 'Epson', '', 'X3FP9800123'],
    ['画面偏绿，灯泡提示更换', 'Picture turns green, lamp warning'],
    6,
    'awaiting_approval',
    { engineer: 'tech2', bin: 'C-05', accessories: ['remote'] },
  ),
  repair(
    12,
    ['coffee', 'DeLonghi', '', 'DL-ECAM22110'],
    ['不出咖啡，水泵有声音', 'No coffee although the pump runs'],
    8,
    'awaiting_parts',
    { engineer: 'tech2', bin: 'D-01' },
  ),
  repair(
    14,
    ['phone', 'Huawei', 'Mate 60 Pro', 'HWM60-889012'],
    ['屏幕有绿线', 'Green line across the display'],
    9,
    'awaiting_parts',
    { engineer: 'tech', bin: 'A-07', dueInDays: 5, passcode: '369258' },
  ),
  repair(
    15,
    ['drone', 'DJI', 'Mini 4 Pro', '1581F4XFC2'],
    ['摔机后云台抖动', 'Gimbal shakes after a crash'],
    5,
    'awaiting_parts',
    { engineer: 'tech2', accessories: ['battery', 'controller', 'bag'] },
  ),
  repair(0, ['monitor', 'Dell', '', 'CN0FX3Y21'], ['亮度忽明忽暗', 'Brightness flickers'], 4, 'in_repair', {
    engineer: 'tech',
    bin: 'C-08',
    accessories: ['power_cord', 'cable'],
  }),
  repair(
    10,
    ['laptop', 'Dell', 'XPS 13', '7HJ2KX3'],
    ['风扇噪音大，温度高', 'Loud fan, runs hot'],
    3,
    'in_repair',
    { engineer: 'tech2', bin: 'B-07', accessories: ['adapter'] },
  ),
  repair(
    1,
    ['rice_cooker', 'Midea', '', 'MB-RC5021'],
    ['煮饭夹生，温度不够', 'Rice stays raw, does not get hot enough'],
    2,
    'in_repair',
    { engineer: 'tech2' },
  ),
  repair(2, ['headphones', 'Sony', '', 'WH5-3301982'], ['左耳无声', 'Left side has no sound'], 3, 'testing', {
    engineer: 'tech',
    bin: 'A-12',
    accessories: ['case'],
  }),
  repair(
    8,
    ['watch', 'Garmin', '', 'GRM-6XP-0091'],
    ['无法定位，GPS 一直搜索', 'No position, GPS keeps searching'],
    12,
    'at_vendor',
    { engineer: 'tech2', dueInDays: 10 },
  ),
  repair(
    6,
    ['vacuum', 'Dyson', 'V12', 'DYV12-559001'],
    ['吸力弱，间歇停机', 'Weak suction, stops now and then'],
    5,
    'failed_once',
    { engineer: 'tech', accessories: ['charger'] },
  ),
  repair(
    13,
    ['laptop', 'ASUS', 'ZenBook 14', 'M8N0CX11'],
    ['偶尔蓝屏，重装系统后仍有', 'Blue screens now and then, even after reinstalling'],
    9,
    'failed_twice',
    { engineer: 'tech', dueInDays: 12, priority: 'high', bin: 'B-09' },
  ),
  repair(
    4,
    ['phone', 'Apple', 'iPhone 15 Pro', 'DX3J90PLQ1'],
    ['账号锁，客户称忘记密码', 'Account lock; customer says the password is lost'],
    4,
    'manual_lock',
    { bin: 'S-01' },
  ),
  repair(3, ['phone', 'vivo', '', 'VV-X100-7701'], ['听筒声音小', 'Earpiece too quiet'], 3, 'processed', {
    engineer: 'tech',
    bin: 'R-01',
    passcode: '0000',
  }),
  repair(
    5,
    ['fan', 'Gree', '', 'GRF-80021'],
    ['不摇头，有异响', 'Does not swing, makes noise'],
    5,
    'processed',
    { engineer: 'tech2', bin: 'R-02' },
  ),
  repair(
    15,
    ['tablet', 'Apple', 'iPad Air', 'DMPXQ2ABJF'],
    ['充电口松动', 'Loose charging port'],
    7,
    'processed',
    { engineer: 'tech', bin: 'R-04', accessories: ['charger', 'case'] },
  ),
  repair(
    9,
    ['hair_dryer', 'Dyson', '', 'HD08-119034'],
    ['温度过高自动断电', 'Overheats and cuts out'],
    6,
    'collected',
    { engineer: 'tech2' },
  ),
  repair(12, ['phone', 'OPPO', '', 'OP-FX6-22017'], ['更换电池', 'Battery replacement'], 8, 'collected', {
    engineer: 'tech',
  }),
  repair(
    14,
    ['router', 'Huawei', '', 'HWAX3-0012'],
    ['频繁掉线', 'Drops the connection all the time'],
    10,
    'unreached',
    { engineer: 'tech2' },
  ),
  repair(
    0,
    ['microwave', 'Midea', '', 'MM-720-3318'],
    ['转盘不转', 'Turntable does not turn'],
    16,
    'satisfied',
    { engineer: 'tech2' },
  ),
  repair(7, ['phone', 'Honor', '', 'HN-M6-99120'], ['后盖玻璃碎裂', 'Back glass broken'], 14, 'satisfied', {
    engineer: 'tech',
  }),
  repair(
    10,
    ['desktop', 'Lenovo', '', 'LNV-M75-001'],
    ['开机无显示', 'No picture after switching on'],
    18,
    'verified',
    { engineer: 'tech' },
  ),
  repair(
    10,
    ['desktop', 'Lenovo', '', 'LNV-M75-002'],
    ['硬盘异响', 'Hard disk makes noise'],
    18,
    'verified',
    { engineer: 'tech' },
  ),
  repair(11, ['audio', 'Sony', '', 'HTA5-00331'], ['低音炮无声', 'Subwoofer silent'], 20, 'verified', {
    engineer: 'tech2',
  }),
  repair(4, ['camera', 'Sony', '', 'A7M4-551920'], ['快门按钮失灵', 'Shutter button dead'], 22, 'verified', {
    engineer: 'tech2',
  }),
  repair(
    2,
    ['phone', 'Apple', 'iPhone 13', 'G0NF7Q2XPH'],
    ['面容识别不可用', 'Face ID not available'],
    24,
    'verified',
    { engineer: 'tech', passcode: '778899' },
  ),
  repair(
    1,
    ['power_tool', 'Bosch', '', 'GSB18-7781'],
    ['电钻不转，有火花', 'Drill does not turn, sparks'],
    19,
    'not_reached',
    { engineer: 'tech2' },
  ),
  repair(
    5,
    ['phone', 'Xiaomi', 'Redmi Note 13', 'RN13-330981'],
    ['充电时发烫', 'Gets hot while charging'],
    11,
    'dissatisfied',
    { engineer: 'tech' },
  ),
  repair(12, ['kettle', 'Midea', '', 'MK2023-901'], ['漏水', 'Leaks'], 10, 'cancelled'),
  repair(3, ['lamp', 'Philips', '', 'PH-LED-2207'], ['台灯不亮', 'Desk lamp dead'], 33, 'unclaimed', {
    engineer: 'tech2',
  }),
  repair(
    9,
    ['laptop', 'HP', '', '5CG0123ABC'],
    ['更换固态硬盘并迁移数据', 'Replace the SSD and move the data'],
    26,
    'verified',
    { engineer: 'tech' },
  ),
  repair(
    15,
    ['console', 'Nintendo', 'Switch', 'XKJ10012233445'],
    ['手柄漂移', 'Stick drift'],
    13,
    'satisfied',
    { engineer: 'tech2', accessories: ['controller'] },
  ),
  repair(
    6,
    ['sewing_machine', 'Brother', '', 'BR-JA14-66'],
    ['断线跳针', 'Breaks thread and skips stitches'],
    28,
    'verified',
    { engineer: 'tech2' },
  ),
]
