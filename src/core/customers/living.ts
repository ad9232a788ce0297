import type { ReadDb } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { customerById, type StoredCustomer } from './store.ts'

/** Where a customer lives on, however often it was merged. */
export function living(db: ReadDb, customer: StoredCustomer): StoredCustomer {
  let row = customer
  while (row.mergedIntoId !== null) row = found(customerById(db, row.mergedIntoId), 'customer')
  return row
}
