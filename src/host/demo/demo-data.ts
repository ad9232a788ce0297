import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The demonstration shop's people, customers and repairs (resources/demo/shop.json); nobody's real data. */
export interface DemoData {
  /** All have the password `benchside-demo` and the PIN 2468 (README). */
  readonly people: readonly DemoPerson[]
  readonly customers: readonly DemoCustomer[]
  readonly repairs: readonly DemoRepair[]
}

export interface DemoPerson {
  readonly login: string
  readonly role: 'owner' | 'manager' | 'counter' | 'technician' | 'storekeeper' | 'claims_clerk'
  readonly zh: string
  readonly en: string
}

export interface DemoCustomer {
  readonly zh: string
  readonly en: string
  readonly phone: string
  readonly tier?: 'gold' | 'vip'
  readonly company?: true
  /** Documents print in this language whatever the shop's is. */
  readonly language?: 'zh-CN' | 'en'
}

/** Where a repair of the demonstration stands today. */
export type DemoEnd =
  | 'waiting'
  | 'unassigned_lock'
  | 'suspended'
  | 'assigned'
  | 'diagnosing'
  | 'awaiting_approval'
  | 'awaiting_parts'
  | 'in_repair'
  | 'testing'
  | 'at_vendor'
  | 'failed_once'
  | 'failed_twice'
  | 'manual_lock'
  | 'processed'
  | 'collected'
  | 'unreached'
  | 'satisfied'
  | 'verified'
  | 'not_reached'
  | 'dissatisfied'
  | 'cancelled'
  | 'unclaimed'
  | 'disposed'

export interface DemoRepair {
  readonly customer: number
  /** Seed codes. */
  readonly category: string
  readonly brand: string
  readonly model: string
  readonly serial: string
  readonly problem: string
  readonly zh: string
  readonly en: string
  readonly daysAgo: number
  readonly end: DemoEnd
  readonly priority?: 'low' | 'high' | 'urgent'
  readonly engineer?: 'tech' | 'tech2'
  readonly bin?: string
  readonly accessories?: readonly string[]
  readonly passcode?: string
  readonly estimateMinor?: number
  readonly dueInDays?: number
}

/** Reads the demonstration from the program's own folder. */
export function readDemoData(root: string): DemoData {
  return JSON.parse(readFileSync(join(root, 'resources', 'demo', 'shop.json'), 'utf8')) as DemoData
}
