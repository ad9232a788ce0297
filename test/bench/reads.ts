import { randomUUID } from 'node:crypto'
import type { OutputOf } from '#contract/method-types.ts'
import { readings } from '#core/search/pinyin.ts'
import { bareReads } from './bare-reads.ts'
import type { Report } from './figures.ts'
import { median, percentile, random, timed, type Random } from './measure.ts'
import { dataFolder, openShop, type OpenShop } from './shop-file.ts'

type Found = OutputOf<'search.find'>

/** What stands in the file at random, as a person would type it. */
export interface Asked {
  readonly repairId: number
  readonly uid: string
  readonly number: string
  readonly faultText: string
  readonly customerId: number
  readonly name: string
  readonly phone: string
  readonly initials: string
  readonly pinyin: string
  readonly deviceId: number
  readonly serial: string
  readonly imei: string | null
  readonly engineerId: number
}

export interface Case {
  readonly name: string
  readonly method: string
  input(asked: Asked, by: Random): object
  /** Whether the answer is right. */
  right?(answer: unknown, asked: Asked, input: object): boolean
  /** The same question as bare SQL, where one statement or two answer it. */
  readonly bare?: (asked: Asked, input: object) => unknown
}

function sampler(shop: OpenShop): (by: Random) => Asked {
  const file = shop.database.read.$client
  const most = file.prepare('SELECT max(id) FROM repairs').pluck().get() as number
  const one = file.prepare(
    `SELECT r.id AS repairId, r.uid, r.number, r.fault_text AS faultText, c.id AS customerId, c.name,
       (SELECT digits FROM customer_phones WHERE customer_id = c.id) AS phone, d.id AS deviceId, d.serial, d.imei1 AS imei,
       (SELECT key FROM search_keys WHERE kind = 7 AND ref = c.id ORDER BY length(key) DESC LIMIT 1) AS initials,
       (SELECT key FROM search_keys WHERE kind = 6 AND ref = c.id ORDER BY length(key) DESC LIMIT 1) AS pinyin
     FROM repairs r JOIN customers c ON c.id = r.customer_id JOIN devices d ON d.id = r.device_id WHERE r.id = ?`,
  )
  const engineers = file
    .prepare(
      "SELECT ur.user_id FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE r.code = 'technician'",
    )
    .pluck()
    .all() as number[]
  return (by) => ({ ...(one.get(1 + by.int(most)) as Asked), engineerId: by.pick(engineers) })
}

