import type Database from 'better-sqlite3'
import type { RepairState } from '#contract/repair-states.ts'
import { nameKey } from '#contract/names.ts'
import { dayOf, newUid } from '#core/app.ts'
import { customerKeys, deviceKeys, repairKeys, type SearchKey } from '#core/search/keys.ts'
import { personWords, type Person } from '#core/search/person-words.ts'
import { readings } from '#core/search/pinyin.ts'
import { indexWords, type IndexWords } from '#core/search/text.ts'
import type { Random } from './measure.ts'
import { inBatches, inserter } from './rows.ts'
import { historyOf } from './shop-history.ts'
import {
  faultText,
  imeiNumber,
  personName,
  phoneNumber,
  serialNumber,
  type Vocabulary,
} from './vocabulary.ts'

/** What the rows of a generated shop are made from. */
export interface Growing {
  readonly file: Database.Database
  readonly by: Random
  readonly vocabulary: Vocabulary
  readonly repairs: number
  /** The moment at which the shop is looked at, UTC epoch ms. */
  readonly now: number
  readonly timeZone: string
  readonly shopCode: string
  readonly ownerId: number
  readonly engineers: readonly number[]
}

function keyWriter(file: Database.Database): (keys: readonly SearchKey[], ref: number) => void {
  const statement = file.prepare('INSERT INTO search_keys (key, kind, ref) VALUES (?, ?, ?)')
  return (keys, ref) => {
    for (const { key, kind } of keys) statement.run(key, kind, ref)
  }
}

const day = 86_400_000
const daysOpen = 1100

/** About 0.3 customers for each repair; answers by which words the repairs of each are found. */
export function addCustomers({ file, by, repairs, now }: Growing): PersonWords {
  const count = Math.round(repairs * 0.3)
  const addCustomer = inserter(file, 'customers')
  const addPhone = inserter(file, 'customer_phones')
  const addKeys = keyWriter(file)
  const people: Person[] = []
  inBatches(file, count, (id) => {
    const at = now - by.int(daysOpen) * day
    const name = personName(by)
    const phone = phoneNumber(by)
    people.push({ names: [name], phones: [phone] })
    addCustomer({
      id,
      uid: newUid(at),
      kind: 'person',
      name,
      name_key: nameKey(name),
      consent_to_contact: 1,
      created_at: at,
      updated_at: at,
    })
    addPhone({ customer_id: id, number: phone, digits: phone, position: 0 })
    addKeys(customerKeys({ name, phones: [phone], extra: [] }, readings), id)
  })
  const wordsOf = (id: number): IndexWords =>
    personWords(people[id - 1] ?? { names: [], phones: [] }, readings)
  return { count, wordsOf }
}

export interface PersonWords {
  readonly count: number
  wordsOf(customerId: number): IndexWords
}

interface Model {
  readonly id: number
  readonly brand: number
  readonly category: number
  /** By which the repairs of its devices are found, as core indexes them. */
  readonly words: string
}

function modelsOf(file: Database.Database): Model[] {
  return file
    .prepare(
      `SELECT m.id, m.parent_id AS brand, m.category_id AS category,
         concat_ws(' ', c.name_zh, c.name_en, b.name_zh, b.name_en, m.name_zh, m.name_en, '') AS words
       FROM dictionary_entries m JOIN dictionary_entries b ON b.id = m.parent_id
       JOIN dictionary_entries c ON c.id = m.category_id WHERE m.kind = 'model' ORDER BY m.id`,
    )
    .all() as Model[]
}

export interface DeviceOf {
  readonly model: Model
  readonly ownerId: number
}

/** About 0.4 devices for each repair, each with a serial, two of five with an IMEI. */
export function addDevices({ file, by, repairs, now }: Growing, customers: number): DeviceOf[] {
  const models = modelsOf(file)
  const addDevice = inserter(file, 'devices')
  const addOwner = inserter(file, 'device_owners')
  const addKeys = keyWriter(file)
  const devices: DeviceOf[] = []
  inBatches(file, Math.round(repairs * 0.4), (id) => {
    const at = now - by.int(daysOpen) * day
    const model = by.pick(models)
    const ownerId = 1 + by.int(customers)
    const serial = serialNumber(by)
    const imei = by.next() < 0.4 ? imeiNumber(by) : null
    addDevice({
      id,
      uid: newUid(at),
      category_id: model.category,
      brand_id: model.brand,
      model_id: model.id,
      serial,
      serial_key: serial,
      imei1: imei,
      owner_id: ownerId,
      created_at: at,
      updated_at: at,
    })
    addOwner({ device_id: id, customer_id: ownerId, from_at: at })
    addKeys(deviceKeys({ serialKey: serial, imeis: imei === null ? [] : [imei] }), id)
    devices.push({ model, ownerId })
  })
  return devices
}

/** Repairs a busy shop has open at a time, however long its history. */
const openRepairs = 3000
const perDay = 200
const openMix: readonly RepairState[] = [
  ...(['waiting', 'waiting', 'suspended', 'assigned', 'assigned', 'diagnosing'] as const),
  ...(['awaiting_approval', 'awaiting_parts', 'awaiting_parts', 'in_repair', 'in_repair'] as const),
  ...(['testing', 'at_vendor', 'processed', 'processed', 'processed', 'collected', 'collected'] as const),
]

function endedState(by: Random): RepairState {
  if (by.next() < 0.02) return 'cancelled'
  return by.next() < 0.0005 ? 'unclaimed' : 'closed'
}

