import { afterEach, beforeEach, expect, test } from 'vitest'
import { dictionaryKinds, type DictionaryEntry, type DictionaryKind } from '#contract/dictionaries.ts'
import { refusal, repairShop, type RepairShop } from '../repairs/kit.ts'

/* The base data of a shop: what it opens with, and what its people add, change and remove while they work. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const entries = (kind: DictionaryKind): DictionaryEntry[] => shop.call('dictionaries.list', { kinds: [kind] })
const named = (kind: DictionaryKind, en: string): DictionaryEntry => {
  const entry = entries(kind).find((e) => e.label.en === en)
  expect(entry).toBeDefined()
  return entry!
}
/** An entry as the update command wants it, with changes. */
const update = (entry: DictionaryEntry, changes: object = {}) => {
  const { id, version, label, code, parentId, categoryId, coreState, minPhotos, needsSerial, needsChecks } =
    entry
  const { sort, active } = entry
  const fields = { code, parentId, categoryId, coreState, minPhotos, needsSerial, needsChecks, sort, active }
  return shop.call('dictionaries.update', { entryId: id, version, ...label, ...fields, ...changes })
}

test('a new shop finds every dictionary filled, each entry named in both languages and coded once', () => {
  const all = shop.call('dictionaries.list', {})
  for (const kind of dictionaryKinds) {
    const ofKind = all.filter((entry) => entry.kind === kind)
    expect({ kind, filled: ofKind.length >= 8 }).toEqual({ kind, filled: true })
    expect({ kind, codes: new Set(ofKind.map((entry) => entry.code)).size }).toEqual({
      kind,
      codes: ofKind.length,
    })
  }
  for (const { label } of all) {
    expect(label.zh).not.toBe('')
    expect(label.en).not.toBe('')
  }
  for (const kind of ['symptom', 'cause', 'action', 'problem_type', 'device_category'] as const) {
    for (const { label } of entries(kind).filter((entry) => entry.label.en !== 'Test device')) {
      expect(label.zh).toMatch(/\p{Script=Han}/u)
      expect(label.en).not.toMatch(/\p{Script=Han}/u)
    }
  }
})

test('every model belongs to a brand and a category, every check item to a category', () => {
  const ids = (kind: DictionaryKind) => new Set(entries(kind).map((entry) => entry.id))
  const [brands, categories] = [ids('brand'), ids('device_category')]
  for (const model of entries('model')) {
    expect(brands).toContain(model.parentId)
    expect(categories).toContain(model.categoryId)
  }
  const checked = new Set(entries('check_item').map((item) => item.parentId))
  expect([...checked].filter((id) => id === null || !categories.has(id))).toEqual([])
  expect([...categories].filter((id) => !checked.has(id) && id !== shop.categoryId)).toEqual([])
})

test('a phone asks for its serial, the check list and two photos; a kettle asks for nothing', () => {
  expect(named('device_category', 'Mobile phone')).toMatchObject({
    needsSerial: true,
    needsChecks: true,
    minPhotos: 2,
  })
  expect(named('device_category', 'Kettle')).toMatchObject({
    needsSerial: false,
    needsChecks: false,
    minPhotos: 0,
  })
  const phone = named('device_category', 'Mobile phone').id
  const asked = entries('check_item').flatMap((item) => (item.parentId === phone ? [item.label.en] : []))
  expect(asked).toEqual(expect.arrayContaining(['Touch', 'Charging', 'Face ID or fingerprint', 'Vibration']))
})

test('a shop in China is offered Chinese makers first', () => {
  expect(entries('brand')[0]?.label).toEqual({ zh: '华为', en: 'Huawei' })
})

test('a clerk adds a brand while the customer waits, with the one name there is', () => {
  const added = shop.as('counter').call('dictionaries.add', { kind: 'brand', zh: '追觅', en: '' })
  expect(added.label).toEqual({ zh: '追觅', en: '追觅' })
  expect(entries('brand').at(-1)?.id).toBe(added.id)
})

test.each([
  ['in capitals', { zh: '', en: 'XIAOMI' }],
  ['with stray blanks', { zh: ' 小 米 ', en: '' }],
  ['by its Chinese name alone', { zh: '小米', en: '' }],
  ['in full-width letters', { zh: '', en: 'Ｘｉａｏｍｉ' }],
])('a brand that is there already, typed %s, is not added twice', (_how, names) => {
  const before = entries('brand')
  expect(shop.call('dictionaries.add', { kind: 'brand', ...names }).id).toBe(named('brand', 'Xiaomi').id)
  expect(entries('brand')).toEqual(before)
})

