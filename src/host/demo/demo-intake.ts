import { randomUUID } from 'node:crypto'
import type { InputOf } from '#contract/method-types.ts'
import { addDays } from '#core/app.ts'
import type { DemoRepair } from './demo-data.ts'
import type { DemoWorld } from './demo-world.ts'
import { demoPhoto } from './picture.ts'

type Intake = InputOf<'repairs.receive'>
type Item = Intake['items'][number]

/** Receives a repair of the demonstration as the counter would; answers its id and number. */
export async function intakeFor(
  world: DemoWorld,
  repair: DemoRepair,
  index: number,
  today: string,
): Promise<{ id: number; number: string }> {
  const counter = world.people.get('counter')
  const category = world.find('device_category', repair.category)
  if (!counter || !category) throw new Error(`the demonstration has the category ${repair.category}`)
  const draftUid = randomUUID()
  const photoUids: string[] = []
  for (let n = 0; n < category.minPhotos; n++) {
    const bytes = demoPhoto(index * 3 + n)
    const file = {
      kind: 'photo',
      repairId: null,
      draftUid,
      mime: 'image/png',
      size: bytes.length,
      name: `${repair.serial}-${n + 1}.png`,
    } as const
    const { uid } = await world.files.keep(bytes, (sha256) =>
      world.app.run('files.register', { commandId: randomUUID(), ...file, sha256 }, counter),
    )
    photoUids.push(uid)
  }
  const answer = world.app.run(
    'repairs.receive',
    {
      commandId: randomUUID(),
      draftUid,
      channel: index % 9 === 4 ? 'drop_off' : 'walk_in',
      customer: customerFor(world, repair.customer),
      signatureUid: null,
      noSignatureReason: 'other',
      noSignatureNote: world.language === 'zh-CN' ? '演示数据' : 'demonstration data',
      termsVersion: 1,
      items: [{ ...itemOf(world, repair, index, category.id, today), photoUids }],
    },
    counter,
  )
  if (answer.customerId !== null) world.customers.set(repair.customer, answer.customerId)
  const made = answer.repairs[0]
  if (!made) throw new Error('an intake makes a repair')
  return made
}

function customerFor(world: DemoWorld, index: number): Intake['customer'] {
  const known = world.customers.get(index)
  if (known !== undefined) return { id: known }
  const customer = world.data.customers[index]
  if (!customer) throw new Error(`the demonstration has customer ${index}`)
  return {
    new: {
      kind: customer.company ? 'company' : 'person',
      name: world.language === 'zh-CN' ? customer.zh : customer.en,
      phones: [{ number: customer.phone, label: '' }],
      email: null,
      contacts: [],
      address: '',
      taxNumber: '',
      language: customer.language ?? null,
      tier: customer.tier ?? 'normal',
      channel: 'phone',
      consentToContact: true,
      notes: '',
      // Companies are billed by statement.
      onAccount: customer.company ?? false,
      paymentDays: customer.company ? 14 : 0,
    },
  }
}

function itemOf(
  world: DemoWorld,
  repair: DemoRepair,
  index: number,
  categoryId: number,
  today: string,
): Omit<Item, 'photoUids'> {
  const brand = world.find('brand', repair.brand)
  const model =
    repair.model === ''
      ? undefined
      : world.entries.find((e) => e.kind === 'model' && e.label.en === repair.model)
  const checks = world.entries.filter((e) => e.kind === 'check_item' && e.parentId === categoryId)
  const reason = world.entries.find((e) => e.kind === 'suspension_reason')
  return {
    device: {
      new: {
        categoryId,
        brandId: brand?.id ?? null,
        modelId: model?.id ?? null,
        modelText: model ? '' : repair.model,
        colour: '',
        serial: repair.serial,
        imei1: null,
        imei2: null,
        purchasedOn: null,
        purchaseProof: 'none',
        seller: '',
        accountLocked: repair.end === 'manual_lock' ? true : null,
        notes: '',
      },
    },
    visit: visitOf(world, repair, world.find('problem_type', repair.problem)?.id ?? null, today),
    checks: checks.map((item, place) => ({
      itemId: item.id,
      result: place === index % 6 ? 'faulty' : place === 5 ? 'untestable' : 'works',
      note: '',
    })),
    accessories: (repair.accessories ?? []).map((code) => ({
      accessoryId: world.find('accessory', code)?.id ?? null,
      name: world.find('accessory', code) ? '' : code,
      serial: '',
    })),
    passcode: repair.passcode ?? null,
    passcodeKind: repair.passcode === undefined ? null : /^\d+$/.test(repair.passcode) ? 'digits' : 'text',
    overrideReason: null,
    suspend:
      repair.end === 'suspended'
        ? {
            reasonId: reason?.id ?? null,
            reason: '',
            wakeOn: addDays(today, repair.daysAgo + 2 + (index % 4)),
          }
        : null,
  }
}

function visitOf(
  world: DemoWorld,
  repair: DemoRepair,
  problemTypeId: number | null,
  today: string,
): Item['visit'] {
  const liquid = repair.en.includes('water') || repair.en.includes('Coffee') || repair.en.includes('moisture')
  return {
    problemTypeId,
    faultText: world.language === 'zh-CN' ? repair.zh : repair.en,
    faultUnknown: false,
    faultSince: '',
    dropped: repair.en.includes('rack') || repair.en.includes('crash'),
    liquid,
    intermittent: repair.en.includes('now and then'),
    backup: 'unknown',
    priority: repair.priority ?? 'normal',
    requestedOn: repair.end === 'unassigned_lock' ? addDays(today, 3) : null,
    dueOn: addDays(today, repair.end === 'unassigned_lock' ? 8 : (repair.dueInDays ?? 4)),
    estimateMinor: repair.estimateMinor ?? null,
    ceilingMinor: repair.estimateMinor === undefined ? null : Math.round(repair.estimateMinor * 1.1),
    benchFeeMinor: null,
    warrantyKind: 'none',
    dataLossWaiver: repair.category === 'phone' || repair.category === 'laptop',
    partsPolicy: 'any',
    oldPartBack: false,
    otherReference: '',
    mayCollect: '',
    bin: repair.bin ?? '',
    internalNote: '',
  }
}
