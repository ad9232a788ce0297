import type { RouteLocationRaw } from 'vue-router'

/** Where things live, by name: features link to each other through here, never by importing each other. */
export const links = {
  today: (): RouteLocationRaw => ({ name: 'today' }),
  counter: (): RouteLocationRaw => ({ name: 'counter' }),
  newIntake: (draftUid?: string): RouteLocationRaw => ({
    name: 'intake',
    params: draftUid ? { draftUid } : {},
  }),
  bench: (): RouteLocationRaw => ({ name: 'bench' }),
  myJobs: (): RouteLocationRaw => ({ name: 'my-jobs' }),
  repairs: (query: Record<string, string> = {}): RouteLocationRaw => ({ name: 'repairs', query }),
  repair: (uid: string): RouteLocationRaw => ({ name: 'repair', params: { uid } }),
  customers: (): RouteLocationRaw => ({ name: 'customers' }),
  customer: (uid: string): RouteLocationRaw => ({ name: 'customer', params: { uid } }),
  devices: (): RouteLocationRaw => ({ name: 'devices' }),
  device: (uid: string): RouteLocationRaw => ({ name: 'device', params: { uid } }),
  parts: (query: Record<string, string> = {}): RouteLocationRaw => ({ name: 'parts', query }),
  part: (uid: string): RouteLocationRaw => ({ name: 'part', params: { uid } }),
  receiveGoods: (partUid?: string): RouteLocationRaw => ({
    name: 'receive-goods',
    query: partUid ? { part: partUid } : {},
  }),
  shelves: (): RouteLocationRaw => ({ name: 'shelves' }),
  loaners: (query: Record<string, string> = {}): RouteLocationRaw => ({ name: 'loaners', query }),
  invoices: (query: Record<string, string> = {}): RouteLocationRaw => ({ name: 'invoices', query }),
  invoice: (uid: string): RouteLocationRaw => ({ name: 'invoice', params: { uid } }),
  receivables: (): RouteLocationRaw => ({ name: 'receivables' }),
  /** A customer's account, by the customer. */
  account: (uid: string): RouteLocationRaw => ({ name: 'account', params: { uid } }),
  cashShift: (): RouteLocationRaw => ({ name: 'cash-shift' }),
  shiftReport: (uid: string): RouteLocationRaw => ({ name: 'shift', params: { uid } }),
  settings: (): RouteLocationRaw => ({ name: 'settings' }),
  prices: (): RouteLocationRaw => ({ name: 'settings-prices' }),
  imports: (): RouteLocationRaw => ({ name: 'settings-import' }),
  login: (next?: string): RouteLocationRaw => ({ name: 'login', query: next ? { next } : {} }),
  setup: (): RouteLocationRaw => ({ name: 'setup' }),
} as const
