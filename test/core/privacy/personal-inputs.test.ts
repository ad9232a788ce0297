import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { everyMethod } from '#contract/index.ts'
import { inputLog } from '#core/audit/logged-input.ts'
import { kindOfInput } from '#core/privacy/personal-inputs.ts'
import { textFields } from '#core/privacy/text-fields.ts'

/* Nothing that tells who a person is gets into the audit log, whichever method it is given to. */

interface Asked {
  readonly method: string
  readonly schema: z.core.$ZodType
  readonly secret: readonly string[]
}

/** Every method that leaves a line in the log. */
const asked: Asked[] = Object.entries(everyMethod).flatMap(([module, verbs]) =>
  Object.entries(verbs).flatMap(([verb, { kind, '~orpc': definition }]) =>
    kind === 'command' || kind === 'task'
      ? [
          {
            method: `${module}.${verb}`,
            schema: definition.inputSchema as z.core.$ZodType,
            secret: definition.meta.secret ?? [],
          },
        ]
      : [],
  ),
)
const fieldsOf = ({ schema, secret }: Asked) =>
  textFields(schema).filter(({ path }) => !secret.some((one) => path === one || path.startsWith(`${one}.`)))
const personalOf = (method: string) => {
  const found = asked.find((one) => one.method === method)
  if (!found) throw new Error(`there is no method ${method}`)
  return fieldsOf(found)
    .filter(({ name }) => kindOfInput(method, name) === 'personal')
    .map(({ path }) => path)
}
const kept = (method: string, input: object, before?: object): unknown => {
  const found = asked.find((one) => one.method === method)
  if (!found) throw new Error(`there is no method ${method}`)
  return JSON.parse(inputLog(method, found.schema, found.secret).text(input, before))
}

describe('every text a method takes', () => {
  test('is said to be about a person or not', () => {
    const unsaid = asked.flatMap((one) =>
      fieldsOf(one)
        .filter(({ name }) => kindOfInput(one.method, name) === undefined)
        .map(({ path }) => `${one.method} ${path}`),
    )
    expect(unsaid).toEqual([])
  })

  test('that nobody has said anything of is kept out of the log', () => {
    const schema = asked.find(({ method }) => method === 'customers.create')!.schema
    expect(
      inputLog('nobody.knows', schema, undefined).text({ bloodGroup: 'A', name: 'Maria' }),
    ).not.toContain('Maria')
  })

  test('has a place of its own beside what the log adds', () => {
    const taken = asked.filter(({ schema }) => {
      const { shape = {} } = schema._zod.def as { shape?: object }
      return 'about' in shape
    })
    expect(taken).toEqual([])
  })

  test('is personal where a customer is written down, and not where a colleague is', () => {
    expect(personalOf('customers.create')).toEqual(
      expect.arrayContaining(['name', 'phones.*.number', 'email', 'contacts.*.phone', 'address', 'notes']),
    )
    expect(personalOf('repairs.receive')).toEqual(
      expect.arrayContaining([
        'customer.new.name',
        'items.*.device.new.serial',
        'items.*.visit.faultText',
        'items.*.visit.mayCollect',
      ]),
    )
    expect(personalOf('repairs.handOver')).toContain('collectedBy')
    expect(personalOf('disposals.dispose')).toContain('buyer')
    expect(personalOf('users.create')).toEqual([])
    expect(personalOf('access.openSession')).toEqual([])
    expect(personalOf('settings.update')).toEqual([])
  })
})

describe('in the place of what is personal', () => {
  test('the log says that it was given, and that nothing was given', () => {
    const input = { kind: 'person', name: 'Maria', email: null, address: '', tier: 'vip' }
    expect(kept('customers.create', input)).toEqual({ ...input, name: { personal: 'given' } })
  })

  test('it says of a record that was changed what is new and what is as it was', () => {
    const before = { name: 'Maria', address: 'here', phones: [{ number: '1', label: '' }] }
    const input = { ...before, name: 'Maria Lopez', notes: 'late', phones: [{ number: '1', label: 'work' }] }
    expect(kept('customers.update', { customerId: 4, ...input }, before)).toEqual({
      customerId: 4,
      name: { personal: 'changed' },
      address: { personal: 'same' },
      phones: [{ number: { personal: 'same' }, label: { personal: 'changed' } }],
      notes: { personal: 'changed' },
    })
  })

  test('lists keep their length, and what they hold besides', () => {
    const devices = [
      { device: { id: 3 }, visit: { faultText: 'no sound', priority: 'high' }, passcode: '1234' },
      { device: { new: { serial: 'X1', categoryId: 2 } }, visit: { faultText: '' }, accessories: [] },
    ]
    expect(kept('repairs.receive', { customer: { id: 7 }, items: devices })).toEqual({
      customer: { id: 7 },
      items: [
        {
          device: { id: 3 },
          visit: { faultText: { personal: 'given' }, priority: 'high' },
          passcode: '•••',
        },
        {
          device: { new: { serial: { personal: 'given' }, categoryId: 2 } },
          visit: { faultText: '' },
          accessories: [],
        },
      ],
    })
  })
})
