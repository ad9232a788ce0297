import { nameKey } from '#contract/names.ts'
import type { CommandContext } from '../context.ts'
import { findEntries } from '../dictionaries/queries.ts'
import { insertService } from './service-store.ts'
import { defaultTaxCodeId } from './tax-store.ts'

type SeedService = readonly [zh: string, en: string, standardMinutes: number]

/** What every shop does, whatever the device. */
const general: readonly SeedService[] = [
  ['检测', 'Diagnosis', 30],
  ['人工（每小时）', 'Labour, per hour', 60],
  ['除尘清洁', 'Cleaning', 30],
  ['加急服务', 'Express service', 0],
]

/** Common repairs per category code (dictionaries/seed/categories.ts); the shop sets its own prices. */
const byCategory: Readonly<Record<string, readonly SeedService[]>> = {
  phone: [
    ['更换屏幕总成', 'Replace display', 45],
    ['更换电池', 'Replace battery', 30],
    ['更换尾插/充电口', 'Replace charging port', 45],
    ['更换后盖', 'Replace back cover', 40],
    ['更换摄像头', 'Replace camera', 40],
    ['更换听筒/扬声器', 'Replace earpiece or speaker', 35],
    ['进水处理', 'Liquid damage treatment', 90],
    ['主板维修', 'Board repair', 120],
    ['系统刷机/升级', 'Reinstall or update software', 40],
    ['数据迁移', 'Data transfer', 60],
  ],
  tablet: [
    ['更换屏幕', 'Replace display', 75],
    ['更换电池', 'Replace battery', 60],
    ['更换充电口', 'Replace charging port', 60],
  ],
  laptop: [
    ['更换屏幕', 'Replace display', 60],
    ['更换键盘', 'Replace keyboard', 60],
    ['更换电池', 'Replace battery', 30],
    ['更换硬盘并迁移系统', 'Replace drive and move the system', 120],
    ['加装内存', 'Add memory', 20],
    ['清灰换硅脂', 'Clean fan, renew thermal paste', 45],
    ['主板维修', 'Board repair', 150],
    ['重装系统', 'Reinstall the system', 90],
  ],
  desktop: [
    ['更换电源', 'Replace power supply', 40],
    ['更换主板', 'Replace mainboard', 90],
    ['重装系统', 'Reinstall the system', 90],
  ],
  monitor: [['更换背光/电源板', 'Replace backlight or power board', 75]],
  tv: [
    ['更换背光灯条', 'Replace backlight strips', 90],
    ['更换电源板', 'Replace power board', 60],
    ['更换主板', 'Replace main board', 60],
    ['上门服务', 'Visit at the customer', 60],
  ],
  printer: [
    ['更换硒鼓/墨盒组件', 'Replace drum or cartridge unit', 30],
    ['更换搓纸轮', 'Replace pick-up roller', 40],
    ['喷头清洗', 'Clean print head', 45],
  ],
  camera: [
    ['清洁感光元件', 'Clean sensor', 30],
    ['更换快门组件', 'Replace shutter', 120],
    ['镜头维修', 'Lens repair', 120],
  ],
  drone: [
    ['更换云台', 'Replace gimbal', 60],
    ['更换电机/桨臂', 'Replace motor or arm', 60],
  ],
  console: [
    ['更换 HDMI 接口', 'Replace HDMI port', 75],
    ['手柄摇杆维修', 'Repair controller stick', 40],
  ],
  headphones: [['更换电池/线材', 'Replace battery or cable', 45]],
  watch: [
    ['更换电池', 'Replace battery', 20],
    ['更换表镜/屏幕', 'Replace glass or display', 45],
  ],
  ebike: [
    ['更换控制器', 'Replace controller', 60],
    ['更换电机', 'Replace motor', 90],
    ['更换轮胎', 'Replace tyre', 40],
    ['刹车调整', 'Adjust brakes', 20],
  ],
  coffee: [
    ['除垢保养', 'Descale and service', 45],
    ['更换水泵', 'Replace pump', 60],
  ],
  rice_cooker: [['更换加热盘/温控', 'Replace heating plate or thermostat', 45]],
  microwave: [['更换磁控管', 'Replace magnetron', 60]],
  vacuum: [['更换电机', 'Replace motor', 60]],
  robot_vacuum: [['更换电池/边刷电机', 'Replace battery or brush motor', 45]],
  fan: [['更换电机/电容', 'Replace motor or capacitor', 40]],
  washing_machine: [
    ['更换排水泵', 'Replace drain pump', 60],
    ['更换轴承', 'Replace bearings', 150],
    ['更换电脑板', 'Replace control board', 60],
    ['拆洗', 'Strip and clean', 120],
  ],
  dishwasher: [['更换加热器/水泵', 'Replace heater or pump', 75]],
  fridge: [
    ['加注制冷剂', 'Recharge refrigerant', 90],
    ['更换压缩机', 'Replace compressor', 180],
    ['更换温控器', 'Replace thermostat', 60],
  ],
  aircon: [
    ['加注制冷剂', 'Recharge refrigerant', 60],
    ['清洗', 'Cleaning', 60],
    ['移机', 'Move the unit', 180],
  ],
}

/** Labour items a shop starts with: names and standard times, prices still to be set. */
export function seedServices(ctx: CommandContext): void {
  const taxCodeId = defaultTaxCodeId(ctx.db)
  if (taxCodeId === undefined) return
  const categories = new Map(
    findEntries(ctx, { kinds: ['device_category'] }).map((entry) => [entry.code, entry.id]),
  )
  const add = (categoryId: number | null, [nameZh, nameEn, standardMinutes]: SeedService): void => {
    insertService(ctx.db, {
      uid: ctx.newUid(),
      nameZh,
      nameEn,
      searchText: nameKey(`${nameZh} ${nameEn}`),
      categoryId,
      standardMinutes,
      priceMinor: 0,
      taxCodeId,
    })
  }
  for (const service of general) add(null, service)
  for (const [code, items] of Object.entries(byCategory)) {
    const categoryId = categories.get(code)
    if (categoryId !== undefined) for (const item of items) add(categoryId, item)
  }
}
