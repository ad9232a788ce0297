import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openTable } from '#host/tabular/open-table.ts'
import type { Random } from './measure.ts'

/** Words the generated shop's customers, devices and faults are made of. */
export interface Vocabulary {
  /** Fault texts in Latin scripts: of the real Open Repair rows where they are to be had. */
  readonly faults: readonly string[]
  readonly real: boolean
}

/** Where the real rows lie: beside the project, as in the issue. */
export function openRepairFiles(root: string): string[] {
  const folder = join(root, '..', 'shared', 'data', 'openrepair')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^OpenRepairData_.*_\d{6}\.csv$/.test(name))
    .toSorted()
    .map((name) => join(folder, name))
}

const builtInFaults = [
  'Does not turn on, the charger is fine',
  'Battery empty after an hour and the back gets hot',
  'Screen cracked after a fall, touch works at the top only',
  'Wasserhahn der Kaffeemaschine tropft, Pumpe läuft',
  'Kein Ton auf der linken Seite',
  'Lamp flickers, fuse replaced twice',
  'No carga, conector suelto',
  'Le ventilateur fait du bruit',
  'Keyboard: letter e and space stuck',
  'Vacuum loses suction, filter was cleaned',
]

/** Reads the fault texts of the real rows; without them a few built-in sentences must do. */
export async function readVocabulary(root: string): Promise<Vocabulary> {
  const faults: string[] = []
  for (const path of openRepairFiles(root)) {
    const table = await openTable(path)
    const at = table.columns.indexOf('problem')
    for await (const batch of table.batches(1000)) {
      for (const { cells } of batch.rows) if (cells[at]) faults.push(cells[at])
    }
  }
  return faults.length > 0 ? { faults, real: true } : { faults: builtInFaults, real: false }
}

const parts =
  '屏幕 主板 电池 充电口 摄像头 听筒 扬声器 后盖 按键 触摸屏 指纹 风扇 键盘 硬盘 内存 电源 水泵 加热管 滤网 马达 遥控器 显示器'.split(
    ' ',
  )
const troubles =
  '进水 黑屏 不开机 无法充电 碎裂 发热严重 自动关机 有杂音 没有声音 闪屏 花屏 失灵 松动 漏水 跳闸 冒烟 卡死 无信号 异响 不转动'.split(
    ' ',
  )
const circumstances = [
  '客户要求尽快',
  '昨天摔过一次',
  '用了两年',
  '刚买不久',
  '之前修过',
  '需要备份资料',
  '偶尔会好',
  '换过电池',
  '请检测后报价',
  '雷雨后出现',
  '',
]
const families = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单',
]
const givens = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰涛明超秀兰霞平刚桂英华玉萍红娥玲芬燕彩春菊凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思',
]
const latinNames =
  'Maria Anna Peter Hans Jürgen José Łukasz Zoë François Lars Emily John Nguyen Müller Schmidt Lopez García Smith Brown Meyer Kowalski Rossi Bianchi Dubois Hansen'.split(
    ' ',
  )

/** A fault as it is written down at a Chinese counter. */
export function chineseFault({ next, pick }: Random): string {
  const more = next() < 0.5 ? `${pick(parts)}${pick(troubles)}，` : ''
  const said = next() < 0.2 ? `，机主王先生说${pick(parts)}也有问题` : ''
  return `${pick(parts)}${pick(troubles)}，${more}${pick(circumstances)}${said}`
}

export function faultText(vocabulary: Vocabulary, by: Random): string {
  return by.next() < 0.6 ? chineseFault(by) : by.pick(vocabulary.faults)
}

/** Four of five customers have a Chinese name. */
export function personName({ next, pick }: Random): string {
  if (next() < 0.2) return `${pick(latinNames)} ${pick(latinNames)}`
  return pick(families) + pick(givens) + (next() < 0.7 ? pick(givens) : '')
}

const mobilePrefixes = ['138', '139', '150', '151', '158', '186', '188', '177', '135', '199']

export function phoneNumber({ pick, int }: Random): string {
  return pick(mobilePrefixes) + String(int(1e8)).padStart(8, '0')
}

const serialLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'

export function serialNumber({ int }: Random): string {
  return Array.from({ length: 11 }, () => serialLetters[int(serialLetters.length)]).join('')
}

/** Fifteen digits, the last one by Luhn, as a scanner reads it. */
export function imeiNumber({ int }: Random): string {
  const digits = `35${String(int(1e12)).padStart(12, '0')}`
  let sum = 0
  for (const [index, digit] of [...digits].entries()) {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits + String((10 - (sum % 10)) % 10)
}