function chinese(text: string): string[] {
  return (text.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap((run) => run.slice(0, 4))
}

function latin(text: string): string[] {
  return text.match(/(?<![\p{L}\p{N}])[A-Za-z]{4,}(?![\p{L}\p{N}])/gu) ?? []
}

const text = (input: object) => (input as { text: string }).text
const repairsOf = (answer: unknown) => (answer as Found).repairs
const customersOf = (answer: unknown) => (answer as Found).customers

/** Full answers are cut at twenty; then only the kind of what is shown can be checked. */
const full = 20

function foundCustomer(answer: unknown, asked: Asked): boolean {
  const rows = customersOf(answer)
  return rows.length >= full || rows.some(({ id }) => id === asked.customerId)
}

function foundRepair(answer: unknown, asked: Asked): boolean {
  const rows = repairsOf(answer)
  return rows.length >= full || rows.some(({ id }) => id === asked.repairId)
}

/** A word somebody would name the fault by. */
function faultWord(faultText: string): string {
  return chinese(faultText)[0]?.slice(0, 2) ?? latin(faultText)[0] ?? ''
}

/** How a Chinese surname sounds; another name as it is. */
function surname(pinyin: string | null, name: string): string {
  return pinyin === null ? name : (readings([...name])[0]?.[0] ?? name)
}

function search(name: string, input: Case['input'], right: Case['right'], bare?: Case['bare']): Case {
  return { name: `search: ${name}`, method: 'search.find', input, right, bare }
}

function casesOf(bare: ReturnType<typeof bareReads>): Case[] {
  return [
    search(
      'whole number',
      ({ number }) => ({ text: number }),
      (answer, asked) => (answer as Found).exactRepairUid === asked.uid,
      bare.byNumber,
    ),
    search(
      'last four of a phone',
      ({ phone }) => ({ text: phone.slice(-4) }),
      foundCustomer,
      bare.byPhonePart,
    ),
    search('whole phone', ({ phone }) => ({ text: `+86 ${phone}` }), foundCustomer, bare.byPhone),
    search(
      'serial',
      ({ serial }) => ({ text: serial.toLowerCase() }),
      (answer, asked) => (answer as Found).devices.some(({ id }) => id === asked.deviceId),
      bare.bySerial,
    ),
    search(
      'last four of a serial',
      ({ serial }) => ({ text: serial.slice(-4) }),
      (answer, asked) =>
        (answer as Found).devices.length >= full ||
        (answer as Found).devices.some(({ id }) => id === asked.deviceId),
    ),
    search('name', ({ name }) => ({ text: name }), foundCustomer),
    search('pinyin', ({ pinyin, name }) => ({ text: pinyin ?? name }), foundCustomer),
    search('initials of pinyin', ({ initials, name }) => ({ text: initials ?? name }), foundCustomer),
    search(
      'fault, Chinese',
      ({ faultText }, by) => ({
        text: chinese(faultText)[0] ?? by.pick(['进水', '黑屏', '无法充电', '电池']),
      }),
      (answer, _asked, input) =>
        repairsOf(answer).length > 0 &&
        repairsOf(answer).every((card) => card.faultText.includes(text(input).slice(0, 2))),
      bare.byWords,
    ),
    search(
      'fault, two Latin words',
      ({ faultText }, by) => {
        const words = latin(faultText)
        return { text: words.length < 2 ? 'screen battery' : `${by.pick(words)} ${by.pick(words)}` }
      },
      (answer) => repairsOf(answer).length > 0,
    ),
    search(
      'device and fault',
      (_asked, by) => ({
        text: `${by.pick(['iphone', 'huawei', '笔记本', 'xiaomi'])} ${by.pick(['黑屏', '进水', '电池'])}`,
      }),
      (answer) => repairsOf(answer).length > 0,
    ),
    search(
      'name and fault',
      ({ name, faultText }) => ({ text: `${name} ${faultWord(faultText)}` }),
      foundRepair,
    ),
    search(
      'surname in pinyin and fault',
      ({ pinyin, name, faultText }) => ({ text: `${surname(pinyin, name)} ${faultWord(faultText)}` }),
      foundRepair,
    ),
    search(
      'last four of a phone and fault',
      ({ phone, faultText }) => ({ text: `${phone.slice(-4)} ${faultWord(faultText)}` }),
      foundRepair,
    ),
    search(
      'half a word',
      (_asked, by) => ({ text: by.pick(['scre', 'batt', 'char', 'kett', 'lamp', 'moto', 'fus']) }),
      (answer) => repairsOf(answer).length > 0,
    ),
    {
      name: 'board',
      method: 'repairs.board',
      input: () => ({}),
      right: (answer) =>
        (answer as OutputOf<'repairs.board'>).columns.every(
          ({ cards, count }) => cards.length === Math.min(20, count),
        ),
      bare: bare.board,
    },
    {
      name: 'Today',
      method: 'repairs.today',
      input: () => ({}),
      right: (answer) => (answer as OutputOf<'repairs.today'>).unassigned.rows.length === 10,
      bare: bare.today,
    },
    {
      name: "repair's page",
      method: 'repairs.get',
      input: ({ uid }) => ({ uid }),
      right: (answer, asked) => (answer as OutputOf<'repairs.get'>).id === asked.repairId,
      bare: bare.page,
    },
    {
      name: "repair's history",
      method: 'repairs.timeline',
      input: ({ repairId }) => ({ repairId }),
      right: (answer) => (answer as unknown[]).length > 0,
      bare: bare.timeline,
    },
    {
      name: 'my jobs',
      method: 'repairs.myJobs',
      input: ({ engineerId }) => ({ engineerId }),
      right: (answer) => (answer as unknown[]).length > 0,
      bare: bare.jobs,
    },
    {
      name: 'list, newest',
      method: 'repairs.list',
      input: () => ({}),
      right: (answer) => (answer as OutputOf<'repairs.list'>).rows.length === 50,
      bare: bare.newest,
    },
    {
      name: "list, a customer's",
      method: 'repairs.list',
      input: ({ customerId }) => ({ customerId }),
      right: (answer) => (answer as OutputOf<'repairs.list'>).rows.length > 0,
    },
    {
      name: 'list, late',
      method: 'repairs.list',
      input: () => ({ only: 'late' }),
      right: (answer) => (answer as OutputOf<'repairs.list'>).rows.length > 0,
    },
  ]
}

/**
 * Reads through dispatch on the real file. Each is asked right after another seat has written something, as it is
 * in a busy shop: the reader's page cache is as cold as a commit leaves it. p95 is the median over rounds, so that
 * a moment in which the machine did something else is not taken for the program's.
 */
export function measureReads(file: string, size: number, rounds: number, each: number, report: Report): void {
  const folder = dataFolder(file, `reads-${size}`)
  const shop = openShop(folder.database)
  const sample = sampler(shop)
  const by = random(7)
  const write = () => {
    shop.clock.advance(1000)
    const { repairId } = sample(by)
    shop.call('repairs.addNote', { commandId: randomUUID(), repairId, text: '已联系客户' })
  }
  for (const one of casesOf(bareReads(shop.database.read.$client))) {
    const times: number[][] = []
    const floors: number[][] = []
    for (let round = 0; round <= rounds; round++) {
      const [took, floor]: [number[], number[]] = [[], []]
      for (let n = 0; n < each; n++) {
        const asked = sample(by)
        const input = one.input(asked, by)
        write()
        const answered = timed(() => shop.call(one.method, input))
        took.push(answered.took)
        const right = one.right?.(answered.answer, asked, input) ?? true
        report.check(right, `${one.name}: the answer to ${JSON.stringify(input)} is right`)
        if (!one.bare) continue
        write()
        floor.push(timed(() => one.bare?.(asked, input)).took)
      }
      // The first round warms up.
      if (round > 0) times.push(took)
      if (round > 0) floors.push(floor)
    }
    for (const [label, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      const of = (all: number[][]) => median(all.map((round) => percentile(round, share)))
      report.add({
        name: `${one.name} ${label}`,
        size,
        value: of(times),
        unit: 'ms',
        floor: one.bare ? of(floors) : null,
      })
    }
  }
  shop.close()
  folder.remove()
}