test('Galaxy S10+ is not taken for the Galaxy S10, nor 1.0 for 10', () => {
  const parentId = named('brand', 'Samsung').id
  const ids = ['Galaxy S10', 'Galaxy S10+', 'Watch 10', 'Watch 1.0'].map(
    (en) => shop.call('dictionaries.add', { kind: 'model', zh: '', en, parentId }).id,
  )
  expect(new Set(ids).size).toBe(4)
  expect(shop.call('dictionaries.add', { kind: 'model', zh: '', en: 'galaxy-s10', parentId }).id).toBe(ids[0])
})

test('two makers may have a model of the same name', () => {
  const add = (brand: string) =>
    shop.call('dictionaries.add', { kind: 'model', zh: '', en: 'Ace', parentId: named('brand', brand).id }).id
  expect(add('OnePlus')).not.toBe(add('Samsung'))
})

test('an entry that was switched off is not offered, and adding it again switches it on', () => {
  const meizu = named('brand', 'Meizu')
  update(meizu, { active: false })
  expect(entries('brand').map((entry) => entry.id)).not.toContain(meizu.id)
  const all = shop.call('dictionaries.list', { kinds: ['brand'], includeInactive: true })
  expect(all.at(-1)).toMatchObject({ id: meizu.id, active: false })
  expect(shop.call('dictionaries.add', { kind: 'brand', zh: '', en: 'Meizu' })).toMatchObject({
    id: meizu.id,
    active: true,
  })
})

test('a save from an old version is refused with who changed it and when', () => {
  const brand = named('brand', 'Aima')
  shop.clock.advance(60_000)
  const at = shop.clock.now()
  shop.as('manager').call('dictionaries.update', { ...asInput(brand), version: brand.version, sort: 5 })
  shop.clock.advance(60_000)
  shop.call('dictionaries.add', { kind: 'brand', zh: '', en: 'Somebody else' })
  const refused = refusal(() => update(brand, { sort: 7 }))
  expect(refused).toMatchObject({ code: 'stale', params: { entity: 'dictionary', by: 'manager', at } })
  expect(named('brand', 'Aima').sort).toBe(5)
})

function asInput(entry: DictionaryEntry) {
  const { id, label, repairsCount: _count, uid: _uid, kind: _kind, version: _version, ...rest } = entry
  return { entryId: id, ...label, ...rest }
}

const misuses: [string, () => unknown, string, string][] = [
  ['a model without a brand', () => add('model', {}), 'parentId', 'field.required'],
  [
    'a model of a category',
    () => add('model', { parentId: shop.categoryId }),
    'parentId',
    'dictionary.wrong_kind',
  ],
  [
    'a model of a brand nobody knows',
    () => add('model', { parentId: 424_242 }),
    'parentId',
    'field.not_found',
  ],
  [
    'a brand with a parent',
    () => add('brand', { parentId: shop.categoryId }),
    'parentId',
    'dictionary.wrong_kind',
  ],
  ['a sub-status of no state', () => add('sub_status', {}), 'coreState', 'field.required'],
  [
    'a symptom of a state',
    () => add('symptom', { coreState: 'waiting' }),
    'coreState',
    'dictionary.wrong_kind',
  ],
  [
    'a brand of a category',
    () => add('brand', { categoryId: shop.categoryId }),
    'categoryId',
    'dictionary.wrong_kind',
  ],
  ['an entry without a name', () => add('brand', { zh: ' ', en: '' }), 'zh', 'field.required'],
  ['a code that is taken', () => add('symptom', { code: 'S101' }), 'code', 'dictionary.code_taken'],
  [
    'a name with a control character',
    () => add('brand', { en: 'a\u0000b' }),
    'en',
    'field.control_character',
  ],
  ['a name with a line break', () => add('brand', { en: 'a\nb' }), 'en', 'field.control_character'],
  ['an over-long name', () => add('brand', { en: 'x'.repeat(121) }), 'en', 'field.too_long'],
  ['a kind nobody knows', () => add('colour' as DictionaryKind, {}), 'kind', 'field.not_an_option'],
  ['an unknown field', () => add('brand', { country: 'CN' }), 'country', 'field.unknown'],
  ['renaming onto another', () => update(named('brand', 'OPPO'), { en: 'vivo' }), 'en', 'field.duplicate'],
  ['an empty code', () => update(named('brand', 'OPPO'), { code: '' }), 'code', 'field.required'],
  [
    "another's code",
    () => update(named('symptom', 'No sound'), { code: 'S101' }),
    'code',
    'dictionary.code_taken',
  ],
  [
    'photos on a brand',
    () => update(named('brand', 'OPPO'), { minPhotos: 1 }),
    'minPhotos',
    'dictionary.wrong_kind',
  ],
  ['a negative place', () => update(named('brand', 'OPPO'), { sort: -1 }), 'sort', 'field.out_of_range'],
  [
    '21 photos',
    () => update(named('device_category', 'Kettle'), { minPhotos: 21 }),
    'minPhotos',
    'field.out_of_range',
  ],
]

