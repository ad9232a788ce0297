/** How a line of the log says what it is about: `repairs:12` among what an act touched, or an id in its input. Pure. */

export const aboutEntities = [
  'customers',
  'repairs',
  'devices',
  'invoices',
  'payments',
  'quotes',
  'charges',
  'notices',
] as const
export type AboutEntity = (typeof aboutEntities)[number]

/** Rows by entity, with what they are called outside of the file. */
export interface Rows {
  readonly ids: Readonly<Partial<Record<AboutEntity, readonly number[]>>>
  readonly uids: readonly string[]
}

/** Fields of inputs that name a row. */
const idFields: Readonly<Record<AboutEntity, readonly string[]>> = {
  customers: ['customerId', 'intoId', 'fromId', 'ownerId'],
  repairs: ['repairId'],
  devices: ['deviceId'],
  invoices: ['invoiceId'],
  payments: ['paymentId'],
  quotes: ['quoteId'],
  charges: ['chargeId'],
  notices: ['noticeId'],
}
const entityOf = new Map(aboutEntities.flatMap((entity) => idFields[entity].map((field) => [field, entity])))

/** Finds lines that name any of the rows; undefined when there are none. */
export function namesAny({ ids, uids }: Rows): RegExp | undefined {
  const parts = aboutEntities.flatMap((entity) => {
    const any = (ids[entity] ?? []).join('|')
    return any === '' ? [] : [`${entity}:(?:${any})"|(?:${idFields[entity].join('|')})":(?:${any})\\b`]
  })
  const named = uids.length > 0 ? [`(?:${uids.join('|')})"`] : []
  const all = [...parts, ...named]
  return all.length === 0 ? undefined : new RegExp(`"(?:${all.join('|')})`)
}

function isEntity(name: string): name is AboutEntity {
  return (aboutEntities as readonly string[]).includes(name)
}

/** What a line names: each row once, in the order in which it stands there. */
export function namedIn(input: string): { entity: AboutEntity; id: number }[] {
  const found = new Map<string, { entity: AboutEntity; id: number }>()
  const add = (entity: AboutEntity, id: number) => found.set(`${entity}:${id}`, { entity, id })
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      const entity = entityOf.get(key)
      if (entity && typeof inner === 'number') add(entity as AboutEntity, inner)
      else if (key === 'about' && Array.isArray(inner))
        for (const one of inner as unknown[]) token(String(one))
      else walk(inner)
    }
  }
  const token = (text: string): void => {
    const [entity = '', id = ''] = text.split(':')
    if (isEntity(entity) && /^\d+$/.test(id)) add(entity, Number(id))
  }
  walk(JSON.parse(input))
  return [...found.values()]
}