function textWriter(file: Database.Database): (repairId: number, text: string, customer: IndexWords) => void {
  const addText = file.prepare('INSERT INTO repair_texts (rowid, words) VALUES (?, ?)')
  const addWord = file.prepare('INSERT INTO search_words (word) VALUES (?)')
  const known = new Set<string>()
  return (repairId, text, customer) => {
    const { words, spelled } = indexWords(text)
    addText.run(repairId, [...new Set([...words, ...customer.words])].join(' '))
    for (const word of [...spelled, ...customer.spelled]) {
      if (known.has(word)) continue
      known.add(word)
      addWord.run(word)
    }
  }
}

/** How far each state has come. */
const solved: ReadonlySet<RepairState> = new Set(['processed', 'collected', 'closed', 'unclaimed'])
const handedOver: ReadonlySet<RepairState> = new Set(['collected', 'closed'])
const nobodys: ReadonlySet<RepairState> = new Set(['waiting', 'suspended', 'cancelled'])

type Days = (at: number, count: number) => string

/** What stands in a repair's row because of its state. */
function standing(growing: Growing, state: RepairState, receivedAt: number, days: Days) {
  const { by, now, ownerId } = growing
  const closed = state === 'closed'
  const closedAt = closed || state === 'cancelled' ? receivedAt + 4 * day : null
  // The manager has verified everything but half of the last weeks.
  const verified = closed && (now - receivedAt > 40 * day || by.next() < 0.5)
  const suspended = state === 'suspended'
  return {
    state,
    suspended_from: suspended ? 'waiting' : null,
    suspend_reason: suspended ? '等配件' : '',
    wake_on: suspended ? days(now, 1 + by.int(9)) : null,
    outcome: solved.has(state) ? 'repaired' : null,
    processed_at: solved.has(state) ? receivedAt + 2 * day : null,
    collected_at: handedOver.has(state) ? receivedAt + 3 * day : null,
    collected_by: handedOver.has(state) ? '本人' : '',
    next_try_on: state === 'collected' && by.next() < 0.5 ? days(now, by.int(5) - 2) : null,
    closed_at: closedAt,
    close_kind: closed ? 'satisfied' : null,
    satisfaction: closed ? 'satisfied' : null,
    verified_at: verified ? closedAt : null,
    verified_by_id: verified ? ownerId : null,
  }
}

/** Devices at random; no two open repairs of the same. */
function devicePicker(by: Random, count: number): (isOpen: boolean) => number {
  const held = new Set<number>()
  return (isOpen) => {
    for (;;) {
      const id = 1 + by.int(count)
      if (!isOpen) return id
      if (held.has(id)) continue
      held.add(id)
      return id
    }
  }
}

/** The repairs: two hundred a day up to yesterday, the newest three thousand in every state, the rest ended. */
export function addRepairs(growing: Growing, devices: readonly DeviceOf[], people: PersonWords): void {
  const { file, by, vocabulary, repairs, now, timeZone, shopCode, ownerId, engineers } = growing
  const addRepair = inserter(file, 'repairs')
  const addKeys = keyWriter(file)
  const addText = textWriter(file)
  const addHistory = historyOf(file)
  const problems = file
    .prepare("SELECT id FROM dictionary_entries WHERE kind = 'problem_type'")
    .pluck()
    .all() as number[]
  const open = Math.min(openRepairs, Math.round(repairs * 0.3))
  const span = Math.ceil(repairs / perDay)
  const nextDevice = devicePicker(by, devices.length)
  const days: Days = (at, count) => dayOf(at + count * day, timeZone)
  inBatches(file, repairs, (id) => {
    const place = (id - 1) % perDay
    const receivedAt = now - (span - Math.floor((id - 1) / perDay)) * day + place * 60_000
    const isOpen = id > repairs - open
    const state = isOpen ? by.pick(openMix) : endedState(by)
    const deviceId = nextDevice(isOpen)
    const device = devices[deviceId - 1]
    if (!device) throw new Error(`device ${deviceId} is there`)
    const engineerId = nobodys.has(state) ? null : by.pick(engineers)
    const number = days(receivedAt, 0).replaceAll('-', '') + String(1 + place).padStart(3, '0')
    const fault = faultText(vocabulary, by)
    const locked = isOpen && state !== 'collected' && by.next() < 0.02
    const uid = newUid(receivedAt)
    addRepair({
      id,
      uid,
      number,
      visit_uid: newUid(receivedAt),
      channel: 'walk_in',
      customer_id: device.ownerId,
      device_id: deviceId,
      ...standing(growing, state, receivedAt, days),
      lock_reason: locked ? 'manual' : null,
      locked_at: locked ? receivedAt : null,
      engineer_id: engineerId,
      attempts: engineerId === null ? 0 : 1,
      problem_type_id: by.pick(problems),
      fault_text: fault,
      priority: by.next() < 0.8 ? 1 : by.int(4),
      due_on: by.next() < 0.9 ? days(receivedAt, 3) : null,
      clerk_id: ownerId,
      terms_version: 1,
      no_signature_reason: 'other',
      received_at: receivedAt,
      active_at: Math.min(now, receivedAt + by.int(48) * 3_600_000),
    })
    addHistory({ id, uid, number, state, receivedAt, engineerId, ownerId, fault })
    addKeys(repairKeys(number, shopCode), id)
    addText(id, `${fault} ${device.model.words}`, people.wordsOf(device.ownerId))
  })
}