function add(kind: DictionaryKind, more: object) {
  return shop.call('dictionaries.add', { kind, zh: '', en: 'New entry', ...more })
}

test.each(misuses)('base data refuses %s at its field', (_what, act, path, code) => {
  const before = shop.call('dictionaries.list', { includeInactive: true })
  expect(refusal(act).fields).toContainEqual(expect.objectContaining({ path, code }))
  expect(shop.call('dictionaries.list', { includeInactive: true })).toEqual(before)
})

test('a counter clerk may add to base data but not change or remove it', () => {
  const brand = named('brand', 'OPPO')
  const counter = shop.as('counter')
  expect(refusal(() => counter.call('dictionaries.remove', { entryId: brand.id })).code).toBe('forbidden')
  const change = { ...asInput(brand), version: brand.version }
  expect(refusal(() => counter.call('dictionaries.update', change)).code).toBe('forbidden')
})

test('an entry nothing uses can be removed, and its name and code are free again', () => {
  const added = add('symptom', { code: 'X1' })
  shop.call('dictionaries.remove', { entryId: added.id })
  const again = add('symptom', { code: 'X1' })
  expect(again.uid).not.toBe(added.uid)
  expect(refusal(() => shop.call('dictionaries.remove', { entryId: 424_242 })).code).toBe('not_found')
})

test('an entry that a model, a device or a repair points at is not removed', () => {
  const problem = named('problem_type', 'No power')
  const symptom = add('symptom', {})
  const accessory = add('accessory', {})
  const unused = add('accessory', { en: 'Never left here' })
  const id = shop.at('diagnosing', { problemTypeId: problem.id })
  const accessories = [{ accessoryId: accessory.id, name: '', serial: '' }]
  shop.receive({}, { accessories })
  shop.call('repairs.fail', { ...shop.target(id), findings: 'x', codeIds: [symptom.id] })
  for (const entryId of [shop.categoryId, problem.id, symptom.id, accessory.id, named('brand', 'Apple').id]) {
    expect(refusal(() => shop.call('dictionaries.remove', { entryId })).code).toBe('dictionary.in_use')
  }
  shop.call('dictionaries.remove', { entryId: unused.id })
})

test('a test item that a device was tested by, and a category with a service of its own, are not removed', () => {
  const item = shop.call('dictionaries.add', {
    kind: 'test_item',
    zh: '试音',
    en: 'Sound test',
    parentId: shop.categoryId,
  })
  const id = shop.at('testing')
  const results = [{ itemId: item.id, result: 'passed', note: '' }] as const
  shop.call('work.recordTest', { ...shop.target(id), results: [...results], note: '' })
  const category = add('device_category', { en: 'Served' })
  const [taxCode] = shop.call('prices.taxCodes', {})
  const service = {
    code: 'SERVED',
    zh: '清洁',
    en: 'Cleaning',
    categoryId: category.id,
    standardMinutes: 10,
    priceMinor: 1000,
    taxCodeId: taxCode?.id ?? 0,
    warrantyMonths: 0,
    active: true,
  }
  shop.call('prices.createService', { service })
  for (const entryId of [item.id, category.id])
    expect(refusal(() => shop.call('dictionaries.remove', { entryId })).code).toBe('dictionary.in_use')
})

test('saving a repair raises the counters of its product and of its problem type by one', () => {
  const problem = named('problem_type', 'No power')
  shop.receive({ problemTypeId: problem.id })
  expect(named('problem_type', 'No power').repairsCount).toBe(problem.repairsCount + 1)
  expect(named('device_category', 'Test device').repairsCount).toBe(1)
})
