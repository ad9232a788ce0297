import { describe, expect, test } from 'vitest'

import { importProfile, importProfileDraft } from '#contract/import-profile.ts'
import { compileProfile } from '#host/tabular/map-rows.ts'
import { detectDateFormats, suggestMapping } from '#host/tabular/suggest.ts'

describe('the wizard proposes which column is which', () => {
  test('for a Chinese repair list, so that it can be imported as it is', () => {
    const columns = [
      '工单编号',
      '客户姓名',
      '联系方式',
      '产品型号',
      '故障描述',
      '服务人员',
      '服务状态',
      '创建时间',
      '完成时间',
      '维修费用(元)',
    ]
    const rows = [
      [
        '20231027001',
        '张三',
        '13800138000',
        'P50',
        '不开机',
        '李工',
        '已完成',
        '2023/10/27 9:05',
        '2023/10/29',
        '350',
      ],
      ['20231027002', '王五', '021-12345678', 'Mate 9', '屏碎', '李工', '处理中', '2023/10/27 10:00', '', ''],
      ['20231028001', '赵六', '13900139000', 'X', '进水', '陈工', '已取消', '2023/10/28 8:30', '', '0'],
    ]
    const { profile, unmatchedColumns, ambiguousDates } = suggestMapping('repairs', columns, rows)
    expect(Object.fromEntries(profile.columns.map((column) => [column.field, column.column]))).toEqual({
      number: '工单编号',
      customerName: '客户姓名',
      customerPhone: '联系方式',
      model: '产品型号',
      faultText: '故障描述',
      outcome: '服务状态',
      receivedOn: '创建时间',
      closedOn: '完成时间',
      priceMinor: '维修费用(元)',
    })
    expect(profile.sourceKey).toEqual(['工单编号'])
    expect([unmatchedColumns, ambiguousDates]).toEqual([['服务人员'], []])
    expect(importProfile.safeParse(profile).error).toBeUndefined()
    expect(rows.map(compileProfile(profile, columns).map)).toMatchObject([
      {
        ok: true,
        key: '20231027001',
        values: { receivedOn: '2023-10-27', closedOn: '2023-10-29', outcome: 'repaired', priceMinor: 35_000 },
      },
      { ok: true, values: { outcome: 'in_progress', closedOn: null, priceMinor: null } },
      { ok: true, values: { outcome: 'declined', priceMinor: 0 } },
    ])
  })

  test('for an English one', () => {
    const columns = [
      'Ticket #',
      'Customer Name',
      'Phone',
      'Make',
      'Model',
      'S/N',
      'Issue',
      'Status',
      'Date In',
      'Total',
    ]
    const rows = [
      [
        '1001',
        'Ann Lee',
        '+44 20 7946 0000',
        'Apple',
        'iPhone 12',
        'F2LX1',
        'No power',
        'Completed',
        '27/10/2023',
        '£80.00',
      ],
      ['1002', 'Bob', '020 7946 0001', 'Sony', 'WH-1000', '', 'Hinge', 'Declined', '01/11/2023', '0'],
    ]
    const { profile } = suggestMapping('repairs', columns, rows)
    expect(rows.map(compileProfile(profile, columns).map)).toMatchObject([
      {
        ok: true,
        key: '1001',
        values: {
          customerName: 'Ann Lee',
          brand: 'Apple',
          model: 'iPhone 12',
          serial: 'F2LX1',
          receivedOn: '2023-10-27',
          outcome: 'repaired',
          priceMinor: 8000,
        },
      },
      {
        ok: true,
        values: { serial: null, receivedOn: '2023-11-01', outcome: 'declined', faultText: 'Hinge' },
      },
    ])
  })

  test('for customers and devices', () => {
    const customers = suggestMapping(
      'customers',
      ['会员卡号', '姓名', '手机号码', '邮箱', '联系地址', '会员等级', '备注'],
      [['001', '张三', '13800138000', 'a@b.cn', '上海', '金牌', '']],
    )
    expect(customers.profile.columns.map((column) => column.field)).toEqual([
      'name',
      'phones',
      'email',
      'address',
      'tier',
      'notes',
    ])
    expect(customers.profile.sourceKey).toEqual(['会员卡号'])
    const devices = suggestMapping(
      'devices',
      ['品牌', '型号', '序列号', '购买日期', '机主', '机主电话'],
      [['华为', 'P50', 'SN1', '2021-05-01', '张三', '13800138000']],
    )
    expect(devices.profile.columns.map((column) => column.field)).toEqual([
      'brand',
      'model',
      'serial',
      'purchaseOn',
      'ownerName',
      'ownerPhone',
    ])
    expect(devices.profile.sourceKey).toEqual(['序列号'])
  })

  test('and takes name and phone together for the key when customers have no number', () => {
    const { profile } = suggestMapping(
      'customers',
      ['Name', 'Phone'],
      [
        ['Ann', '1234567'],
        ['Ann', '7654321'],
      ],
    )
    expect(profile.sourceKey).toEqual(['Name', 'Phone'])
  })

  test('and does not take a number for the key that two rows share', () => {
    const { profile } = suggestMapping(
      'repairs',
      ['No', 'Date'],
      [
        ['7', '2023-01-01'],
        ['7', '2023-01-02'],
      ],
    )
    expect(profile.sourceKey).toEqual([])
  })

  test('and leaves what it does not know to the person', () => {
    const { profile, unmatchedColumns } = suggestMapping('repairs', ['foo', 'bar'], [['1', '2']])
    expect([profile.columns, unmatchedColumns]).toEqual([[], ['foo', 'bar']])
    expect(importProfileDraft.safeParse(profile).success).toBe(true)
    expect(importProfile.safeParse(profile).success).toBe(false)
  })
})

describe('the format of dates is told from the samples', () => {
  test.each<[string[], string[], boolean]>([
    [['2023-10-27', '2023-1-5'], ['YYYY-MM-DD'], false],
    [['2023/10/27'], ['YYYY/M/D'], false],
    [['2023年10月27日'], ['YYYY年M月D日'], false],
    [['27/10/2023', '01/02/2023'], ['D/M/YYYY'], false],
    [['10/27/2023', '01/02/2023'], ['M/D/YYYY'], false],
    [['01/02/2023', '03/04/2023'], ['D/M/YYYY'], true],
    [['27.10.2023'], ['D.M.YYYY'], false],
    [['20231027'], ['YYYYMMDD'], false],
    [['45226'], ['EXCEL'], false],
    [['2023/10/27', '2023/10/28', '27.10.2023'], ['YYYY/M/D', 'D.M.YYYY'], false],
    [['soon', 'later'], ['YYYY-MM-DD'], false],
    [[], ['YYYY-MM-DD'], false],
  ])('%j', (samples, formats, ambiguous) => {
    expect(detectDateFormats(samples)).toEqual({ formats, ambiguous })
  })
})
