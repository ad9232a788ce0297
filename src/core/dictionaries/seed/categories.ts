/** What a category asks of an intake: a serial or IMEI, the check list filled in, this many photos. */
export interface SeedCategory {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly needsSerial?: true
  readonly needsChecks?: true
  readonly minPhotos?: number
  /** Check list: code of a list in checks.ts. */
  readonly checks: string
  /** Test list before hand-over: code of a list in tests.ts. */
  readonly tests?: string
}

/**
 * Device categories of a general repair shop. A phone is photographed from both sides, because scratches and
 * broken glass are what people argue about; nothing else asks for photos until the shop says so.
 */
export const seedCategories: readonly SeedCategory[] = [
  {
    code: 'phone',
    zh: '手机',
    en: 'Mobile phone',
    needsSerial: true,
    needsChecks: true,
    minPhotos: 2,
    checks: 'phone',
    tests: 'phone',
  },
  {
    code: 'tablet',
    zh: '平板电脑',
    en: 'Tablet',
    needsSerial: true,
    needsChecks: true,
    checks: 'tablet',
    tests: 'tablet',
  },
  {
    code: 'laptop',
    zh: '笔记本电脑',
    en: 'Laptop',
    needsSerial: true,
    needsChecks: true,
    checks: 'laptop',
    tests: 'laptop',
  },
  { code: 'desktop', zh: '台式电脑', en: 'Desktop computer', checks: 'desktop', tests: 'desktop' },
  { code: 'monitor', zh: '显示器', en: 'Monitor', checks: 'screen', tests: 'screen' },
  { code: 'tv', zh: '电视机', en: 'Television', checks: 'screen', tests: 'screen' },
  { code: 'projector', zh: '投影仪', en: 'Projector', checks: 'screen', tests: 'screen' },
  { code: 'printer', zh: '打印机/扫描仪', en: 'Printer/scanner', checks: 'printer' },
  { code: 'router', zh: '路由器', en: 'Router', checks: 'basic' },
  { code: 'camera', zh: '相机', en: 'Camera', checks: 'camera' },
  { code: 'drone', zh: '无人机', en: 'Drone', checks: 'camera' },
  { code: 'console', zh: '游戏机', en: 'Games console', checks: 'console' },
  { code: 'headphones', zh: '耳机', en: 'Headphones', checks: 'audio' },
  { code: 'audio', zh: '音响', en: 'Hi-fi and speakers', checks: 'audio' },
  { code: 'watch', zh: '手表/手环', en: 'Watch', checks: 'watch' },
  { code: 'ebike', zh: '电动车/滑板车', en: 'E-bike and scooter', checks: 'ebike' },
  { code: 'coffee', zh: '咖啡机', en: 'Coffee maker', checks: 'water', tests: 'water' },
  { code: 'kettle', zh: '电水壶', en: 'Kettle', checks: 'water', tests: 'water' },
  { code: 'rice_cooker', zh: '电饭煲', en: 'Rice cooker', checks: 'heat', tests: 'heat' },
  { code: 'microwave', zh: '微波炉', en: 'Microwave oven', checks: 'heat', tests: 'heat' },
  { code: 'induction', zh: '电磁炉', en: 'Induction hob', checks: 'heat', tests: 'heat' },
  { code: 'toaster', zh: '烤面包机', en: 'Toaster', checks: 'heat', tests: 'heat' },
  { code: 'food_processor', zh: '料理机', en: 'Food processor', checks: 'motor', tests: 'motor' },
  { code: 'vacuum', zh: '吸尘器', en: 'Vacuum', checks: 'motor', tests: 'motor' },
  { code: 'robot_vacuum', zh: '扫地机器人', en: 'Robot vacuum', checks: 'motor', tests: 'motor' },
  { code: 'fan', zh: '电风扇', en: 'Fan', checks: 'motor', tests: 'motor' },
  { code: 'hair_dryer', zh: '电吹风', en: 'Hair dryer', checks: 'heat', tests: 'heat' },
  { code: 'iron', zh: '电熨斗', en: 'Iron', checks: 'heat', tests: 'heat' },
  { code: 'sewing_machine', zh: '缝纫机', en: 'Sewing machine', checks: 'motor' },
  { code: 'power_tool', zh: '电动工具', en: 'Power tool', checks: 'motor' },
  { code: 'lamp', zh: '灯具', en: 'Lamp', checks: 'basic' },
  { code: 'washing_machine', zh: '洗衣机', en: 'Washing machine', checks: 'water', tests: 'water' },
  { code: 'dishwasher', zh: '洗碗机', en: 'Dishwasher', checks: 'water', tests: 'water' },
  { code: 'fridge', zh: '冰箱', en: 'Refrigerator', checks: 'cooling', tests: 'cooling' },
  { code: 'aircon', zh: '空调', en: 'Air conditioner', checks: 'cooling', tests: 'cooling' },
  { code: 'other', zh: '其他', en: 'Other', checks: 'basic' },
]
