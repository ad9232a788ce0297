import type { RepairState } from '#contract/repair-states.ts'
import { repairShop, type RepairShop } from './kit.ts'

/** What a test says of a repair that is simply there; the rest is the same for all. */
export interface There {
  readonly state?: RepairState
  readonly priority?: number
  readonly dueOn?: string | null
  readonly engineerId?: number | null
  readonly customerId?: number | null
  readonly deviceId?: number
  readonly visitUid?: string
  readonly locked?: boolean
  readonly receivedAt?: number
  readonly activeAt?: number
  readonly nextTryOn?: string | null
  readonly closedAt?: number | null
  readonly verified?: boolean
  readonly imported?: boolean
}

export interface ListShop extends RepairShop {
  /** Puts a repair into the file as it would stand after a life of its own; answers its id. */
  there(given?: There): number
}

const columns = `uid, number, visit_uid, channel, customer_id, device_id, state, lock_reason, locked_at, engineer_id,
  fault_text, priority, due_on, next_try_on, closed_at, close_kind, verified_at, source, source_key, received_at, active_at`

/**
 * A shop whose lists can be filled with any standing at once: reads are tested against many repairs in every
 * state, which the commands reach only one by one and only through days that pass.
 */
export function listShop(options: Parameters<typeof repairShop>[0] = {}): ListShop {
  const shop = repairShop(options)
  const owner = shop.call('customers.create', shop.customer())
  const device = shop.call('devices.create', { ownerId: owner.id, ...shop.deviceInput() })
  const insert = shop.sql.prepare(
    `INSERT INTO repairs (${columns}) VALUES (${columns
      .split(',')
      .map(() => '?')
      .join()})`,
  )
  let made = 0
  const uidOf = (kind: number) => `00000000-0000-7000-800${kind}-${String(made).padStart(12, '0')}`
  return {
    ...shop,
    there(given = {}) {
      made++
      const now = shop.clock.now()
      const { state = 'waiting', receivedAt = now, closedAt = state === 'closed' ? now : null } = given
      const row = insert.run(
        uidOf(1),
        `N${String(made).padStart(5, '0')}`,
        given.visitUid ?? uidOf(2),
        'walk_in',
        given.customerId === undefined ? owner.id : given.customerId,
        given.deviceId ?? device.id,
        state,
        given.locked ? 'manual' : null,
        given.locked ? receivedAt : null,
        given.engineerId ?? null,
        `fault ${made}`,
        given.priority ?? 1,
        given.dueOn ?? null,
        given.nextTryOn ?? null,
        closedAt,
        state === 'closed' ? (given.imported ? 'imported' : 'satisfied') : null,
        given.verified ? now : null,
        given.imported ? 'test' : null,
        given.imported ? String(made) : null,
        receivedAt,
        given.activeAt ?? receivedAt,
      )
      return Number(row.lastInsertRowid)
    },
  }
}
