import type { CommandContext } from '../context.ts'
import { allTaxCodes, insertTaxCode, setRates } from './tax-store.ts'

interface SeedCode {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly rates: readonly (readonly [validFrom: string, rateBp: number])[]
}

/** Rates are dated rows; what holds as far back as a shop may ask begins here. */
const always = '2000-01-01'

const free: SeedCode = { code: 'ZERO', zh: '零税率/免税', en: 'No tax', rates: [[always, 0]] }

/** V-06: repair and goods 13 % (since 1 April 2019), other services 6 %; a small-scale taxpayer 3 %, relieved to 1 %. */
const china: readonly SeedCode[] = [
  {
    code: 'CN13',
    zh: '一般计税 13%（修理修配、货物）',
    en: 'General, 13 % (repair, goods)',
    rates: [
      [always, 1700],
      ['2018-05-01', 1600],
      ['2019-04-01', 1300],
    ],
  },
  {
    code: 'CN6',
    zh: '一般计税 6%（其他服务）',
    en: 'General, 6 % (other services)',
    rates: [['2016-05-01', 600]],
  },
  {
    code: 'CN9',
    zh: '一般计税 9%（运输）',
    en: 'General, 9 % (transport)',
    rates: [['2019-04-01', 900]],
  },
  { code: 'CN3', zh: '小规模 3%', en: 'Small-scale, 3 %', rates: [[always, 300]] },
  {
    code: 'CN1',
    zh: '小规模减按 1%',
    en: 'Small-scale, relieved to 1 %',
    rates: [['2020-03-01', 100]],
  },
  free,
]

/** Standard and reduced rates as they stood when this was written; a shop sets its own in Settings. */
const elsewhere: Readonly<Record<string, readonly number[]>> = {
  AT: [2000, 1000],
  AU: [1000],
  BE: [2100, 600],
  CH: [810, 260],
  DE: [1900, 700],
  DK: [2500],
  ES: [2100, 1000],
  FR: [2000, 1000],
  GB: [2000, 500],
  IE: [2300, 1350],
  IN: [1800],
  IT: [2200, 1000],
  JP: [1000, 800],
  KR: [1000],
  MY: [800],
  NL: [2100, 900],
  NO: [2500],
  NZ: [1500],
  PL: [2300, 800],
  PT: [2300, 1300],
  SE: [2500, 600],
  SG: [900],
  TH: [700],
  TW: [500],
  VN: [1000],
}

function codesOf(country: string): readonly SeedCode[] {
  if (country === 'CN') return china
  const rates = elsewhere[country] ?? []
  const codes = rates.map((rateBp, index): SeedCode => {
    const percent = `${rateBp / 100}`
    const standard = index === 0
    return {
      code: standard ? 'STD' : 'RED',
      zh: `${standard ? '标准税率' : '低税率'} ${percent}%`,
      en: `${standard ? 'Standard rate' : 'Reduced rate'}, ${percent} %`,
      rates: [[always, rateBp]],
    }
  })
  return [...codes, free]
}

/** Tax codes a shop of this country starts with, the first one the default. Nothing when there are any. */
export function seedTaxCodes(ctx: CommandContext, country: string): void {
  if (allTaxCodes(ctx.db).length > 0) return
  codesOf(country).forEach(({ code, zh, en, rates }, index) => {
    const id = insertTaxCode(ctx.db, { code, nameZh: zh, nameEn: en, isDefault: index === 0 })
    setRates(
      ctx.db,
      id,
      rates.map(([validFrom, rateBp]) => ({ validFrom, rateBp })),
    )
  })
}
