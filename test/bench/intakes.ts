import type Database from 'better-sqlite3'
import type { InputOf } from '#contract/method-types.ts'
import type { Random } from './measure.ts'
import {
  faultText,
  imeiNumber,
  personName,
  phoneNumber,
  serialNumber,
  type Vocabulary,
} from './vocabulary.ts'

type Intake = Omit<InputOf<'repairs.receive'>, 'commandId'>
type Item = Intake['items'][number]
type NewDevice = Extract<Item['device'], { new: unknown }>['new']

/** What a generated shop has to choose from. */
export interface World {
  readonly vocabulary: Vocabulary
  readonly engineers: readonly number[]
  readonly problems: readonly number[]
  readonly accessories: readonly number[]
  /** Models of categories that ask for no photos, which the bench does not take. */
  readonly models: readonly { id: number; brandId: number; categoryId: number }[]
  /** The check list of each category that has to be filled in. */
  readonly checks: ReadonlyMap<number, readonly number[]>
  /** The n-th device without an open repair, with its owner. */
  device(n: number): { id: number; ownerId: number; categoryId: number }
}

export function worldOf(file: Database.Database, vocabulary: Vocabulary): World {
  const ids = (text: string) => file.prepare(text).pluck().all() as number[]
  const entries = (kind: string) => ids(`SELECT id FROM dictionary_entries WHERE kind = '${kind}'`)
  const needed = ids("SELECT id FROM dictionary_entries WHERE kind = 'device_category' AND needs_checks = 1")
  const listOf = file
    .prepare("SELECT id FROM dictionary_entries WHERE kind = 'check_item' AND parent_id = ?")
    .pluck()
  const count = file.prepare('SELECT max(id) FROM devices').pluck().get() as number
  const taken = new Set<number>()
  const next = file.prepare(
    `SELECT d.id, d.owner_id AS ownerId, d.category_id AS categoryId FROM devices d
     JOIN dictionary_entries c ON c.id = d.category_id AND c.min_photos = 0
     WHERE d.id > ? AND NOT EXISTS (SELECT 1 FROM repairs r WHERE r.device_id = d.id
       AND r.state NOT IN ('closed','cancelled','unclaimed','collected')) ORDER BY d.id LIMIT 1`,
  )
  return {
    vocabulary,
    engineers: ids(`SELECT ur.user_id FROM user_roles ur JOIN roles r ON r.id = ur.role_id
      WHERE r.code = 'technician' ORDER BY ur.user_id`),
    problems: entries('problem_type'),
    accessories: entries('accessory'),
    models: file
      .prepare(
        `SELECT m.id, m.parent_id AS brandId, m.category_id AS categoryId FROM dictionary_entries m
         JOIN dictionary_entries c ON c.id = m.category_id AND c.min_photos = 0 WHERE m.kind = 'model' ORDER BY m.id`,
      )
      .all() as World['models'],
    checks: new Map(needed.map((id) => [id, listOf.all(id) as number[]])),
    device(n) {
      // Spread over the whole file: a regular comes back after any time.
      let found = { id: Math.floor(((n * 0.618_033_988_75) % 1) * (count * 0.9)), ownerId: 0, categoryId: 0 }
      do found = next.get(found.id) as ReturnType<World['device']>
      while (taken.has(found.id))
      taken.add(found.id)
      return found
    },
  }
}

function visitFields(world: World, by: Random): Item['visit'] {
  return {
    problemTypeId: by.pick(world.problems),
    faultText: faultText(world.vocabulary, by).slice(0, 4000),
    faultUnknown: false,
    faultSince: '昨天',
    dropped: false,
    liquid: false,
    intermittent: true,
    backup: 'unknown',
    priority: 'normal',
    requestedOn: null,
    dueOn: null,
    estimateMinor: 30_000,
    ceilingMinor: null,
    benchFeeMinor: 5000,
    warrantyKind: 'none',
    dataLossWaiver: true,
    partsPolicy: 'any',
    oldPartBack: false,
    otherReference: '',
    mayCollect: '',
    bin: 'A-12',
    internalNote: '',
  }
}

function itemOf(world: World, by: Random, device: Item['device'], categoryId: number): Item {
  const checks = world.checks.get(categoryId) ?? []
  return {
    device,
    visit: visitFields(world, by),
    checks: checks.map((itemId) => ({ itemId, result: 'works', note: '' })),
    accessories: [{ accessoryId: by.pick(world.accessories), name: '', serial: '' }],
    photoUids: [],
    passcode: null,
    passcodeKind: null,
    overrideReason: null,
    suspend: null,
  }
}

function intakeOf(customer: Intake['customer'], items: Item[]): Intake {
  return {
    draftUid: null,
    channel: 'walk_in',
    customer,
    signatureUid: null,
    noSignatureReason: 'other',
    noSignatureNote: '平板没电',
    termsVersion: 1,
    items,
  }
}

/** A regular brings a device that was here before. */
export function returningIntake(world: World, by: Random, n: number): Intake {
  const { id, ownerId, categoryId } = world.device(n)
  return intakeOf({ id: ownerId }, [itemOf(world, by, { id }, categoryId)])
}

/** Somebody new with something new. */
export function newIntake(world: World, by: Random, n: number): Intake {
  const model = by.pick(world.models)
  const device: NewDevice = {
    categoryId: model.categoryId,
    brandId: model.brandId,
    modelId: model.id,
    modelText: '',
    colour: '黑',
    serial: `${serialNumber(by)}N${n}`,
    imei1: by.next() < 0.4 ? imeiNumber(by) : null,
    imei2: null,
    purchasedOn: null,
    purchaseProof: 'none',
    seller: '',
    accountLocked: null,
    notes: '',
  }
  const customer: Extract<NonNullable<Intake['customer']>, { new: unknown }>['new'] = {
    kind: 'person',
    name: personName(by),
    phones: [{ number: phoneNumber(by), label: '' }],
    email: null,
    contacts: [],
    address: '',
    taxNumber: '',
    language: null,
    tier: 'normal',
    channel: 'phone',
    consentToContact: true,
    notes: '',
    onAccount: false,
    paymentDays: 0,
  }
  return intakeOf({ new: customer }, [itemOf(world, by, { new: device }, model.categoryId)])
}
