import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { RepairState } from '#contract/repair-states.ts'
import type { SeedCode } from './codes.ts'

/** What people leave with a device. */
const accessories: readonly SeedCode[] = [
  ['charger', '充电器', 'Charger'],
  ['cable', '数据线', 'Cable'],
  ['power_cord', '电源线', 'Power cord'],
  ['adapter', '电源适配器', 'Power adapter'],
  ['battery', '电池', 'Battery'],
  ['sim', 'SIM 卡', 'SIM card'],
  ['memory_card', '存储卡', 'Memory card'],
  ['case', '保护壳', 'Protective case'],
  ['bag', '包', 'Bag'],
  ['box', '包装盒', 'Original box'],
  ['stylus', '手写笔', 'Stylus'],
  ['keyboard', '键盘', 'Keyboard'],
  ['mouse', '鼠标', 'Mouse'],
  ['remote', '遥控器', 'Remote control'],
  ['controller', '游戏手柄', 'Game controller'],
  ['headset', '耳机', 'Headset'],
  ['lens', '镜头', 'Lens'],
  ['strap', '表带/背带', 'Strap'],
  ['key', '钥匙', 'Key'],
  ['stand', '底座/支架', 'Stand'],
  ['hose', '软管', 'Hose'],
  ['warranty_card', '三包凭证', 'Warranty card'],
  ['invoice', '购买发票', 'Purchase invoice'],
]

const suspensionReasons: readonly SeedCode[] = [
  ['customer_deciding', '客户考虑中', 'Customer is still deciding'],
  ['customer_brings', '等客户补送物品', 'Customer will bring something'],
  ['proof_missing', '等购买凭证', 'Waiting for proof of purchase'],
  ['unreachable', '联系不上客户', 'Customer cannot be reached'],
  ['customer_away', '客户出差/旅行', 'Customer is away'],
  ['no_capacity', '暂无人手', 'No technician free'],
  ['price_unclear', '等待厂家报价', 'Waiting for the maker’s price'],
  ['other', '其他原因', 'Other reason'],
]

export const seedCounter: readonly (readonly [DictionaryKind, readonly SeedCode[]])[] = [
  ['accessory', accessories],
  ['suspension_reason', suspensionReasons],
]

/** Sub-statuses a shop starts with; each rolls up to a core state (domain §3.2). */
export const seedSubStatuses: readonly (readonly [
  state: RepairState,
  code: string,
  zh: string,
  en: string,
])[] = [
  ['waiting', 'waiting_appointment', '预约上门/到店', 'By appointment'],
  ['waiting', 'waiting_urgent', '加急排队', 'Express queue'],
  ['diagnosing', 'diagnosing_observe', '观察中（偶发故障）', 'Under observation'],
  ['awaiting_approval', 'approval_quote_sent', '报价已发送', 'Quote sent'],
  ['awaiting_approval', 'approval_calling', '电话联系中', 'Calling the customer'],
  ['awaiting_parts', 'parts_to_order', '待订货', 'To be ordered'],
  ['awaiting_parts', 'parts_ordered', '已订货', 'Ordered'],
  ['awaiting_parts', 'parts_back_ordered', '缺货排队', 'Back-ordered'],
  ['awaiting_parts', 'parts_on_the_way', '在途', 'On the way'],
  ['in_repair', 'repair_drying', '烘干/清洗中', 'Drying or cleaning'],
  ['testing', 'testing_long_run', '老化测试', 'Long-run test'],
  ['at_vendor', 'vendor_shipped', '已寄出', 'Shipped'],
  ['at_vendor', 'vendor_repairing', '厂家维修中', 'Being repaired there'],
  ['at_vendor', 'vendor_returning', '寄回途中', 'On its way back'],
  ['processed', 'ready_notified', '已通知取机', 'Customer told'],
  ['processed', 'ready_delivery', '等待送货', 'To be delivered'],
  ['collected', 'collected_call_again', '约定再次回访', 'Call again as agreed'],
]
