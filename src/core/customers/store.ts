import { and, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { CustomerInput } from '#contract/customers.ts'
import type { Language } from '#contract/fields.ts'
import { sqlStatement, statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { customerContacts, customerPhones, customers } from '../db/schema/customers.ts'
import type { PhoneLine } from './customers.ts'

type Row = typeof customers.$inferSelect
/** A customer's row with the values its contract names. */
export type StoredCustomer = Omit<Row, 'kind' | 'tier' | 'channel' | 'language'> &
  Pick<CustomerInput, 'kind' | 'tier' | 'channel'> & { language: Language | null }
export type Contact = CustomerInput['contacts'][number]

const byId = statement((db: ReadDb) =>
  db
    .select()
    .from(customers)
    .where(eq(customers.id, sql.placeholder('id')))
    .prepare(),
)

export function customerById(db: ReadDb, id: number): StoredCustomer | undefined {
  return byId(db).get({ id }) as StoredCustomer | undefined
}

/** Who a customer is, and where one that was merged lives on. */
export interface KnownCustomer {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly language: Language | null
  readonly mergedIntoId: number | null
  readonly erasedAt: number | null
}

export function knownCustomer(db: ReadDb, id: number): KnownCustomer | undefined {
  const text = `SELECT id, uid, name, language, merged_into_id AS mergedIntoId, erased_at AS erasedAt
    FROM customers WHERE id = ?`
  return sqlStatement(db, text).get(id) as KnownCustomer | undefined
}

export function customerByUid(db: ReadDb, uid: string): StoredCustomer | undefined {
  return db.select().from(customers).where(eq(customers.uid, uid)).get() as StoredCustomer | undefined
}

const phonesById = statement((db: ReadDb) =>
  db
    .select({ number: customerPhones.number, label: customerPhones.label, digits: customerPhones.digits })
    .from(customerPhones)
    .where(eq(customerPhones.customerId, sql.placeholder('id')))
    .orderBy(asc(customerPhones.position), asc(customerPhones.id))
    .prepare(),
)

export function phonesOf(db: ReadDb, id: number): PhoneLine[] {
  return phonesById(db).all({ id })
}

export function contactsOf(db: ReadDb, id: number): Contact[] {
  return db
    .select({
      name: customerContacts.name,
      role: customerContacts.role,
      phone: customerContacts.phone,
      email: customerContacts.email,
    })
    .from(customerContacts)
    .where(eq(customerContacts.customerId, id))
    .orderBy(asc(customerContacts.position), asc(customerContacts.id))
    .all()
}

export interface NewCustomer extends Omit<CustomerInput, 'phones' | 'contacts'> {
  readonly uid: string
  readonly nameKey: string
  readonly consentAt: number | null
  readonly now: number
}

const insertText = `
  INSERT INTO customers (uid, kind, name, name_key, email, address, tax_number, language, tier, channel,
    consent_to_contact, consent_at, notes, on_account, payment_days, created_at, updated_at)
  VALUES (:uid, :kind, :name, :nameKey, :email, :address, :taxNumber, :language, :tier, :channel,
    :consentToContact, :consentAt, :notes, :onAccount, :paymentDays, :now, :now)`

export function insertCustomer(db: WriteDb, row: NewCustomer): number {
  const values = {
    ...row,
    consentToContact: row.consentToContact ? 1 : 0,
    onAccount: row.onAccount ? 1 : 0,
  }
  return Number(sqlStatement(db, insertText).run(values).lastInsertRowid)
}

export function updateCustomerRow(
  db: WriteDb,
  id: number,
  set: Partial<typeof customers.$inferInsert>,
): void {
  db.update(customers).set(set).where(eq(customers.id, id)).run()
}

const insertPhoneText =
  'INSERT INTO customer_phones (customer_id, number, label, digits, position) VALUES (?, ?, ?, ?, ?)'
const insertContactText =
  'INSERT INTO customer_contacts (customer_id, name, role, phone, email, position) VALUES (?, ?, ?, ?, ?, ?)'

/** Replaces a customer's phones, in the order given. */
export function setPhones(db: WriteDb, id: number, phones: readonly PhoneLine[]): void {
  sqlStatement(db, 'DELETE FROM customer_phones WHERE customer_id = ?').run(id)
  const insert = sqlStatement(db, insertPhoneText)
  phones.forEach(({ number, label, digits }, position) => insert.run(id, number, label, digits, position))
}

/** Replaces a customer's contacts, in the order given. */
export function setContacts(db: WriteDb, id: number, contacts: readonly Contact[]): void {
  sqlStatement(db, 'DELETE FROM customer_contacts WHERE customer_id = ?').run(id)
  const insert = sqlStatement(db, insertContactText)
  contacts.forEach(({ name, role, phone, email }, position) =>
    insert.run(id, name, role, phone, email, position),
  )
}

/** Ids of customers that are no signposts and not erased, newest first. */
export function customerPage(
  db: ReadDb,
  filter: {
    readonly kind?: string | undefined
    readonly tier?: string | undefined
    readonly beforeId?: number | undefined
  },
  limit: number,
): number[] {
  return db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        isNull(customers.mergedIntoId),
        isNull(customers.erasedAt),
        filter.kind === undefined ? undefined : eq(customers.kind, filter.kind),
        filter.tier === undefined ? undefined : eq(customers.tier, filter.tier),
        filter.beforeId === undefined ? undefined : sql`${customers.id} < ${filter.beforeId}`,
      ),
    )
    .orderBy(desc(customers.id))
    .limit(limit)
    .all()
    .map(({ id }) => id)
}

/** Ids of living customers with this comparable name or one of these phones, newest first. */
export function sameNameOrPhone(
  db: ReadDb,
  nameKey: string,
  digits: readonly string[],
  exceptId: number,
  limit: number,
): number[] {
  const byPhone = db
    .select({ id: customerPhones.customerId })
    .from(customerPhones)
    .where(inArray(customerPhones.digits, [...digits]))
  return db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        isNull(customers.mergedIntoId),
        ne(customers.id, exceptId),
        or(
          nameKey === '' ? undefined : eq(customers.nameKey, nameKey),
          digits.length === 0 ? undefined : inArray(customers.id, byPhone),
        ),
      ),
    )
    .orderBy(desc(customers.id))
    .limit(limit)
    .all()
    .map(({ id }) => id)
}

const countText = `
  UPDATE customers SET repairs_count = repairs_count + :total, open_repairs_count = open_repairs_count + :open
  WHERE id = :id`

export function addToCounters(db: WriteDb, id: number, total: number, open: number): void {
  sqlStatement(db, countText).run({ id, total, open })
}
