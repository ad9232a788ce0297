import type { PaperKind } from '#contract/documents.ts'
import type { RepairPart } from '#contract/stock.ts'
import type { LabourLine, TestRun } from '#contract/work.ts'

import { sampleDisposal } from './sample-disposal.ts'
import {
  sampleCharges,
  sampleCreditNote,
  sampleInvoice,
  samplePayment,
  sampleQuote,
  sampleShift,
  sampleStatement,
} from './sample-money.ts'
import {
  picker,
  sampleAt,
  sampleCustomer,
  sampleDay,
  sampleLink,
  sampleNumber,
  sampleRepair,
  sampleUid,
} from './sample-repair.ts'
import type { Pick } from './sample-repair.ts'
import type { PaperData, SampleShop } from './types.ts'

/** Made-up papers, so that a shop sees its head, terms and logo in print before the first customer does. */

const label = (zh: string, en: string) => ({ zh, en })

function labour(say: Pick): LabourLine[] {
  return [
    {
      id: 1,
      uid: sampleUid,
      version: 1,
      repairId: 1,
      serviceId: null,
      description: say('更换屏幕', 'Screen replacement'),
      standardMinutes: 45,
      actualMinutes: 52,
      runningSince: null,
      runningBy: null,
      doneOn: '2026-03-11',
      credits: [{ userId: 1, userName: say('李工', 'Sam Bench'), shareBp: 10_000 }],
      chargeLineId: null,
      note: '',
    },
  ]
}

function parts(state: RepairPart['state']): RepairPart[] {
  return [
    {
      id: 1,
      uid: sampleUid,
      version: 1,
      repairId: 1,
      partId: 1,
      partNumber: 'SCR-EX12-BK',
      label: label('屏幕总成', 'Screen assembly'),
      serialised: true,
      returnable: true,
      quantity: 1000,
      state,
      serial: state === 'used' ? 'SCR-88120456' : '',
      oldSerial: state === 'used' ? 'SCR-10034871' : '',
      reason: '',
      personId: null,
      personName: null,
      chargeLineId: null,
      available: 2000,
      binName: 'B-03',
      changedAt: sampleAt,
    },
  ]
}

const testLabels = [
  label('显示', 'Display'),
  label('触摸', 'Touch'),
  label('摄像头', 'Cameras'),
  label('充电', 'Charging'),
  label('通话', 'Calls'),
]

function testRun(say: Pick): TestRun {
  return {
    id: 1,
    uid: sampleUid,
    at: sampleAt + 2 * sampleDay,
    userName: say('李工', 'Sam Bench'),
    passed: true,
    note: '',
    results: testLabels.map((one, index) => ({
      itemId: index + 1,
      label: one,
      result: index === 4 ? 'not_applicable' : 'passed',
      note: index === 4 ? say('未插卡', 'no SIM card') : '',
    })),
  }
}

function loan(say: Pick) {
  return {
    id: 1,
    uid: sampleUid,
    version: 1,
    loanerId: 1,
    loanerUid: sampleUid,
    loanerName: say('示例 手机 8', 'Example Phone 8'),
    serial: 'LOAN-0007',
    repairId: 1,
    repairUid: sampleUid,
    repairNumber: sampleNumber,
    customerName: say('张三（样张）', 'Alex Sample'),
    lentAt: sampleAt,
    lentBy: say('王前台', 'Kim Counter'),
    dueOn: '2026-03-16',
    conditionOut: say('完好，带充电器和保护壳。', 'In order, with charger and case.'),
    signatureUid: null,
    returnedAt: null,
    returnedTo: null,
    conditionIn: '',
  }
}

function sampleNotice(say: Pick) {
  const body = say(
    '张三（样张），您好：\n\n您送修的设备已处理完毕，可以来店取机。\n请携带取机单。',
    'Dear Alex Sample,\n\nYour device is ready to be collected.\nPlease bring your ticket.',
  )
  return {
    kind: 'ready' as const,
    subject: '',
    body,
    createdAt: sampleAt,
    createdBy: say('王前台', 'Kim Counter'),
  }
}

function sampleWork(say: Pick) {
  return {
    labour: labour(say),
    parts: parts('used'),
    external: [],
    tests: [testRun(say)],
    lines: sampleCharges(say),
  }
}

/** The sample of a kind of paper under the shop's own head. */
export function samplePaper(
  kind: PaperKind,
  { shop, language, size, pricesIncludeTax }: SampleShop,
): PaperData {
  const say = picker(language)
  const base = { shop, language, size }
  const repair = sampleRepair(say)
  const customer = sampleCustomer(say, language)
  const bench = { ...base, repair, link: sampleLink }
  switch (kind) {
    case 'quote':
      return { ...base, kind, repair, customer, quote: sampleQuote(say, pricesIncludeTax), signature: null }
    case 'job_card':
      return { ...bench, kind, labour: labour(say), parts: parts('reserved'), tests: testLabels }
    case 'test_report':
      return { ...base, kind, repair, customer, run: testRun(say) }
    case 'service_report':
      return { ...bench, kind, customer, ...sampleWork(say) }
    case 'loaner_agreement':
      return { ...base, kind, loan: loan(say), valueMinor: 120_000, customer, signature: null }
    case 'letter':
      return { ...base, kind, repair, customer, notice: sampleNotice(say) }
    case 'disposal_record':
      return { ...base, kind, repair, customer, ...sampleDisposal(say) }
    case 'invoice':
      return { ...base, kind, invoice: sampleInvoice(say, pricesIncludeTax, shop.currency) }
    case 'credit_note':
      return {
        ...base,
        kind: 'invoice',
        invoice: sampleCreditNote(say, pricesIncludeTax, shop.currency),
      }
    case 'receipt': {
      const { number, openMinor } = sampleInvoice(say, pricesIncludeTax, shop.currency)
      return {
        ...base,
        kind,
        payment: samplePayment(say, 'payment'),
        open: [{ number, openMinor }],
        depositHeldMinor: null,
        soldTo: null,
      }
    }
    case 'deposit_slip':
      return {
        ...base,
        kind: 'receipt',
        payment: samplePayment(say, 'deposit'),
        open: [],
        depositHeldMinor: 10_000,
        soldTo: null,
      }
    case 'statement':
      return {
        ...base,
        kind,
        customer,
        from: '2026-03-01',
        to: '2026-03-31',
        statement: sampleStatement(),
      }
    case 'shift_report':
      return { ...base, kind, report: sampleShift(say) }
  }
}
