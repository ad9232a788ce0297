import type { Language } from '#contract/fields.ts'
import type { RepairOutcome, RepairState } from '#contract/repair-states.ts'

/** What a customer reads of a repair: fewer and plainer words than the shop's own. */
interface ReportWords {
  readonly title: string
  readonly received: string
  readonly promised: string
  readonly collected: string
  readonly fault: string
  readonly findings: string
  readonly work: string
  readonly parts: string
  readonly replaced: string
  readonly tested: string
  readonly outcome: string
  readonly download: string
  readonly contact: string
  readonly unknownTitle: string
  readonly unknownText: string
  readonly states: Record<RepairState, string>
  readonly outcomes: Record<RepairOutcome, string>
}

const en: ReportWords = {
  title: 'Your repair',
  received: 'Received',
  promised: 'Promised for',
  collected: 'Collected',
  fault: 'What you told us',
  findings: 'What we found',
  work: 'What we did',
  parts: 'Parts fitted',
  replaced: 'replaces',
  tested: 'Tested after the repair, everything passed.',
  outcome: 'Result',
  download: 'Service report (PDF)',
  contact: 'Questions? Call us:',
  unknownTitle: 'This link leads nowhere',
  unknownText:
    'It may have been typed wrong or taken back. Please ask at the shop, with the number on your ticket.',
  states: {
    waiting: 'Waiting for a technician',
    suspended: 'On hold',
    assigned: 'A technician has been assigned',
    diagnosing: 'Being examined',
    awaiting_approval: 'Waiting for your answer to our quote',
    awaiting_parts: 'Waiting for parts',
    in_repair: 'Being repaired',
    testing: 'Being tested',
    at_vendor: 'Sent to the manufacturer or a specialist',
    processed: 'Ready for collection',
    collected: 'Collected',
    closed: 'Completed',
    cancelled: 'Cancelled',
    unclaimed: 'Not collected',
  },
  outcomes: {
    repaired: 'Repaired',
    replaced_unit: 'Replaced by another unit',
    no_fault_found: 'No fault found',
    beyond_economic_repair: 'Not worth repairing',
    not_repairable: 'Cannot be repaired',
    declined: 'Not repaired, as you asked',
    returned_unrepaired: 'Returned unrepaired',
    unknown: 'Unknown',
  },
}

const zh: ReportWords = {
  title: '您的维修单',
  received: '接机日期',
  promised: '预计完成',
  collected: '取机日期',
  fault: '您反映的故障',
  findings: '检测情况',
  work: '维修内容',
  parts: '更换配件',
  replaced: '换下',
  tested: '维修后已质检，全部合格。',
  outcome: '维修结果',
  download: '服务报告（PDF）',
  contact: '如有疑问，请致电：',
  unknownTitle: '链接无效',
  unknownText: '链接可能有误或已被收回。请凭取机单上的单号到店查询。',
  states: {
    waiting: '等待安排工程师',
    suspended: '暂缓处理',
    assigned: '已安排工程师',
    diagnosing: '检测中',
    awaiting_approval: '等待您确认报价',
    awaiting_parts: '等待配件',
    in_repair: '维修中',
    testing: '质检中',
    at_vendor: '已送厂家或专业机构维修',
    processed: '已修好，可取机',
    collected: '已取机',
    closed: '已完成',
    cancelled: '已取消',
    unclaimed: '逾期未取',
  },
  outcomes: {
    repaired: '已修好',
    replaced_unit: '已更换整机',
    no_fault_found: '未发现故障',
    beyond_economic_repair: '不值得维修',
    not_repairable: '无法维修',
    declined: '按您的要求未维修',
    returned_unrepaired: '未修退回',
    unknown: '未知',
  },
}

export const reportWords: Record<Language, ReportWords> = { en, 'zh-CN': zh }
